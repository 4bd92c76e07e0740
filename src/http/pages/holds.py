"""Promise, dispute, pause and their end, from the table of a customer's file."""

from datetime import date
from typing import Any

from litestar import Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import MEMO_TYPES, HoldKind, Item
from relance.http.access import deed, page
from relance.http.addresses import code_of, query, segment, way_back
from relance.http.dependencies import Fields
from relance.http.i18n.formats import figure
from relance.http.i18n.reading import read_amount
from relance.http.i18n.speech import gettext, ngettext
from relance.http.pages.choices import chosen, day_chosen, number_or_none, typed_again
from relance.http.pages.customer_file import shown
from relance.http.pages.hold_words import CAUSES, pause_days, promise_days
from relance.http.templating import Show, triggers
from relance.usecases.insight.open_customer import CustomerOpened, CustomerWanted, OpenCustomer
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems
from relance.usecases.tenancy.resume_session import SignedIn

KINDS: tuple[HoldKind, ...] = ("promise", "dispute", "pause")


@page("/customers/{code:str}/hold/{kind:str}", needs="qualify")
def ask(
    code: FromPath[str],
    kind: FromPath[str],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
) -> Response[str]:
    """The dialog for the items that were ticked, or for all that is overdue and not held."""
    opened = open_customer(CustomerWanted(actor=who.actor, code=code_of(code)))
    wanted = {number_or_none(text) for text in show.request.query_params.getall("item", [])}
    items = [item for item in opened.items if item.item in wanted] or _overdue(opened)
    back = way_back(show.request.query_params.get("back", ""), who.tenant.code)
    return _dialog(show, opened, items, chosen(kind, KINDS), back=back)


@deed("/customers/{code:str}/hold/{kind:str}", needs="qualify")
def hold(
    code: FromPath[str],
    kind: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    open_customer: NamedDependency[OpenCustomer],
    hold_items: NamedDependency[HoldItems],
) -> Response[str]:
    """Hold the items; what cannot be kept is shown again with the reason."""
    named, kept, back = chosen(kind, KINDS), code_of(code), way_back(fields.text("back"), who.tenant.code)
    opened = open_customer(CustomerWanted(actor=who.actor, code=kept))
    ids = set(fields.numbers("item"))
    items = [item for item in opened.items if item.item in ids]
    if not items:
        raise NotFound("no such items")
    try:
        hold_items(_holds(named, fields, who, items, opened.today))
    except BadInput as refused:  # the dialog is shown again
        return _dialog(show, opened, items, named, back=back, problem=refused.detail, typed=typed_again(fields))
    if back:
        return show.go(f"{back}{'&' if '?' in back else '?'}done=held")
    return _after(show, who, open_customer, kept, items)


@deed("/customers/{code:str}/release", needs="qualify")
def release(
    code: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    release_items: NamedDependency[ReleaseItems],
) -> Response[str]:
    """End the holds of the items named in the form, or in the address when a toast takes a hold back."""
    asked = [number_or_none(text) for text in show.request.query_params.getall("item", [])]
    named = fields.numbers("item") or [number for number in asked if number is not None]
    release_items(Release(actor=who.actor, items=tuple(ItemId(number) for number in named)))
    if show.partial:
        return Response("", status_code=200, headers={"HX-Refresh": "true"})
    return show.go(f"/t/{who.tenant.code}/customers/{segment(code_of(code))}?done=saved")


def _overdue(opened: CustomerOpened) -> list[Item]:
    return [
        item
        for item in opened.items
        if item.open_amount > 0 and item.due_on < opened.today and not item.hold and item.type not in MEMO_TYPES
    ]


def _dialog(
    show: Show,
    opened: CustomerOpened,
    items: list[Item],
    kind: HoldKind,
    back: str = "",
    problem: str = "",
    typed: dict[str, list[str]] | None = None,
) -> Response[str]:
    sums: dict[str, int] = {}
    for item in items:
        sums[item.currency] = sums.get(item.currency, 0) + item.open_amount
    currency, amount = next(iter(sums.items())) if len(sums) == 1 else ("", 0)
    if kind == "promise" and all(sum_ <= 0 for sum_ in sums.values()):
        items = []
    days = promise_days(opened.today) if kind == "promise" else pause_days(opened.today)
    values: dict[str, Any] = {
        "kind": kind,
        "chosen": items,
        "sums": sums,
        "amount": figure(amount, currency) if currency and amount > 0 else "",
        "days": days,
        "causes": CAUSES,
        "problem": problem,
        "typed": typed,
        "back": back,
    }
    return show("customers/hold.html", status=422 if problem else 200, **values, **shown(opened))


def _holds(kind: HoldKind, fields: Fields, who: SignedIn, items: list[Item], today: date) -> NewHolds:
    currencies = {item.currency for item in items}
    typed = fields.text("amount")
    amount = read_amount(typed, currencies.pop()) if kind == "promise" and typed and len(currencies) == 1 else None
    if amount is not None and amount <= 0:
        raise BadInput(gettext("The promised amount must be more than zero."))
    said = [gettext(fields.text("cause"))] if fields.text("cause") in CAUSES else []
    comment = "\n".join(part for part in (*said, fields.text("comment")) if part)
    return NewHolds(
        actor=who.actor,
        items=tuple(item.item for item in items),
        kind=kind,
        until=day_chosen(fields, "until", today),
        comment=comment,
        amount=amount,
    )


def _after(show: Show, who: SignedIn, open_customer: OpenCustomer, code: str, items: list[Item]) -> Response[str]:
    """The file as it is now, and a toast that can take the hold back."""
    here = f"/t/{who.tenant.code}/customers/{segment(code)}"
    if not show.partial:
        return show.go(f"{here}?done=held")
    words = ngettext("%(num)d item is held.", "%(num)d items are held.", len(items)) % {"num": len(items)}
    undo = f"{here}/release{query(item=[item.item for item in items])}"
    toast = {"text": words, "undo": undo, "label": gettext("Undo (U)")}
    opened = open_customer(CustomerWanted(actor=who.actor, code=code))
    return show("customers/body.html", headers=triggers(toast=toast, close=True), **shown(opened))


HANDLERS = [ask, hold, release]
