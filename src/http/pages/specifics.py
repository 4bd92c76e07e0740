"""Specific actions from the customer's file: begin one on chosen items, go on with it, end it (B6)."""

from datetime import date, timedelta
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.collection.kinds import KINDS, is_message
from relance.core.collection.specifics import TOPICS
from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.core.kernel.identifiers import ItemId, SpecificId, UserId
from relance.http.access import deed, page
from relance.http.addresses import code_of, segment, way_back
from relance.http.dependencies import Fields
from relance.http.i18n.formats import day
from relance.http.i18n.speech import gettext, ngettext
from relance.http.pages.choices import chosen, day_chosen, number_or_none
from relance.http.pages.customer_file import shown
from relance.http.pages.recipients import offered, said_cc, said_to
from relance.http.pages.specific_words import AUTOMATIONS, send_days, topic_words
from relance.http.templating import Show, triggers
from relance.usecases.collection.begin_specific import BeginSpecific, Begun, NewSpecific
from relance.usecases.collection.end_specific import EndSpecific, SpecificEnd
from relance.usecases.collection.list_specifics import ListSpecifics, SpecificRow, SpecificsAsked
from relance.usecases.collection.prepare_specific import PrepareSpecific, SpecificAsked
from relance.usecases.collection.repeat_specific import RepeatSpecific, Repetition
from relance.usecases.insight.open_customer import CustomerWanted, OpenCustomer
from relance.usecases.tenancy.resume_session import SignedIn


@page("/customers/{code:str}/specifics/new", needs="qualify")
def ask(
    code: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    prepare_specific: NamedDependency[PrepareSpecific],
) -> Response[str]:
    """The dialog for the items that were ticked."""
    return _dialog(show, who, code_of(code), open_customer, prepare_specific, _asked(show))


@deed("/customers/{code:str}/specifics", needs="qualify")
def begin(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    prepare_specific: NamedDependency[PrepareSpecific],
    begin_specific: NamedDependency[BeginSpecific],
) -> Response[str]:
    """Begin it; a message for now is read before it leaves."""
    named = code_of(code)
    typed = _typed(fields)
    try:
        today = open_customer(CustomerWanted(actor=who.actor, code=named)).today
        begun = begin_specific(_new(who, named, fields, today))
    except (BadInput, Conflict) as refused:  # the dialog keeps what was typed
        return _dialog(show, who, named, open_customer, prepare_specific, typed, refused.detail)
    back = way_back(typed["back"], who.tenant.code)
    if back and begun.state != "to-confirm":
        return show.go(f"{back}{'&' if '?' in back else '?'}done=saved")
    return _begun(show, who, open_customer, named, begun, day_chosen(fields, "on", today) or today, today)


@page("/customers/{code:str}/specifics/{specific:int}/again", needs="qualify")
def ask_again(
    code: FromPath[str],
    specific: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    list_specifics: NamedDependency[ListSpecifics],
) -> Response[str]:
    """When is the next one?"""
    row = _row(list_specifics, who, code_of(code), specific)
    return _small(show, who, code_of(code), open_customer, row, "again")


@deed("/customers/{code:str}/specifics/{specific:int}/again", needs="qualify")
def again(
    code: FromPath[str],
    specific: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    list_specifics: NamedDependency[ListSpecifics],
    repeat_specific: NamedDependency[RepeatSpecific],
) -> Response[str]:
    """The next message, call or task about the same items."""
    named = code_of(code)
    today = open_customer(CustomerWanted(actor=who.actor, code=named)).today
    try:
        on = day_chosen(fields, "on", today)
        by_itself = chosen(fields.text("automation", "to-confirm"), AUTOMATIONS)
        wanted = Repetition(actor=who.actor, specific=SpecificId(specific), on=on, automation=by_itself)
        begun = repeat_specific(wanted)
    except (BadInput, Conflict) as refused:  # the dialog is shown again
        row = _row(list_specifics, who, named, specific)
        return _small(show, who, named, open_customer, row, "again", refused.detail)
    return _begun(show, who, open_customer, named, begun, on or today, today)


@page("/customers/{code:str}/specifics/{specific:int}/end", needs="qualify")
def ask_end(
    code: FromPath[str],
    specific: FromPath[int],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    list_specifics: NamedDependency[ListSpecifics],
) -> Response[str]:
    """What came of it?"""
    return _small(show, who, code_of(code), open_customer, _row(list_specifics, who, code_of(code), specific), "end")


@deed("/customers/{code:str}/specifics/{specific:int}/end", needs="qualify")
def end(
    code: FromPath[str],
    specific: FromPath[int],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    end_specific: NamedDependency[EndSpecific],
) -> Response[str]:
    """The items go back to their scenario."""
    named = code_of(code)
    over = end_specific(
        SpecificEnd(actor=who.actor, specific=SpecificId(specific), outcome=fields.text("outcome")),
    )
    words = ngettext(
        "Ended. %(num)d item is back in its scenario.", "Ended. %(num)d items are back in their scenario.", over.items
    )
    return after(show, who, open_customer, named, words % {"num": over.items})


def after(show: Show, who: SignedIn, open_customer: OpenCustomer, code: str, words: str) -> Response[str]:
    """The file as it is now, and a toast."""
    if not show.partial:
        return show.go(f"/t/{who.tenant.code}/customers/{segment(code)}?done=saved")
    opened = open_customer(CustomerWanted(actor=who.actor, code=code))
    return show("customers/body.html", headers=triggers(toast={"text": words}, close=True), **shown(opened))


def _begun(
    show: Show, who: SignedIn, open_customer: OpenCustomer, code: str, begun: Begun, on: date, today: date
) -> Response[str]:
    """A message for now opens to be read and confirmed; anything else waits for its day."""
    if begun.state == "to-confirm" and on <= today:
        return show.go(f"/t/{who.tenant.code}/agenda/{begun.action}")
    return after(show, who, open_customer, code, gettext("Planned for %(day)s.") % {"day": day(on)})


def _asked(show: Show) -> dict[str, Any]:
    """What the address says; what cannot be understood is refused."""
    said = show.request.query_params
    return {
        "items": [number_or_none(text) for text in said.getall("item", [])],
        "kind": chosen(said.get("kind", "email"), KINDS),
        "topic": chosen(said.get("topic", "reminder"), TOPICS),
        "language": said.get("language", "")[:12],
        "comment": said.get("comment", "")[:4000],
        "title": said.get("title", "")[:200],
        "on": said.get("on", "")[:12],
        "other": said.get("other", "")[:12],
        "assignee": said.get("assignee", "")[:12],
        "back": said.get("back", ""),
        "subject": "",
        "body": "",
        "to": [number_or_none(text) for text in said.getall("to", [])] or None,
        "cc": said.getall("cc", []),
    }


def _typed(fields: Fields) -> dict[str, Any]:
    return {
        "items": fields.numbers("item"),
        "kind": chosen(fields.text("kind"), KINDS),
        "topic": chosen(fields.text("topic"), TOPICS),
        "language": fields.text("language")[:12],
        "subject": fields.text("subject"),
        "body": fields.raw("body") or "",
        "title": fields.text("title"),
        "comment": fields.text("comment"),
        "on": fields.text("on"),
        "other": fields.text("other"),
        "assignee": fields.text("assignee"),
        "back": fields.text("back"),
        "to": fields.numbers("to") if fields.text("addressed") else None,
        "cc": fields.texts("cc"),
    }


def _dialog(
    show: Show,
    who: SignedIn,
    code: str,
    open_customer: OpenCustomer,
    prepare: PrepareSpecific,
    typed: dict[str, Any],
    problem: str = "",
) -> Response[str]:
    opened = open_customer(CustomerWanted(actor=who.actor, code=code))
    items = [item for item in opened.items if item.item in typed["items"]]
    typed["back"] = way_back(typed["back"], who.tenant.code)
    ids = tuple(item.item for item in items)
    known = {"topic": typed["topic"], "language": typed["language"], "kind": typed["kind"]}
    asked = SpecificAsked(actor=who.actor, code=code, items=ids, **known)
    sums: dict[str, int] = {}
    for item in items:
        sums[item.currency] = sums.get(item.currency, 0) + item.open_amount
    values: dict[str, Any] = {
        "chosen": items,
        "sums": sums,
        "typed": typed,
        "prepared": prepare(asked),
        "problem": problem,
    }
    known_users = values["prepared"].users
    values |= {"days": send_days(opened.today), "topics": topic_words()}
    if is_message(typed["kind"]):
        values["offered"] = offered(typed["kind"], opened.contacts, known_users, typed["to"], typed["cc"])
    return show("customers/specific.html", status=422 if problem else 200, **values, **shown(opened))


def _new(who: SignedIn, code: str, fields: Fields, today: date) -> NewSpecific:
    kind = chosen(fields.text("kind"), KINDS)
    words: dict[str, Any] = {name: fields.text(name) for name in ("language", "subject")} | {
        "body": fields.raw("body") or ""
    }
    assignee = number_or_none(fields.text("assignee")) if not is_message(kind) else None
    return NewSpecific(
        actor=who.actor,
        code=code,
        items=tuple(ItemId(number) for number in fields.numbers("item")),
        topic=chosen(fields.text("topic"), TOPICS),
        kind=kind,
        on=day_chosen(fields, "on", today),
        automation=chosen(fields.text("automation", "to-confirm"), AUTOMATIONS) if is_message(kind) else "to-confirm",
        title=fields.text("title") if not is_message(kind) else "",
        comment=fields.text("comment"),
        assignee=UserId(assignee) if assignee else None,
        away=fields.text("away") == "on",
        interest=fields.text("interest") == "on",
        copies=fields.text("copies") == "on",
        **(words | _whom(fields) if is_message(kind) else {}),
    )


def _whom(fields: Fields) -> dict[str, tuple[str, ...]]:
    return {"to": said_to(fields) or (), "cc": said_cc(fields) or ()}


def _row(list_specifics: ListSpecifics, who: SignedIn, code: str, specific: int) -> SpecificRow:
    rows = list_specifics(SpecificsAsked(actor=who.actor, code=code))
    found = next((row for row in rows if row.specific == specific), None)
    if found is None:
        raise NotFound("no such specific action")
    return found


def _small(
    show: Show,
    who: SignedIn,
    code: str,
    open_customer: OpenCustomer,
    row: SpecificRow,
    wanted: str,
    problem: str = "",
) -> Response[str]:
    opened = open_customer(CustomerWanted(actor=who.actor, code=code))
    days = [(opened.today + timedelta(days=ahead), words) for ahead, words in _ahead()]
    values: dict[str, Any] = {"row": row, "wanted": wanted, "days": days, "topics": topic_words(), "problem": problem}
    return show("customers/specific_again.html", status=422 if problem else 200, **values, **shown(opened))


def _ahead() -> list[tuple[int, str]]:
    return [(0, gettext("now")), (7, gettext("in a week")), (14, gettext("in 2 weeks"))]


HANDLERS = [ask, begin, ask_again, again, ask_end, end]
