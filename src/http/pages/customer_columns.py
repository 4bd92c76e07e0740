"""The columns of the list of customers: what each is called, and what it says of a line."""

from collections.abc import Mapping
from typing import Any

import msgspec

from relance.core.customers.columns import CustomerColumn, CustomerSort
from relance.http.i18n.formats import count, country_name, day, language_name, money
from relance.http.i18n.searches import Known
from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.words import words_of
from relance.ports.export import Amount, Cell, ColumnKind
from relance.ports.store.customer_file import CustomerLine
from relance.usecases.insight.browse_customers import CustomersFound


class Heading(msgspec.Struct, frozen=True):
    """What a column is called, what its cells are, and the order that a click on it asks for."""

    label: str
    kind: ColumnKind = "text"
    sort: CustomerSort | None = None


HEADINGS: dict[CustomerColumn, Heading] = {
    "code": Heading(marked("Code"), sort="code"),
    "entity": Heading(marked("Entity")),
    "country": Heading(marked("Country"), sort="country"),
    "city": Heading(marked("City"), sort="city"),
    "language": Heading(marked("Language")),
    "collector": Heading(marked("Collector"), sort="collector"),
    "colleagues": Heading(marked("Colleagues")),
    "groups": Heading(marked("Groups")),
    "scenario": Heading(marked("Scenario")),
    "terms": Heading(marked("Payment terms")),
    "payment-method": Heading(marked("Pays by")),
    "open-items": Heading(marked("Open items"), "number", "open-items"),
    "oldest-due": Heading(marked("Oldest due"), "day", "oldest-due"),
    "days-overdue": Heading(marked("Days overdue"), "number"),
    "overdue": Heading(marked("Overdue"), "amount", "overdue"),
    "balance": Heading(marked("Balance"), "amount", "balance"),
    "not-due": Heading(marked("Not due"), "amount"),
    "days-1-30": Heading(marked("1 to 30 d"), "amount"),
    "days-31-60": Heading(marked("31 to 60 d"), "amount"),
    "days-61-90": Heading(marked("61 to 90 d"), "amount"),
    "over-90": Heading(marked("Over 90 d"), "amount", "over-90"),
    "credits": Heading(marked("Credits"), "amount", "credits"),
    "promised": Heading(marked("Promised"), "amount", "promised"),
    "disputed": Heading(marked("In dispute"), "amount", "disputed"),
    "credit-limit": Heading(marked("Credit limit"), "amount", "credit-limit"),
    "limit-use": Heading(marked("Percent of the credit limit"), "number"),
    "last-contact": Heading(marked("Last contact"), "day", "last-contact"),
    "created": Heading(marked("Customer since"), "day", "created"),
}
_AMOUNTS = ("overdue", "balance", "not-due", "days-1-30", "days-31-60", "days-61-90", "over-90", "credits")
_FIGURES = frozenset((*_AMOUNTS, "promised", "disputed"))


def cell(line: CustomerLine, column: CustomerColumn, found: CustomersFound, known: Known) -> Cell:
    """What a column says of a line."""
    if column in _FIGURES:
        return Amount(getattr(line, column.replace("-", "_")), line.currency) if line.currency else None
    if column == "credit-limit":
        return None if line.credit_limit is None else Amount(line.credit_limit, line.limit_currency)
    days = {"oldest-due": line.oldest_due_on, "last-contact": line.last_contact_on, "created": line.created_on}
    if column in days:
        return days[column]
    numbers = {"open-items": line.open_items, "days-overdue": _late(line, found), "limit-use": _used(line)}
    return numbers[column] if column in numbers else _text(line, column, found, known)


def shown_cell(value: Cell) -> str:
    """A cell as people read it."""
    if isinstance(value, Amount):
        return money(value.minor, value.currency)
    if isinstance(value, int):
        return count(value)
    return value if isinstance(value, str) else day(value, "medium") if value else ""  # type: ignore[arg-type]  # a day


def headings() -> Mapping[str, str]:
    """Every column's name in the reader's language."""
    return {name: gettext(heading.label) for name, heading in HEADINGS.items()}


def _text(line: CustomerLine, column: str, found: CustomersFound, known: Known) -> str:
    texts: dict[str, Any] = {
        "code": line.code,
        "entity": found.entities.get(line.entity, ""),
        "country": country_name(line.country) if line.country else "",
        "city": line.city,
        "language": language_name(line.language) if line.language else "",
        "collector": line.collector,
        "colleagues": ", ".join(found.colleagues.get(line.customer, ())),
        "groups": ", ".join(found.groups.get(line.customer, ())),
        "scenario": known.get(("scenario", line.scenario), line.scenario),
        "terms": line.terms,
        "payment-method": words_of(line.payment_method),
    }
    return str(texts[column])


def _late(line: CustomerLine, found: CustomersFound) -> int | None:
    if line.oldest_due_on is None or found.today is None:
        return None
    return max(0, (found.today - line.oldest_due_on).days)


def _used(line: CustomerLine) -> int | None:
    """Whole percent of the credit limit, where the line counts in the limit's currency."""
    if not line.credit_limit or line.currency not in {line.limit_currency, ""}:
        return None
    return line.balance * 100 // line.credit_limit
