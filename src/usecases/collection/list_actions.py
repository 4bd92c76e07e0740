"""List actions with everything that a script wants to know of them."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from relance.core.collection.actions import State
from relance.core.collection.composing import Sender, mailbox_of, sender_of
from relance.core.collection.kinds import is_message
from relance.core.kernel.identifiers import ActionId
from relance.core.kernel.money import decimal_text, sums_text
from relance.core.tenancy.users import Actor, require_right
from relance.ports.channels import Address
from relance.ports.store.action_list import ActionLine, ActionsWanted
from relance.ports.store.delivery import FrozenMessage
from relance.ports.work import Unit, Work

_BEFORE_FREEZING = frozenset({"planned", "to-confirm", "cancelled", "done"})


class ActionsQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Which actions; without state and date all of them."""

    actor: Actor
    state: State | None = None
    due_on: date | None = None


class ActionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One action. Amounts are decimal text; `amount` is the net in the leader's `currency`."""

    action: ActionId
    customer: str
    kind: str
    step: str
    channel: str
    recipient: str
    state: State
    due_on: date
    amount: str
    currency: str
    amounts: dict[str, str]
    items: tuple[str, ...]
    sender: str
    not_before: datetime | None
    message_id: str
    reason: str
    attempts: int
    warnings: tuple[str, ...]


class ListActions:
    """Recipient and sender are those of the frozen message where there is one, else those of today."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ActionsQuestion) -> list[ActionRow]:
        """The actions by due date; raises NotAllowed."""
        require_right(request.actor, "see")
        own = request.actor.user if request.actor.own_only else None
        with self._work.reading(request.actor.tenant) as unit:
            wanted = ActionsWanted(state=request.state, due_on=request.due_on, own=own)
            lines = unit.action_list.lines(wanted)
            frozen = _frozen(unit, lines)
            fallback = mailbox_of(unit.tenancy.settings().text("sender"))
            alone = unit.tenancy.settings().switch("send-without-collector")
            return [
                _row(line, frozen.get(line.action.action), sender_of(line.collector, fallback, alone)) for line in lines
            ]


def _frozen(unit: Unit, lines: Sequence[ActionLine]) -> dict[ActionId, FrozenMessage]:
    keys = [
        (line.action.action, line.action.generation)
        for line in lines
        if is_message(line.action.kind) and line.action.state not in _BEFORE_FREEZING
    ]
    found: dict[ActionId, FrozenMessage] = {}
    for start in range(0, len(keys), 500):
        found |= {key[0]: message for key, message in unit.delivery.frozen(keys[start : start + 500]).items()}
    return found


def _told(address: Address) -> str:
    """Where it went; a letter has its reader's name above the place."""
    return f"{address.name}, {address.at}" if address.lines and address.name else address.at


def _row(line: ActionLine, frozen: FrozenMessage | None, sender: Sender | str) -> ActionRow:
    action, written = line.action, is_message(line.action.kind)
    to = ", ".join(map(_told, frozen.message.to)) if frozen else ", ".join(line.addresses)
    today = "" if isinstance(sender, str) else sender.address.email
    return ActionRow(
        action=action.action,
        customer=line.customer,
        kind=action.kind,
        step=action.step,
        channel=action.channel,
        recipient=to if written else "",
        state=action.state,
        due_on=action.due_on,
        amount=decimal_text(action.amount, action.currency),
        currency=action.currency,
        amounts=sums_text(action.amounts),
        items=line.numbers,
        sender=(frozen.message.sender.email if frozen else today) if written else "",
        not_before=action.not_before,
        message_id=action.message_id if written else "",
        reason=action.reason,
        attempts=action.attempts,
        warnings=action.warnings,
    )
