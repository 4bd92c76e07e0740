"""What the list of customers shows: columns chosen by each person, or kept with a saved search."""

from typing import Any

from litestar import Request, Response
from litestar.di import NamedDependency

from relance.core.customers.columns import CUSTOMER_COLUMNS, DEFAULT_COLUMNS, checked_columns
from relance.core.kernel.errors import BadInput
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.choices import number_or_none
from relance.http.pages.customer_columns import headings
from relance.http.pages.list_filters import address_of, passed_on
from relance.http.templating import Show
from relance.usecases.customers.choose_columns import ChooseColumns, ColumnsChoice
from relance.usecases.customers.open_search import OpenSearch
from relance.usecases.customers.save_search import SaveSearch, SearchToSave
from relance.usecases.insight.browse_customers import BrowseCustomers, CustomersWanted
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]


@page("/customers/columns", needs="see")
def columns_form(
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    browse_customers: NamedDependency[BrowseCustomers],
    open_search: NamedDependency[OpenSearch],
) -> Response[str]:
    """The columns to tick; `now` are those that the list shows."""
    asked = request.query_params
    now = checked_columns(tuple(filter(None, asked.get("now", "").split(","))))
    carried = passed_on(asked, "customers")
    number = number_or_none(asked.get("s", ""))
    saved = None if number is None else open_search(who.actor, number)
    return show(
        "customers/columns.html",
        ticked=now or browse_customers(CustomersWanted(actor=who.actor, limit=1)).columns,
        usual=DEFAULT_COLUMNS,
        columns=CUSTOMER_COLUMNS,
        labels=headings(),
        carried={name: value for name, value in carried.items() if name != "cols"},
        back=address_of("customers", asked),
        view=saved if saved and saved.owner == who.actor.user else None,
    )


@deed("/customers/columns", needs="see")
def choose(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    choose_columns: NamedDependency[ChooseColumns],
    open_search: NamedDependency[OpenSearch],
    save_search: NamedDependency[SaveSearch],
) -> Response[str]:
    """For this person; beside a saved search only in the address, unless it is to keep them."""
    carried = {name: fields.text(name) for name in ("q", "view", "sort", "collector", "where", "s")}
    columns = () if fields.text("do") == "usual" else checked_columns(fields.texts("column"))
    number = number_or_none(carried["s"])
    if number is None:
        choose_columns(ColumnsChoice(actor=who.actor, columns=columns))
        return show.go(_at(who, carried))
    if not fields.text("keep"):
        return show.go(_at(who, carried | {"cols": ",".join(columns or DEFAULT_COLUMNS)}))
    saved = open_search(who.actor, number)
    if saved.owner != who.actor.user:
        raise BadInput(gettext("Only who saved this search may change it."))
    save_search(
        SearchToSave(
            actor=who.actor,
            name=saved.name,
            search=saved.search,
            shared=saved.shared,
            columns=columns,
            sort=carried["sort"] or saved.sort,
            number=number,
        )
    )
    return show.go(_at(who, carried | {"sort": ""}))


def _at(who: SignedIn, carried: dict[str, str]) -> str:
    return f"/t/{who.tenant.code}{address_of('customers', carried)}"


HANDLERS = [columns_form, choose]
