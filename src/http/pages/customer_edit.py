"""Changing a customer: its own fields, who looks after it, its contacts."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.customers.details import CustomerDetails
from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import ContactId
from relance.http.access import deed, page
from relance.http.addresses import code_of, segment
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.customer_file import shown as file_values
from relance.http.pages.detail_fields import carried_words, changes_of, refusal, sections, typed_in, wrong_field
from relance.http.templating import Show
from relance.usecases.customers.clear_bounce import BounceToClear, ClearBounce
from relance.usecases.customers.edit_customer import CustomerEdit, EditCustomer
from relance.usecases.customers.remove_contact import ContactToRemove, RemoveContact
from relance.usecases.customers.show_details import ShowDetails
from relance.usecases.insight.open_customer import CustomerWanted, OpenCustomer
from relance.usecases.tenancy.resume_session import SignedIn


@page("/customers/{code:str}/edit", needs="qualify")
def edit_form(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_details: NamedDependency[ShowDetails],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """The customer's fields, who looks after it, and its contacts."""
    return _form(code_of(code), who, show, show_details, open_customer)


@deed("/customers/{code:str}/edit", needs="qualify")
def save(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    show_details: NamedDependency[ShowDetails],
    open_customer: NamedDependency[OpenCustomer],
    edit_customer: NamedDependency[EditCustomer],
) -> Response[str]:
    """Keep the fields; what cannot be kept is shown again as it was typed."""
    named, typed = code_of(code), typed_in(fields)
    try:
        changes = changes_of(typed, show_details(who.actor, named))
        edit_customer(CustomerEdit(actor=who.actor, code=named, changes=changes, seen=_seen(typed)))
    except BadInput as refused:  # the form keeps what was typed
        return _form(named, who, show, show_details, open_customer, typed, refused.detail)
    except Conflict:  # somebody else was faster: the form says so, and saving again keeps what was typed
        words = gettext("Somebody or an import changed this customer meanwhile. Save again to keep what stands here.")
        return _form(named, who, show, show_details, open_customer, typed, words)
    return show.go(_file(who, named))


@deed("/customers/{code:str}/contacts/{contact:int}/remove", needs="qualify")
def remove_contact(
    code: FromPath[str],
    contact: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_contact: NamedDependency[RemoveContact],
) -> Response[str]:
    """The contact goes."""
    remove_contact(ContactToRemove(actor=who.actor, code=code_of(code), contact=ContactId(contact)))
    return show.go(_file(who, code_of(code)))


@deed("/customers/{code:str}/contacts/{contact:int}/works", needs="qualify")
def clear_bounce(
    code: FromPath[str],
    contact: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    clear_bounce: NamedDependency[ClearBounce],
) -> Response[str]:
    """The address works again."""
    clear_bounce(BounceToClear(actor=who.actor, code=code_of(code), contact=ContactId(contact)))
    return show.go(_file(who, code_of(code)))


def _form(
    code: str,
    who: SignedIn,
    show: Show,
    show_details: ShowDetails,
    open_customer: OpenCustomer,
    typed: Mapping[str, str] | None = None,
    problem: str = "",
) -> Response[str]:
    details = show_details(who.actor, code)
    values: dict[str, Any] = file_values(open_customer(CustomerWanted(actor=who.actor, code=code)))
    return show(
        "customers/edit.html",
        status=422 if problem else 200,
        problem=refusal(problem),
        wrong=wrong_field(problem),
        sections=sections(details, typed, who.tenant.timezone),
        carried=carried_words(details),
        currency=details.currency,
        locked=details.locked,
        added={name: (typed or {}).get(name, "") for name in ("new-name", "new-value")},
        seen=msgspec.json.encode(details.details).decode(),
        **values,
    )


def _seen(typed: Mapping[str, str]) -> CustomerDetails | None:
    if not typed.get("seen"):
        return None
    try:
        return msgspec.json.decode(typed["seen"], type=CustomerDetails)
    except msgspec.DecodeError as torn:
        raise BadInput(gettext("This page is too old. Load it again.")) from torn


def _file(who: SignedIn, code: str) -> str:
    return f"/t/{who.tenant.code}/customers/{segment(code)}?done=saved"


HANDLERS = [edit_form, save, remove_contact, clear_bounce]
