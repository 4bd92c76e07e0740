"""Every setting of a tenant: its name, kind, default and meaning. What is not here cannot be set."""

from datetime import date
from typing import Literal

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import from_text

Kind = Literal["text", "number", "switch", "amounts", "choice", "several", "day"]


class Setting(msgspec.Struct, frozen=True):
    """One setting; `default` is written as a person would type it."""

    name: str
    kind: Kind
    default: str
    meaning: str
    choices: tuple[str, ...] = ()


_ALL = (
    Setting("collector", "text", "", "email of the default collector for accounts that have none"),
    Setting("scenario", "text", "standard", "code of the default scenario for accounts that have none"),
    Setting("sender", "text", "", "sender address for collectors without a confirmed address, as Name <address>"),
    Setting(
        "send-without-collector", "switch", "off", "send from the sender address where an account has no collector"
    ),
    Setting("bounce-address", "text", "", "MAIL FROM of every email; empty: the sender's address"),
    Setting(
        "bounce-tokens",
        "switch",
        "off",
        "name each message in its MAIL FROM and Reply-To, behind a plus, so that returned mail and answers are matched",
    ),
    Setting(
        "bounce-suppress",
        "choice",
        "suggest",
        "what an address that refuses mail for good leads to",
        ("suggest", "at-once"),
    ),
    Setting(
        "bounce-webhook", "number", "0", "edition of the secret that signs returned mail reported over HTTP; 0: closed"
    ),
    Setting("spf-servers", "text", "", "what the SPF records of sender domains must name: include:relay.example"),
    Setting("windows", "text", "mon-fri 08:30-17:30", "days and hours of automatic messages, several by commas"),
    Setting("windows-email", "text", "", "days and hours of automatic emails; empty: those of all messages"),
    Setting("windows-sms", "text", "", "days and hours of automatic SMS; empty: those of all messages"),
    Setting("windows-letter", "text", "", "days and hours of automatic letters; empty: those of all messages"),
    Setting("sending-stopped", "text", "", "why nothing may leave at all, shown on every page; empty: messages leave"),
    Setting(
        "channels-paused",
        "several",
        "",
        "channels by which nothing leaves at present, by commas: email, sms, letter",
        ("email", "sms", "letter"),
    ),
    Setting("hold-minutes", "number", "10", "minutes between a confirmation on screen and the earliest sending"),
    Setting(
        "shrink-limit", "number", "30", "percent of a source's open items or amount a STOCK file may settle by absence"
    ),
    Setting(
        "shrink-items", "number", "10", "settled items, or open items of a currency, that are too few for the limits"
    ),
    Setting("spike-limit", "number", "50", "percent by which a file may move the source's open amount"),
    Setting(
        "imports-override",
        "several",
        "",
        "what files may replace though a person chose it, by commas: collector, scenario, colleagues, groups",
        ("collector", "scenario", "colleagues", "groups"),
    ),
    Setting(
        "rules-override",
        "several",
        "",
        "what Search & Assign may replace though a person chose it, by commas: collector, scenario",
        ("collector", "scenario"),
    ),
    Setting("item-types", "text", "", "what the ERP's words for types of items stand for: ZX=invoice, RV=credit-note"),
    Setting("minimum-delay", "number", "5", "days between an automatic message and the last contact"),
    Setting("pre-due-exempt", "switch", "off", "courtesy notes do not wait for the minimum delay"),
    Setting("late-step-days", "number", "15", "days after which a fully automatic step asks to be confirmed; 0: never"),
    Setting("first-day-confirm", "switch", "on", "fully automatic steps ask to be confirmed on a source's first day"),
    Setting("ask-until", "day", "", "fully automatic steps due up to this day ask to be confirmed"),
    Setting("grace-days", "number", "2", "working days after a promised day before it is judged"),
    Setting("pause-days", "number", "15", "days of a pause that names no end"),
    Setting(
        "own-debit-days", "number", "5", "working days that a direct debit or draft of ours is held after its due date"
    ),
    Setting("freshness-scheduled", "number", "2", "working days after which a scheduled source is stale"),
    Setting("freshness-manual", "number", "7", "days after which a source fed by hand is stale"),
    Setting("daily-cap", "number", "2000", "automatic messages a day until an administrator raises it"),
    Setting(
        "contact-budget", "number", "0", "messages to one account in 30 days; automatic ones then wait; 0: no limit"
    ),
    Setting("copies-most", "number", "10", "copies of invoices that one email takes along at most"),
    Setting("copies-megabytes", "number", "8", "megabytes of copies that one email takes along at most"),
    Setting("minimum-amount", "amounts", "", "no reminder below this, a currency: EUR=10.00, USD=10.00"),
    Setting("ignore-threshold", "amounts", "", "items below this are left out, a currency: EUR=1.00"),
    Setting("penalty-rate", "text", "", "late payment rate in percent a year, as printed on messages"),
    Setting(
        "penalties", "switch", "on", "whether new customers are told of late interest; each has a switch of its own"
    ),
    Setting("collectors-see", "choice", "all", "customers a collector sees", ("all", "own")),
    Setting("viewers-see", "choice", "all", "customers a viewer sees", ("all", "own")),
    Setting("company-street", "text", "", "street of the company, as printed on messages"),
    Setting("company-zip", "text", "", "postal code of the company"),
    Setting("company-city", "text", "", "city of the company"),
    Setting("company-phone", "text", "", "telephone, as printed on messages"),
    Setting(
        "letter-window",
        "choice",
        "auto",
        "where the envelope has its window; auto: where envelopes of the company's country have it",
        ("auto", "left", "right"),
    ),
    Setting("bank-name", "text", "", "bank to pay to"),
    Setting("bank-iban", "text", "", "IBAN to pay to"),
    Setting("bank-bic", "text", "", "BIC to pay to"),
)
SETTINGS: dict[str, Setting] = {setting.name: setting for setting in _ALL}


class Settings:
    """A tenant's settings: what was set, else the default. Values are text; the readers below give them their kind."""

    def __init__(self, chosen: dict[str, str]) -> None:
        self._chosen = chosen

    def __eq__(self, other: object) -> bool:
        """Whether all is chosen alike."""
        return isinstance(other, Settings) and self._chosen == other._chosen

    __hash__ = None  # type: ignore[assignment]  # nobody keeps anything by them

    def text(self, name: str) -> str:
        """The value as text; raises KeyError for a name that is no setting."""
        return self._chosen.get(name, SETTINGS[name].default)

    def number(self, name: str) -> int:
        """The value as a whole number."""
        return int(self.text(name))

    def switch(self, name: str) -> bool:
        """Whether the setting is on."""
        return self.text(name) == "on"

    def day(self, name: str) -> date | None:
        """The day, if one is set."""
        text = self.text(name)
        return date.fromisoformat(text) if text else None

    def several(self, name: str) -> frozenset[str]:
        """The words of a setting that has several."""
        return frozenset(filter(None, self.text(name).split(", ")))

    def amounts(self, name: str) -> dict[str, int]:
        """Currency to minor units."""
        return parse_amounts(self.text(name))


def checked(name: str, value: str) -> str:
    """The value in its normal form; raises BadInput that says what to write."""
    setting = SETTINGS.get(name)
    if setting is None:
        raise BadInput(f"{name!r} is no setting; `relance tenant set CODE --list` shows all")
    value = value.strip()
    if setting.kind == "number" and not (value.isascii() and value.isdigit() and len(value) < 8):
        raise BadInput(f"{name}: {value!r} is not a whole number")
    if setting.kind == "switch" and value not in {"on", "off"}:
        raise BadInput(f"{name}: write on or off, not {value!r}")
    if setting.kind == "choice" and value not in setting.choices:
        raise BadInput(f"{name}: one of {', '.join(setting.choices)}, not {value!r}")
    if setting.kind == "day" and value:
        value = _checked_day(setting, value)
    if setting.kind == "several":
        value = _checked_words(setting, value)
    if setting.kind == "amounts":
        parse_amounts(value)
    if any(ord(char) < 32 for char in value):
        raise BadInput(f"{name}: line breaks and control characters are not allowed")
    return value


def _checked_day(setting: Setting, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as wrong:
        raise BadInput(f"{setting.name}: a day as 2026-11-21, or nothing, not {value!r}") from wrong


def _checked_words(setting: Setting, value: str) -> str:
    words = [word.strip() for word in value.split(",") if word.strip()]
    wrong = [word for word in words if word not in setting.choices]
    if wrong:
        raise BadInput(f"{setting.name}: any of {', '.join(setting.choices)}, not {wrong[0]!r}")
    return ", ".join(word for word in setting.choices if word in words)


def parse_amounts(text: str) -> dict[str, int]:
    """`EUR=10.00, USD=5` as currency to minor units; raises BadInput for anything else."""
    amounts = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        currency, equals, amount = part.partition("=")
        currency = currency.strip().upper()
        if not equals or len(currency) != 3 or not currency.isalpha():
            raise BadInput(f"{part!r}: write CURRENCY=AMOUNT, like EUR=10.00")
        amounts[currency] = from_text(amount, currency)
    return amounts
