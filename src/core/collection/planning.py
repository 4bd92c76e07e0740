"""From the decision to the action: what it lists, as lines or as items, and the row that is kept."""

import zlib
from collections.abc import Sequence
from datetime import date

import msgspec

from relance.core.collection.accounts import CurrencyRow, Line
from relance.core.collection.actions import Action
from relance.core.collection.decisions import Plan
from relance.core.collection.kinds import channel_of
from relance.core.collection.listing import Listing
from relance.core.collection.rules import DayRules
from relance.core.collection.scenarios import Scenario
from relance.core.kernel.identifiers import ActionId, CustomerId, ItemId


class Listed(msgspec.Struct, frozen=True):
    """The items of an action in the order of the message, and the net of each currency."""

    items: tuple[ItemId, ...]
    amounts: dict[str, int]


def listed_lines(rows: Sequence[CurrencyRow], plan: Plan, on: DayRules) -> Listed | None:
    """What the plan lists, from the account's rows; None where only the items can tell (D12).

    The same answer as `listing`, for the steps that need no look at what was listed before.
    """
    if plan.step.listed_by is not None or plan.scenario.per_invoice:
        return None
    if plan.step.day < 0:
        return _noted_lines(rows, plan, on)
    left = [row for row in rows if row.currency in plan.nets]
    asked = [line for row in left for line in row.asked(on.day)]
    return _in_order(asked, [line for row in left if row.credit for line in row.lines if line.amount < 0], plan.nets)


def rules_digest(scenario: Scenario, on: DayRules) -> str:
    """Changes whenever the scenario or the rules do; part of the mark of a planned action."""
    return f"{zlib.crc32(msgspec.json.encode((scenario, on.rules), order='deterministic')):08x}"


def listed_items(listing: Listing) -> Listed:
    """What a listing of items comes to."""
    return Listed(listing.item_ids, listing.amounts)


def new_action(
    number: ActionId, customer: CustomerId, plan: Plan, listed: Listed, created_on: date, message_id: str
) -> Action:
    """The action of a plan."""
    return Action(
        action=number,
        customer=customer,
        scenario=plan.scenario.code,
        scenario_version=plan.scenario.version,
        step=plan.step.code,
        step_number=plan.step_number,
        steps=len(plan.scenario.steps),
        kind=plan.step.kind,
        template=plan.step.template,
        channel=channel_of(plan.step.kind),
        state=plan.state,
        due_on=plan.due_on,
        leader=plan.leader.item,
        items=listed.items,
        amount=listed.amounts.get(plan.leader.currency, 0),
        currency=plan.leader.currency,
        amounts=listed.amounts,
        automation=plan.step.automation,
        reason=plan.reason,
        warnings=plan.warnings,
        message_id=message_id,
        created_on=created_on,
    )


def _noted_lines(rows: Sequence[CurrencyRow], plan: Plan, on: DayRules) -> Listed | None:
    last = on.day + max(plan.step.days_ahead, -plan.step.day)
    asked: list[Line] = []
    owed: list[Line] = []
    nets: dict[str, int] = {}
    for row in rows:
        noted = [line for line in row.lines if line.amount > 0 and on.day <= line.due <= last]
        net = sum([line.amount for line in noted]) - row.credit
        if not noted or net <= 0 or net < on.rules.minimum.get(row.currency, 0) or _left_out(row, plan, on):
            continue
        nets[row.currency] = net
        asked.extend(noted)
        owed.extend(line for line in row.lines if row.credit and line.amount < 0)
    return _in_order(asked, owed, nets)


def _left_out(row: CurrencyRow, plan: Plan, on: DayRules) -> bool:
    """Whether D4 or D5 left the currency out: in credit, or what is overdue in it is too little."""
    return row.balance <= 0 or (row.currency not in plan.nets and bool(row.asked(on.day)))


def _in_order(asked: list[Line], owed: list[Line], nets: dict[str, int]) -> Listed:
    """Each row's lines are in order; those of several currencies are brought together."""
    if len(nets) > 1:
        asked.sort()
        owed.sort()
    return Listed(tuple([line.item for line in asked + owed]), dict(sorted(nets.items())))
