"""A call logged from the customer's file."""

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ItemId
from relance.http.access import deed, page
from relance.http.addresses import code_of
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.call_words import call_fields, call_terms
from relance.http.pages.choices import number_or_none, typed_again
from relance.http.pages.customer_file import shown
from relance.http.pages.specifics import after
from relance.http.templating import Show
from relance.usecases.collection.log_call import LogCall, NewCall
from relance.usecases.insight.open_customer import CustomerOpened, CustomerWanted, OpenCustomer
from relance.usecases.tenancy.resume_session import SignedIn


@page("/customers/{code:str}/call", needs="qualify")
def ask(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """How did it go?"""
    opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
    wanted = [number_or_none(text) for text in show.request.query_params.getall("item", [])]
    return _dialog(show, opened, [number for number in wanted if number is not None])


@deed("/customers/{code:str}/call", needs="qualify")
def log(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    log_call: NamedDependency[LogCall],
) -> Response[str]:
    """Keep it, and what follows from it."""
    named = code_of(code)
    opened = open_customer(CustomerWanted(actor=who.actor, code=named))
    items = tuple(ItemId(number) for number in fields.numbers("item"))
    try:
        log_call(NewCall(actor=who.actor, code=named, items=items, **call_fields(fields, opened.today)))
    except BadInput as refused:  # the dialog is shown again
        return _dialog(show, opened, list(items), refused.detail, typed_again(fields))
    return after(show, who, open_customer, named, gettext("The call is noted."))


def _dialog(
    show: Show,
    opened: CustomerOpened,
    wanted: list[int],
    problem: str = "",
    typed: dict[str, list[str]] | None = None,
) -> Response[str]:
    """Without a choice the call was about all that is overdue and not held."""
    items = [item for item in opened.items if item.item in wanted] or [
        item for item in opened.items if item.open_amount > 0 and item.due_on < opened.today and not item.hold
    ]
    values = {"chosen": items, "problem": problem, "typed": typed} | call_terms(opened.today)
    return show("customers/call.html", status=422 if problem else 200, **values, **shown(opened))


HANDLERS = [ask, log]
