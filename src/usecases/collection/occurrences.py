"""What beginning, repeating and ending a specific action share: its occurrences are actions (A27)."""

from datetime import date
from typing import Literal

import msgspec

from relance.core.collection.actions import OPEN_STATES, Action, Brief
from relance.core.collection.kinds import carries, channel_of, is_message
from relance.core.collection.references import domain_of, message_id
from relance.core.collection.sending import Dossier
from relance.core.collection.specifics import STEP, SpecificAction
from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import ActionId, ItemId, UserId
from relance.ports.render import Renderer
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import Look, content, look, rendered_as, texts_of

Automation = Literal["to-confirm", "automatic"]


class OccurrenceOpen(Conflict):
    """This specific action already has an action that waits; send, date or cancel that one."""

    code = "occurrence-open"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What one occurrence is to be."""

    specific: SpecificAction
    brief: Brief
    on: date
    automation: Automation = "to-confirm"
    assignee: UserId | None = None


def occur(desk: Desk, wanted: Wanted, renderer: Renderer, key: bytes) -> Action:
    """Keep the next occurrence; raises BadInput where it would have nothing to say, or could not be rendered."""
    dossier = desk.unit.delivery.dossiers([wanted.specific.customer], desk.today)[wanted.specific.customer]
    number = ActionId(desk.unit.tenancy.next_numbers("actions", 1))
    action = _action(desk, number, wanted, key)
    seen = look(desk, action, dossier, {})
    if wanted.brief.items or is_message(wanted.specific.kind):
        action = _listed(action, seen)
    if is_message(action.kind):
        try_words(desk, action, dossier, seen, renderer)
        told = {carries(action.kind).nobody, "no-recipient", "no-collector"}
        missing = tuple(one for one in seen.holds if one in told)
        action = msgspec.structs.replace(action, warnings=(*seen.warnings, *missing))
    return desk.unit.specifics.add_occurrence(action)


def try_words(desk: Desk, action: Action, dossier: Dossier, seen: Look, renderer: Renderer) -> None:
    """Render the message once and forget it; raises TemplateBroken for words that cannot be filled in."""
    if seen.language is None:
        raise BadInput("there is no text in this language: write one")
    rendered_as(action.kind, renderer, texts_of(desk, action)[seen.language], content(desk, dossier, seen))


def require_none_open(desk: Desk, specific: SpecificAction) -> list[Action]:
    """The occurrences so far; raises OccurrenceOpen while one of them waits or is in doubt."""
    before = desk.unit.specifics.occurrences(specific.specific)
    waiting = next((one for one in before if one.state in {*OPEN_STATES, "unknown", "failed"}), None)
    if waiting:
        raise OccurrenceOpen(f"action {waiting.action} of it is {waiting.state}: send, date or cancel that one")
    return before


def _action(desk: Desk, number: ActionId, wanted: Wanted, key: bytes) -> Action:
    begun, written = wanted.specific, is_message(wanted.specific.kind)
    by_itself = written and wanted.automation == "automatic"
    domain = domain_of(desk.settings.text("sender"))
    return Action(
        action=number,
        customer=begun.customer,
        scenario="",
        step=STEP,
        step_number=0,
        steps=0,
        kind=begun.kind,
        template="",
        channel=channel_of(begun.kind),
        state="to-confirm" if written and not by_itself else "planned",
        due_on=wanted.on,
        leader=next(iter(wanted.brief.items), ItemId(0)),
        items=wanted.brief.items,
        amount=0,
        currency=desk.tenant.currency,
        amounts={},
        automation=(wanted.automation if written else "manual"),
        message_id=message_id(desk.tenant.code, number, 1, domain, key),
        automatic=by_itself or wanted.on > desk.today,
        created_on=desk.today,
        specific=begun.specific,
        assignee=wanted.assignee,
        brief=wanted.brief,
    )


def _listed(action: Action, seen: Look) -> Action:
    if seen.listed.reason and is_message(action.kind):
        raise BadInput(f"there is nothing to write about: {seen.listed.reason}")
    items, amounts = seen.listed.items, seen.listed.amounts
    first = next((item for item in items if item.open_amount > 0), items[0] if items else None)
    if first is None:
        return action
    return msgspec.structs.replace(
        action,
        leader=first.item,
        items=seen.listed.item_ids,
        currency=first.currency,
        amounts=amounts,
        amount=amounts.get(first.currency, 0),
    )
