"""Open a customer's file."""

from datetime import date, timedelta

import msgspec

from relance.core.collection.grouping import Member
from relance.core.collection.specifics import SpecificAction
from relance.core.customers.squares import Square
from relance.core.insight.account_figures import AccountFigures, account_figures
from relance.core.insight.aged_balance import bucket_of
from relance.core.kernel.identifiers import ItemId
from relance.core.ledger.items import MEMO_TYPES, Item
from relance.core.tenancy.users import Actor, User, may, require_right
from relance.ports.clock import Clock
from relance.ports.store.assigned import Assigned, Details
from relance.ports.store.contacts import Contact
from relance.ports.store.copy_fetches import CopyFetch
from relance.ports.store.customer_file import CustomerCard, TimelineEntry, WaitingAction
from relance.ports.store.documents import Document
from relance.ports.work import Unit, Work

VIEWS = ("open", "overdue", "promised", "disputed", "settled")
_SETTLED_DAYS = 365
_LONGEST_TABLE = 500
_LONGEST_TIMELINE = 100


class CustomerWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The customer by its code; `view` and `bucket` choose the items of the table.

    `reading`: also a customer of whom this person was given an open task or call (S3.15).
    """

    actor: Actor
    code: str
    view: str = "open"
    bucket: str = ""
    reading: bool = False


class CustomerOpened(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page of one customer. `hidden` counts the items beyond the table's longest length."""

    card: CustomerCard
    figures: list[AccountFigures]
    items: list[Item]
    hidden: int
    said: dict[int, str]
    contacts: list[Contact]
    timeline: list[TimelineEntry]
    actions: list[WaitingAction]
    users: list[User]
    assigned: Assigned
    details: Details
    today: date
    view: str
    bucket: str
    numbers: dict[str, int] = {}
    """View to how many open items it holds."""
    given: bool = False
    """Shown for the sake of an action that was given to this person: to be read only (S3.15)."""
    scenarios: dict[str, dict[str, str]] = {}
    """Scenario code to its names by language."""
    copies: dict[ItemId, list[Document]] = {}
    """The copies of the items."""
    fetches: dict[ItemId, CopyFetch] = {}
    """Copies that are fetched from an address, and what became of that."""
    groups: list[str] = []
    """Groups to choose from, by name: all, or those of the customers that this person may see (B16)."""
    scenario: str = ""
    """The scenario that chases this customer, the tenant's default included."""
    specifics: list[SpecificAction] = []
    """Specific actions that go on."""
    squares: tuple[Square, ...] = ()
    """The alerts that it raises (B7)."""
    grouping: list[Member] = []
    """Who is collected on this customer, or itself where it is collected on another (B5)."""


class OpenCustomer:
    """One customer at a glance: what is owed, what is next, whom to speak to, what happened."""

    def __init__(self, work: Work, clock: Clock) -> None:
        self._work, self._clock = work, clock

    def __call__(self, request: CustomerWanted) -> CustomerOpened:
        """The file; raises NotFound, NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            today = self._clock.today(unit.tenancy.tenant().timezone)
            card = unit.customer_file.card(request.code, own, request.reading)
            held = unit.customer_file.open_items(card.customer)
            shown = self._shown(unit, card, held, request, today)
            return CustomerOpened(
                card=card,
                figures=account_figures(held, today),
                items=shown[:_LONGEST_TABLE],
                hidden=max(0, len(shown) - _LONGEST_TABLE),
                said=unit.customer_file.hold_comments(card.customer),
                contacts=unit.contacts.of(card.customer),
                timeline=_told(
                    unit.customer_file.timeline(card.customer, _LONGEST_TIMELINE),
                    unit.customer_file.moves(card.customer, _LONGEST_TIMELINE),
                ),
                actions=unit.customer_file.waiting_actions(card.customer),
                users=unit.tenancy.users(),
                assigned=unit.assigned.of(card.customer),
                details=unit.assigned.details(card.customer),
                today=today,
                view=request.view,
                bucket=request.bucket,
                numbers={view: sum(_fits(item, view, "", today) for item in held) for view in VIEWS[:-1]},
                given=own is not None and not unit.assigned.seen_by(own, [card.customer]),
                scenarios={known.code: known.name for known in unit.collection.scenarios()},
                copies=unit.documents.of_customer(card.customer),
                fetches=unit.copy_fetches.of_items([item.item for item in shown[:_LONGEST_TABLE]]),
                groups=_groups(unit, request.actor) if may(request.actor, "assign") else [],
                specifics=[one for one in unit.specifics.of_customer(card.customer) if one.live],
                squares=unit.squares.of([card.customer], today).get(card.customer, ()),
                grouping=_seen(unit, request.actor, unit.grouping.of(card.customer)),
                scenario=card.scenario or unit.tenancy.settings().text("scenario"),
            )

    def _shown(
        self, unit: Unit, card: CustomerCard, held: list[Item], request: CustomerWanted, today: date
    ) -> list[Item]:
        if request.view == "settled":
            since = today - timedelta(days=_SETTLED_DAYS)
            return unit.customer_file.settled_items(card.customer, since, _LONGEST_TABLE + 1)
        return [item for item in held if _fits(item, request.view, request.bucket, today)]


def _seen(unit: Unit, actor: Actor, members: list[Member]) -> list[Member]:
    """Whom this viewer does not see is not named: neither a member, nor a lead."""
    if not actor.own_only or not members:
        return members
    seen = unit.assigned.seen_by(actor.user, [number for one in members for number in (one.customer, one.lead)])
    return [
        one if one.lead in seen else msgspec.structs.replace(one, lead_code="", lead_name="")
        for one in members
        if one.customer in seen
    ]


def _told(said: list[TimelineEntry], moved: list[TimelineEntry]) -> list[TimelineEntry]:
    """What people and messages did, and what imports brought, as one stream, the latest first."""
    return sorted((*said, *moved), key=lambda entry: entry.at, reverse=True)[:_LONGEST_TIMELINE]


def _fits(item: Item, view: str, bucket: str, today: date) -> bool:
    """Whether the item belongs to the chosen view and piece of the aged bar."""
    if bucket:
        if item.type in MEMO_TYPES:
            return False
        return (bucket == "credits") if item.open_amount < 0 else bucket_of(item.due_on, today) == bucket
    if view == "overdue":
        return item.open_amount > 0 and item.due_on < today and item.type not in MEMO_TYPES
    if view in {"promised", "disputed"}:
        return item.hold == ("promise" if view == "promised" else "dispute")
    return True


def _groups(unit: Unit, actor: Actor) -> list[str]:
    if not actor.own_only:
        return [group.name for group in unit.groups.all()]
    seen = unit.suggestions.suggestions(actor.user).groups
    return [group.name for group in unit.groups.all() if group.name in seen or group.author == actor.name]
