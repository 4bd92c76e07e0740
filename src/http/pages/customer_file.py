"""One customer's file, and what people write in it."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from relance.core.customers.contact_roles import CONTACT_ROLES
from relance.core.insight.aged_balance import BUCKETS, late_share
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ContactId, UserId
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.http.access import deed, page
from relance.http.addresses import code_of, query, segment
from relance.http.aged_bars import aged_bar
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked, spoken
from relance.http.pages.copy_words import copy_words
from relance.http.pages.downloads import download
from relance.http.pages.item_words import late_words, status_of, type_words
from relance.http.pages.reports import LABELS
from relance.http.pages.specific_words import topic_words
from relance.http.pages.timeline_words import told
from relance.http.templating import Show, triggers
from relance.ports.export import Amount, Column, Exports, Sheet
from relance.ports.store.contacts import Contact
from relance.usecases.customers.assign_customer import AssignCustomer, CustomerChoice
from relance.usecases.customers.edit_contact import ContactEdit, EditContact
from relance.usecases.customers.write_note import NewNote, WriteNote
from relance.usecases.insight.note_export import NoteExport
from relance.usecases.insight.open_customer import VIEWS, CustomerOpened, CustomerWanted, OpenCustomer
from relance.usecases.tenancy.resume_session import SignedIn

AnyRequest = Request[Any, Any, Any]
CHIPS = {
    "open": marked("Open items"),
    "overdue": marked("Overdue"),
    "promised": marked("Promised"),
    "disputed": marked("Disputed"),
    "settled": marked("Settled, 12 months"),
}


@page("/customers/{code:str}", needs="see")
def customer(
    code: FromPath[str],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """The file; htmx asks for the table alone."""
    opened = open_customer(msgspec.structs.replace(_wanted(code, request, who), reading=True))
    target = request.headers.get("hx-target", "")
    part = {"items": "customers/items.html", "timeline": "customers/timeline.html", "file": "customers/body.html"}
    template = part.get(target, "customers/file.html") if show.partial else "customers/file.html"
    to_read: dict[str, Any] = {"may": lambda _right: False} if opened.given else {}
    return show(template, **shown(opened), **to_read)


@page("/customers/{code:str}/export", needs="export")
def export(
    code: FromPath[str],
    request: AnyRequest,
    who: NamedDependency[SignedIn],
    open_customer: NamedDependency[OpenCustomer],
    exports: NamedDependency[SkipValidation[Exports]],
    note_export: NamedDependency[NoteExport],
) -> Response[bytes]:
    """The items that the table shows, as a file."""
    opened = open_customer(_wanted(code, request, who))
    form = request.query_params.get("format", "xlsx")
    return download(_sheet(opened), form, "customer-items", {"customer": opened.card.code}, who, exports, note_export)


@deed("/customers/{code:str}/notes", needs="qualify")
def note(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    write_note: NamedDependency[WriteNote],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Keep a note and show the timeline with it."""
    write_note(NewNote(actor=who.actor, code=code_of(code), text=fields.text("text")))
    if not show.partial:
        return show.go(f"/t/{who.tenant.code}/customers/{segment(code_of(code))}?done=saved")
    opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
    return show("customers/timeline.html", headers=triggers(toast={"text": gettext("Saved.")}), **shown(opened))


@page("/customers/{code:str}/contacts/{contact:int}", needs="qualify")
def contact_form(
    code: FromPath[str],
    contact: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """The form of a contact; 0 is a new one."""
    opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
    new = Contact(contact=ContactId(0), name="", collection=not any(c.collection for c in opened.contacts))
    known = next((c for c in opened.contacts if c.contact == contact), new)
    return show("customers/contact_form.html", contact=known, problem="", **shown(opened))


@deed("/customers/{code:str}/contacts/{contact:int}", needs="qualify")
def save_contact(
    code: FromPath[str],
    contact: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    edit_contact: NamedDependency[EditContact],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Keep the contact; what cannot be kept is shown again with the reason."""
    names = ("name", "first_name", "email", "phone", "mobile", "function", "role", "language")
    given: dict[str, Any] = {name: fields.text(name) for name in names}
    typed = Contact(contact=ContactId(contact), collection=fields.text("collection") == "on", **given)
    try:
        edit_contact(ContactEdit(actor=who.actor, code=code_of(code), contact=typed))
    except BadInput as refused:  # the form keeps what was typed
        opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
        return show("customers/contact_form.html", status=422, contact=typed, problem=refused.detail, **shown(opened))
    return show.go(f"/t/{who.tenant.code}/customers/{segment(code_of(code))}?done=saved")


@page("/customers/{code:str}/assign", needs="assign")
def assign_form(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Who collects, and by which scenario; and why it is so."""
    opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
    return show("customers/assign_form.html", problem="", **shown(opened))


@deed("/customers/{code:str}/assign", needs="assign")
def assign(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    assign_customer: NamedDependency[AssignCustomer],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """Keep what was chosen; a form without groups and colleagues leaves them as they are."""
    named = code_of(code)
    try:
        assign_customer(_choice(named, fields, who))
    except BadInput as refused:  # nothing was changed
        opened = open_customer(CustomerWanted(actor=who.actor, code=named))
        return show("customers/assign_form.html", status=422, problem=refused.detail, **shown(opened))
    return show.go(f"/t/{who.tenant.code}/customers/{segment(named)}?done=saved")


def _choice(code: str, fields: Fields, who: SignedIn) -> CustomerChoice:
    """What the form says; one without groups and colleagues leaves them as they are."""
    collector = UserId(fields.number("collector")) if fields.text("collector") else None
    choice = CustomerChoice(actor=who.actor, code=code, collector=collector, scenario=fields.text("scenario"))
    if not fields.text("links"):
        return choice
    groups = (*fields.texts("group"), *filter(None, [fields.text("new-group")]))
    colleagues = tuple(UserId(number) for number in fields.numbers("colleague"))
    return msgspec.structs.replace(choice, groups=groups, colleagues=colleagues)


def shown(opened: CustomerOpened) -> dict[str, Any]:
    """What every template of the file sees."""
    names = {code: name.get(spoken(), name.get("en", code)) for code, name in opened.scenarios.items()}
    return {
        "opened": opened,
        "scenarios": names,
        "scenario_name": names.get(opened.scenario, opened.scenario),
        "message_languages": MESSAGE_LANGUAGES,
        "contact_roles": CONTACT_ROLES,
        "card": opened.card,
        "segment": segment,
        "query": query,
        "aged_bar": aged_bar,
        "late_share": late_share,
        "labels": LABELS,
        "buckets": BUCKETS,
        "chips": CHIPS,
        "type_words": type_words,
        "late_words": late_words,
        "copy_words": copy_words,
        "status_of": status_of,
        "told": told,
        "topic_words": lambda topic: topic_words().get(topic, topic),
        "several": len(opened.figures) > 1,
    }


def _wanted(code: str, request: AnyRequest, who: SignedIn) -> CustomerWanted:
    asked = request.query_params
    view, bucket = asked.get("view", "open"), asked.get("bucket", "")
    if view not in VIEWS or bucket not in {"", "credits", *BUCKETS}:
        raise BadInput("no such filter")
    return CustomerWanted(actor=who.actor, code=code_of(code), view=view, bucket=bucket)


def _sheet(opened: CustomerOpened) -> Sheet:
    heads = ("Item", "Type", "Issued", "Due", "Currency", "Original", "Balance", "Status")
    kinds = {"Issued": "day", "Due": "day", "Original": "amount", "Balance": "amount"}
    columns = tuple(Column(gettext(head), kinds.get(head, "text")) for head in heads)  # type: ignore[arg-type]  # ours
    rows: list[tuple[Any, ...]] = [
        (
            item.number,
            type_words(item.type),
            item.issued_on,
            item.due_on,
            item.currency,
            Amount(item.amount, item.currency),
            Amount(item.open_amount, item.currency),
            status_of(item, opened.today, opened.said.get(item.item, "")).text,
        )
        for item in opened.items
    ]
    return Sheet(name=opened.card.code, columns=columns, rows=rows, notes=(opened.card.name,))


HANDLERS = [customer, export, note, contact_form, save_contact, assign_form, assign]
