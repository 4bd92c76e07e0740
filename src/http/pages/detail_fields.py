"""The form of a customer's own fields: what to draw, who set what, and what a form that came back says."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from relance.core.customers.details import CUSTOM, CustomerDetails, DetailChanges, flat, plain
from relance.core.kernel.money import decimal_text
from relance.core.ledger.items import PAYMENT_METHODS
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.http.dependencies import Fields
from relance.http.i18n.formats import full_moment, language_name
from relance.http.i18n.reading import read_amount, read_day
from relance.http.i18n.speech import gettext, marked, spoken
from relance.http.i18n.words import words_of
from relance.http.pages.setting_fields import countries
from relance.usecases.customers.show_details import DetailsShown

Kind = Literal["line", "text", "choice", "tick", "day", "amount"]
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (marked("The company"), ("name", "legal_id", "vat_number")),
    (marked("Address"), ("street", "zip", "city", "state", "country")),
    (marked("How to reach it"), ("language", "phone", "email", "url")),
    (marked("Terms"), ("terms", "payment_method", "currency", "credit_limit")),
    (marked("Options"), ("collection_stop", "paused_until", "pause_reason", "penalties", "blocked", "comment")),
)
LABELS = {
    "name": marked("Name"),
    "legal_id": marked("Company number"),
    "vat_number": marked("VAT number"),
    "street": marked("Street"),
    "zip": marked("Postcode"),
    "city": marked("City"),
    "state": marked("State or region"),
    "country": marked("Country"),
    "language": marked("Language of messages"),
    "phone": marked("Phone"),
    "email": marked("Email"),
    "url": marked("Web site"),
    "terms": marked("Payment terms"),
    "payment_method": marked("Pays by"),
    "currency": marked("Currency"),
    "credit_limit": marked("Credit limit"),
    "collection_stop": marked("Collection stopped: no reminder leaves for this customer"),
    "paused_until": marked("Paused until"),
    "pause_reason": marked("Why it is paused (kept on the timeline)"),
    "penalties": marked("Late penalties: messages tell of interest where their text says so"),
    "blocked": marked("Orders stopped in the ERP (shown, stops no reminder)"),
    "comment": marked("Comment"),
}
_HINTS = {
    "name": marked("A customer needs a name, of at most 200 characters."),
    "country": marked("Choose a country of the list."),
    "language": marked("Choose a language of the list."),
    "payment_method": marked("Choose one of the list."),
    "currency": marked("Three letters of a currency in use, such as EUR."),
    "terms": marked("Write days, such as 30, or 30 days end of month."),
    "url": marked("A web site begins with https://"),
    "credit_limit": marked("An amount of zero or more."),
    "comment": marked("At most 4,000 characters."),
    "pause_reason": marked("At most 200 characters on one line."),
    "custom": marked("At most 200 characters on one line."),
}
_KINDS: dict[str, Kind] = {
    "country": "choice",
    "language": "choice",
    "payment_method": "choice",
    "collection_stop": "tick",
    "penalties": "tick",
    "blocked": "tick",
    "paused_until": "day",
    "credit_limit": "amount",
    "comment": "text",
}


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field to draw; `note` says who set it, `carried` that imports bring it."""

    name: str
    label: str
    kind: Kind
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    note: str = ""
    carried: bool = False


def sections(shown: DetailsShown, typed: Mapping[str, str] | None, zone: str) -> list[tuple[str, list[Field]]]:
    """All fields by section, with what was typed where a form was refused."""
    values = typed if typed is not None else _values(shown)
    drawn = [
        (gettext(title), [_field(name, gettext(LABELS[name]), shown, values, zone) for name in names])
        for title, names in SECTIONS
    ]
    own = sorted({CUSTOM + name for name in (*shown.custom_names, *shown.details.custom)})
    if own:
        fields = [_field(name, name.removeprefix(CUSTOM), shown, values, zone) for name in own]
        drawn.append((gettext("Your own fields"), fields))
    return drawn


def carried_words(shown: DetailsShown) -> str:
    """The fields that the last import of customers carried, by their labels."""
    names = [gettext(LABELS[name]).partition(":")[0].partition(" (")[0] for name in LABELS if name in shown.imported]
    names += sorted(name.removeprefix(CUSTOM) for name in shown.imported if name.startswith(CUSTOM))
    return ", ".join(names)


def wrong_field(problem: str) -> str:
    """The field that a refusal names; nothing where it names none."""
    name = problem.partition(":")[0].strip()
    return name if name in LABELS or name.startswith("custom") else ""


def refusal(problem: str) -> str:
    """A refusal in the reader's words, behind the name of its field."""
    name = wrong_field(problem)
    if not name:
        return problem
    label = gettext(LABELS[name]).partition(":")[0] if name in LABELS else name.removeprefix(CUSTOM)
    return f"{label}: {gettext(_HINTS.get(name.partition('.')[0], _HINTS['custom']))}"


def typed_in(fields: Fields) -> dict[str, str]:
    """Everything that the form said, as text."""
    return {name: (fields.raw(name) or "").strip() for name in fields.names()}


def changes_of(typed: Mapping[str, str], shown: DetailsShown) -> DetailChanges:
    """The changes that a form asks for; raises BadInput for amounts and days that cannot be read."""
    given: dict[str, Any] = {name: typed[name] for name in LABELS if name in typed}
    for name, kind in _KINDS.items():
        if kind == "tick":
            given[name] = name in typed
    given["currency"] = typed.get("currency", "").upper()
    given["credit_limit"] = _limit(typed.get("credit_limit", ""), given["currency"] or shown.currency)
    given["paused_until"] = read_day(typed.get("paused_until", ""), date.max)
    custom = {name.removeprefix(CUSTOM): value for name, value in typed.items() if name.startswith(CUSTOM)}
    if typed.get("new-name"):
        custom[typed["new-name"]] = typed.get("new-value", "")
    return DetailChanges(**given, custom=custom)


def _values(shown: DetailsShown) -> dict[str, str]:
    values = {name: _text(value) for name, value in flat(shown.details).items()}
    return values | {"credit_limit": _shown_limit(shown.details, shown.currency)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(plain(value))


def _shown_limit(details: CustomerDetails, currency: str) -> str:
    if details.credit_limit is None:
        return ""
    text = decimal_text(details.credit_limit, currency)
    return text.replace(".", ",") if spoken() == "fr" else text


def _limit(text: str, currency: str) -> str | None:
    return decimal_text(read_amount(text, currency), currency) if text else None


def _field(name: str, label: str, shown: DetailsShown, values: Mapping[str, str], zone: str) -> Field:
    value = values.get(name, "")
    return Field(
        name=name,
        label=label,
        kind=_KINDS.get(name, "line"),
        value=value,
        choices=_choices(name, value),
        note=_note(name, shown, zone),
        carried=name in shown.imported,
    )


def _note(name: str, shown: DetailsShown, zone: str) -> str:
    written = shown.written.get(name)
    if written is None:
        return ""
    said = {"name": written.by, "at": full_moment(written.at, zone)}
    if plain(flat(shown.details).get(name)) != written.value:
        return gettext("Set by %(name)s, %(at)s; an import wrote over it since.") % said
    if name in shown.imported:
        return gettext("Set by %(name)s, %(at)s. The next import of customers writes over it.") % said
    return gettext("Set by %(name)s, %(at)s.") % said


def _choices(name: str, value: str) -> tuple[tuple[str, str], ...]:
    named: dict[str, tuple[tuple[str, str], ...]] = {
        "country": tuple(countries(spoken())),
        "language": tuple((code, language_name(code)) for code in MESSAGE_LANGUAGES),
        "payment_method": tuple((code, words_of(code)) for code in PAYMENT_METHODS),
    }
    if name not in named:
        return ()
    known = named[name] if value in {"", *dict(named[name])} else ((value, value), *named[name])
    return (("", gettext("None")), *sorted(known, key=lambda choice: choice[1].casefold()))
