"""A person takes a confirmation back before the message is on its way."""

import msgspec

from relance.core.collection.actions import Action, require
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work


class Recall(msgspec.Struct, frozen=True, kw_only=True):
    """Which action."""

    actor: Actor
    action: ActionId


class RecallAction:
    """Until the message is on its way, a confirmation can be undone; what was frozen is forgotten."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: Recall) -> Action:
        """The action waits to be confirmed again; raises NotFound, ActionMoved once it is on its way, NotAllowed."""
        require_right(request.actor, "confirm")
        with self._work(request.actor.tenant) as unit:
            unit.collection.action(request.action, request.actor.user if request.actor.own_only else None)
            row = unit.delivery.locked([request.action]).get(request.action)
            if row is None:
                raise NotFound("no such action")
            require(row.action.state, "to-confirm")
            after = msgspec.structs.replace(
                row.action,
                state="to-confirm",
                reason="recalled",
                confirmed_by=None,
                confirmed_at=None,
                not_before=None,
                content_hash="",
            )
            unit.delivery.save([after])
            unit.delivery.thaw([request.action])
            unit.audit.record(request.actor.name, "action-recalled", f"action:{request.action}")
        return after
