"""The settings as people see them: sections, labels, help, and the sending days in a friendly form."""

from zoneinfo import available_timezones

import msgspec
from babel import Locale

from relance.core.collection.windows import parse_windows
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.settings import SETTINGS
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOTS = 3
"""Windows that the form offers; further ones stay with `relance tenant set`."""


class Line(msgspec.Struct, frozen=True):
    """One setting on screen; `unit` stands behind the field."""

    name: str
    label: str
    help: str = ""
    unit: str = ""
    wide: bool = False


_OTHER_HOURS = marked("Empty: the hours above. Written like mon-fri 08:30-17:30, sat 09:00-12:00.")
SECTIONS: dict[str, tuple[str, tuple[Line, ...]]] = {
    "company": (
        marked("Company"),
        (
            Line("name", marked("Company name"), wide=True),
            Line("company-street", marked("Street"), wide=True),
            Line("company-zip", marked("Postal code")),
            Line("company-city", marked("City")),
            Line("country", marked("Country"), marked("Its public holidays are days without reminders.")),
            Line("company-phone", marked("Phone")),
            Line("language", marked("Language of messages"), marked("Where contact and customer have none.")),
            Line("timezone", marked("Time zone"), marked("In which your day and the sending hours are counted.")),
            Line("currency", marked("Currency"), marked("Of rows that name none.")),
            Line(
                "penalty-rate", marked("Late payment rate"), marked("As printed on messages."), marked("percent a year")
            ),
            Line(
                "penalties",
                marked("Late penalties for new customers"),
                marked("Each customer has a switch of its own."),
            ),
            Line("letter-window", marked("Window of the envelope")),
            Line("bank-name", marked("Bank"), wide=True),
            Line("bank-iban", marked("IBAN")),
            Line("bank-bic", marked("BIC")),
            Line(
                "sender",
                marked("Sender"),
                marked("For collectors without a confirmed address: Name <address>."),
                wide=True,
            ),
            Line("bounce-address", marked("Address for returned mail"), marked("Empty: the sender's."), wide=True),
            Line(
                "bounce-tokens",
                marked("Returned mail and answers name their message"),
                marked("The mailbox must take plus-addresses; the collector gets answers too."),
            ),
            Line("bounce-suppress", marked("An address that refuses mail for good")),
        ),
    ),
    "sending": (
        marked("Sending"),
        (
            Line("windows", marked("Days and hours of automatic messages")),
            Line("windows-email", marked("Other hours for emails"), _OTHER_HOURS),
            Line("windows-sms", marked("Other hours for SMS"), _OTHER_HOURS),
            Line("windows-letter", marked("Other hours for letters"), _OTHER_HOURS),
            Line(
                "hold-minutes",
                marked("Can be taken back for"),
                marked("After a confirmation on screen."),
                marked("minutes"),
            ),
            Line("minimum-delay", marked("Between two contacts at least"), "", marked("days")),
            Line("pre-due-exempt", marked("Courtesy notes need not wait")),
            Line("late-step-days", marked("A step asks first when late by"), marked("0: never."), marked("days")),
            Line("daily-cap", marked("Automatic messages a day at most")),
            Line("contact-budget", marked("Messages to one customer in 30 days at most"), marked("0: no limit.")),
            Line("copies-most", marked("Copies of invoices with one email at most")),
            Line(
                "copies-megabytes",
                marked("Size of these copies at most"),
                marked("Relays refuse large mail."),
                marked("MB"),
            ),
            Line("freshness-scheduled", marked("A scheduled source is stale after"), "", marked("working days")),
            Line("freshness-manual", marked("A source fed by hand is stale after"), "", marked("days")),
            Line("send-without-collector", marked("Send from the sender's address where there is no collector")),
        ),
    ),
    "guard": (
        marked("Import guard"),
        (
            Line(
                "shrink-limit", marked("A full list may settle by absence at most"), "", marked("percent of a source")
            ),
            Line("shrink-items", marked("Fewer items than this never ask"), "", marked("items")),
            Line("spike-limit", marked("A file may move the open amount at most"), "", marked("percent")),
            Line(
                "item-types",
                marked("Words of your ERP for types of items"),
                marked("ZX=invoice, RV=credit-note; types are invoice, credit-note, payment, miscellaneous, draft."),
            ),
            Line(
                "imports-override",
                marked("Files replace what a person chose for"),
                marked("Any of collector, scenario, colleagues, groups, by commas; empty: a person's choice stays."),
            ),
        ),
    ),
    "defaults": (
        marked("Defaults"),
        (
            Line("collector", marked("Collector of new accounts")),
            Line("scenario", marked("Scenario of new accounts")),
            Line("minimum-amount", marked("No reminder below"), marked("A currency: EUR=10.00, USD=10.00")),
            Line("ignore-threshold", marked("Items left out below"), marked("A currency: EUR=1.00")),
            Line("grace-days", marked("A promise is judged after"), "", marked("working days")),
            Line("pause-days", marked("A pause without end lasts"), "", marked("days")),
            Line("own-debit-days", marked("Our direct debits are left alone for"), "", marked("working days")),
            Line("collectors-see", marked("Collectors see")),
            Line("viewers-see", marked("Viewers see")),
        ),
    ),
}
CHOICES = {
    "suggest": marked("is suggested for suppression"),
    "at-once": marked("is suppressed at once"),
    "all": marked("all customers"),
    "own": marked("their own customers"),
    "auto": marked("as is common in the company's country"),
    "left": marked("left"),
    "right": marked("right"),
}
"""The words of each choice of a setting."""


class Slot(msgspec.Struct, frozen=True):
    """Days and hours as the form shows them."""

    days: frozenset[int] = frozenset()
    opens: str = ""
    closes: str = ""


def slots_of(text: str) -> list[Slot]:
    """The windows with equal hours together, and empty ones up to what the form offers."""
    hours: dict[tuple[int, int], set[int]] = {}
    for window in parse_windows(text):
        hours.setdefault((window.opens, window.closes), set()).update(window.weekdays)
    slots = [Slot(frozenset(days), _clock(opens), _clock(closes)) for (opens, closes), days in hours.items()]
    return slots + [Slot()] * max(0, SLOTS - len(slots))


def windows_of(fields: Fields) -> str:
    """The form's days and hours as the setting writes them; raises BadInput when nothing could ever leave."""
    parts = []
    for number in range(SLOTS + 4):
        days = [day for day in DAYS if fields.text(f"slot{number}.{day}") == "on"]
        opens, closes = fields.text(f"slot{number}.opens"), fields.text(f"slot{number}.closes")
        if days and opens and closes:
            parts += [f"{run} {opens}-{closes}" for run in _runs(days)]
    if not parts:
        raise BadInput(gettext("Choose at least one day with its hours."))
    return ", ".join(parts)


def typed(section: str, fields: Fields) -> dict[str, str]:
    """What the form of a section says, setting by setting."""
    values = {}
    for line in SECTIONS[section][1]:
        known = SETTINGS.get(line.name)
        if line.name == "windows":
            values[line.name] = windows_of(fields)
        elif known is not None and known.kind == "switch":
            values[line.name] = "on" if fields.text(line.name) == "on" else "off"
        else:
            values[line.name] = fields.text(line.name)
    return values


def countries(language: str) -> list[tuple[str, str]]:
    """Codes and names of countries, by name."""
    names = Locale.parse(language).territories
    return sorted(((c, n) for c, n in names.items() if len(c) == 2 and c.isalpha() and c not in _NO_COUNTRY), key=_name)


def weekdays(language: str) -> list[str]:
    """The short names of the days, Monday first."""
    names = Locale.parse(language).days["format"]["abbreviated"]
    return [names[day] for day in range(7)]


def zones() -> list[str]:
    """The zones that are places."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


_NO_COUNTRY = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"))


def _name(pair: tuple[str, str]) -> str:
    return pair[1]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _runs(days: list[str]) -> list[str]:
    """`mon tue wed fri` as `mon-wed` and `fri`."""
    runs: list[list[str]] = []
    for day in days:
        if runs and DAYS.index(day) == DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
