"""While messages travel, the next ones are claimed and their words are made, outside of any transaction."""

import asyncio
from collections.abc import Sequence

import msgspec

from relance.core.collection.actions import Action
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ActionId
from relance.ports.render import TemplateBroken
from relance.ports.store.delivery import FrozenMessage, Locked
from relance.usecases.collection import preparing
from relance.usecases.collection.clearing import Ready
from relance.usecases.collection.desk import Desk
from relance.usecases.collection.drafting import mentions
from relance.usecases.collection.lettering import LETTER
from relance.usecases.collection.sights import sight_of
from relance.usecases.collection.signing import Signing
from relance.usecases.collection.store_thread import StoreThread, Tools
from relance.usecases.collection.writing import Draft, draft_of, write_all

_BATCH, _PER_CONNECTION = 64, 4
"""Messages that are written together: enough for all connections while the next are written."""
_LEASE_SECONDS = 90

Written = list[tuple[Draft, FrozenMessage | None]]
"""Drafts and their messages; None where there cannot be one."""


class Step(msgspec.Struct, frozen=True):
    """What one transaction brought: messages that may go, actions that do not leave, and whether more is coming."""

    ready: list[Ready]
    moved: list[Action]
    coming: bool


class WritingAhead:
    """One batch is claimed and drafted, the one before is frozen, in one transaction."""

    def __init__(
        self, tools: Tools, store: StoreThread, me: str, kind: str, ignore_windows: bool, connections: int
    ) -> None:
        self._tools, self._store, self._me = tools, store, me
        self._batch = max(_BATCH, _PER_CONNECTION * connections)
        self._kind, self._ignore_windows = kind, ignore_windows
        self._signing = Signing(tools.keyring)
        self._writing: asyncio.Task[Written] | None = None

    async def step(self) -> Step:
        """Freeze what was written, and claim and draft the next, which is then written while this travels."""
        written = await self._writing if self._writing else []
        step, drafts = await self._store.at_desk(lambda desk: self._turn(desk, written))
        self._writing = asyncio.create_task(self._written(drafts)) if drafts else None
        return step

    def stop(self) -> None:
        """What is being written is not waited for."""
        if self._writing:
            self._writing.cancel()

    async def _written(self, drafts: Sequence[Draft]) -> Written:
        messages = await asyncio.to_thread(write_all, drafts, self._tools.renderer)
        return list(zip(drafts, messages, strict=True))

    def _turn(self, desk: Desk, written: Written) -> tuple[Step, list[Draft]]:
        if self._kind == LETTER:
            return self._letters(desk), []
        frozen, broken = _frozen(desk, self._me, written)
        taken = preparing.take(desk, self._me, self._kind, _LEASE_SECONDS, self._batch, self._ignore_windows)
        drafts, others = _drafted(desk, taken.unwritten)
        preparing.keep(desk, broken + others)
        ready = self._signing.prepared(desk, preparing.threaded(desk, frozen) + taken.ready)
        return Step(ready, [*broken, *taken.moved, *others], bool(drafts)), drafts

    def _letters(self, desk: Desk) -> Step:
        """Letters that leave one by one: their pages are set in type together, as they are for a batch."""
        claimed = (self._me, self._kind, _LEASE_SECONDS, _BATCH, self._ignore_windows)
        ready, moved = preparing.claim(desk, *claimed, self._tools.renderer)
        return Step(ready, moved, False)


def _drafted(desk: Desk, actions: Sequence[Action]) -> tuple[list[Draft], list[Action]]:
    """The drafts of fully automatic actions, as the ledger is now, and the actions that do not leave."""
    if not actions:
        return [], []
    dossiers = desk.unit.delivery.dossiers([action.customer for action in actions], desk.today)
    before = mentions(desk, actions)
    drafts, others = [], []
    for action in actions:
        dossier = dossiers[action.customer]
        sight = sight_of(desk, action, dossier, before)
        kept = preparing.kept_back(desk, action, dossier, sight.seen)
        if kept:
            others.append(kept)
            continue
        try:
            drafts.append(msgspec.structs.replace(draft_of(desk, action, dossier, sight.seen), sight=sight))
        except (TemplateBroken, BadInput):
            others.append(preparing.unwritable(action))
    return drafts, others


def _frozen(desk: Desk, me: str, written: Written) -> tuple[list[Ready], list[Action]]:
    """Keep the messages of the actions that are still as they were claimed, and say which cannot be written."""
    if not written:
        return [], []
    known = {draft.action.action: draft.action for draft, _ in written}
    rows = desk.unit.delivery.locked(list(known), me, known)
    ready, broken = [], []
    for draft, message in written:
        if not _unmoved(draft.action, rows):
            continue
        if message is None:
            broken.append(preparing.unwritable(draft.action))
            continue
        after = preparing.with_message(draft.action, draft.seen, message)
        ready.append(Ready(msgspec.structs.replace(after, fence=after.fence + 1), message, draft.sight))
    desk.unit.delivery.written([one.action for one in ready])
    desk.unit.delivery.freeze([one.frozen for one in ready], desk.now)
    return ready, broken


def _unmoved(action: Action, rows: dict[ActionId, Locked]) -> bool:
    """Still claimed by us, and nobody has changed it since (T18)."""
    row = rows.get(action.action)
    return row is not None and row.mine and row.action.state == "confirmed" and row.action.fence == action.fence
