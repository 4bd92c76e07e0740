"""The list of customers as a file: the columns that it shows, and in words what narrows it."""

from collections.abc import Iterator, Mapping

from relance.core.customers.search import EVERYTHING
from relance.http.i18n.formats import count, day
from relance.http.i18n.searches import Known, search_words
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.customer_columns import HEADINGS, cell
from relance.http.pages.list_filters import Searched
from relance.ports.export import Cell, Column
from relance.ports.store.customer_file import CustomerLine, CustomerView
from relance.usecases.insight.browse_customers import CustomersFound

VIEWS: dict[CustomerView, str] = {
    "all": marked("All"),
    "overdue": marked("Overdue"),
    "no-contact": marked("No collection contact"),
    "no-collector": marked("No collector"),
}


def export_columns(found: CustomersFound) -> tuple[Column, ...]:
    """Code, name and currency always, then what the list shows."""
    always = (Column(gettext("Code")), Column(gettext("Customer")), Column(gettext("Currency")))
    shown = (HEADINGS[name] for name in found.columns if name != "code")
    return (*always, *(Column(gettext(heading.label), heading.kind) for heading in shown))


def export_row(line: CustomerLine, found: CustomersFound, known: Known) -> tuple[Cell, ...]:
    """One line."""
    always = (line.code, line.name, line.currency)
    return (*always, *(cell(line, name, found, known) for name in found.columns if name != "code"))


def notes(found: CustomersFound, search: Searched, asked: Mapping[str, str], known: Known) -> Iterator[str]:
    """Which customers these are, and as of which day."""
    if found.today:
        yield gettext("Customers on %(day)s: %(count)s.") % {
            "day": day(found.today, "medium"),
            "count": count(found.count),
        }
    if search.saved:
        yield gettext("Saved search: %(name)s") % {"name": search.saved.name}
    if search.search != EVERYTHING:
        yield gettext("Filters: %(words)s") % {"words": search_words(search.search, known)}
    view = {name: label for name, label in VIEWS.items() if name == asked.get("view")}
    yield from (gettext("Shown: %(what)s") % {"what": gettext(label)} for label in view.values())
    if asked.get("q"):
        yield gettext("Code or name contains “%(text)s”") % {"text": asked["q"]}
    chosen = next((user.name for user in found.collectors if str(user.user) == asked.get("collector")), "")
    if chosen:
        yield gettext("Collector: %(name)s") % {"name": chosen}
