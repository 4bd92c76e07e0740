"""A tenant with due reminders, and a channel that remembers what it carried and answers as told."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import Engine, select, update

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.store.columns import metadata
from relance.adapters.store.fence import StateFence
from relance.adapters.store.tables.collection import actions, attempts
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.work import SqlWork
from relance.adapters.store.workers import workers_for
from relance.core.kernel.identifiers import ActionId, TenantId
from relance.ports.channels import Capabilities, Channel, Message, Outcome
from relance.ports.render import Renderer
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation, Confirmed
from relance.usecases.collection.dispatch import Dispatch, Dispatched, DispatchRequest
from relance.usecases.collection.preview_action import Preview, PreviewAction, PreviewRequest
from relance.usecases.collection.recall_action import Recall, RecallAction
from relance.usecases.collection.resolve_action import Answer, Resolution, ResolveAction
from tests.delivery_ledger import TestClock, decide, fill, system

ACCEPTED = Outcome(kind="accepted", reply="250 queued", raw="raw")
LATER = Outcome(kind="retry-later", reason="relay-busy", reply="451 later")
REFUSED = Outcome(kind="refused", reason="refused-by-relay", reply="550 no")
UNKNOWN = Outcome(kind="unknown", reason="no-clear-answer")


class RecordingChannel:
    """Carries nothing; an answer in `early` is given before the body, one in `late` after it."""

    name, label = "email", "Email"
    capabilities = Capabilities(automatic=True, subject=True, html=True, concurrency=3)

    def __init__(self) -> None:
        self.carried: list[Message] = []
        self.early: list[Outcome] = []
        self.late: list[Outcome] = []
        self.reason: str | None = None
        self.before: Callable[[], None] = lambda: None

    def ready(self) -> str | None:
        return self.reason

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        if self.early:
            return self.early.pop()
        self.before()
        if not await about_to_send():
            return Outcome(kind="retry-later", reason="withdrawn")
        self.carried.append(message)
        return self.late.pop() if self.late else ACCEPTED

    async def close(self) -> None:
        pass


class Mailroom:
    """The verbs of sending over one small ledger."""

    def __init__(
        self,
        engine: Engine,
        tenant: TenantId,
        count: int = 1,
        automation: str = "to-confirm",
        renderer: Renderer | None = None,
    ) -> None:
        self.engine, self.tenant, self.actor = engine, tenant, system(tenant)
        self.work, self.clock, self.channel = SqlWork(engine), TestClock(), RecordingChannel()
        self.channels: list[Channel] = [self.channel]
        self._outside = (HolidayCalendars(), renderer or JinjaRenderer())
        self.fence = StateFence(engine, Path(tempfile.mkdtemp()))
        fill(self.work, tenant, count, automation)
        decide(self.work, tenant, self.clock)

    def confirm(self, *ids: int, hold: int = 0) -> Confirmed:
        verb = ConfirmActions(self.work, self.clock, *self._outside)
        chosen = tuple(map(ActionId, ids)) or None
        return verb(Confirmation(actor=self.actor, actions=chosen, hold_minutes=hold))

    def dispatch(self, **options: bool) -> Dispatched:
        workers = workers_for(self.engine)
        verb = Dispatch(self.work, self.clock, *self._outside, workers, lambda: self.channels, self.fence)
        return asyncio.run(verb(DispatchRequest(tenants=(self.tenant,), **options)))

    def preview(self, action: int = 1) -> Preview:
        verb = PreviewAction(self.work, self.clock, *self._outside)
        return verb(PreviewRequest(actor=self.actor, action=ActionId(action)))

    def recall(self, action: int = 1) -> None:
        RecallAction(self.work)(Recall(actor=self.actor, action=ActionId(action)))

    def resolve(self, answer: Answer, action: int = 1) -> None:
        verb = ResolveAction(self.work, self.clock, *self._outside, b"key")
        verb(Resolution(actor=self.actor, action=ActionId(action), answer=answer, reason="asked the relay"))

    def state(self, action: int = 1) -> tuple[str, str]:
        with self.work.reading(self.tenant) as unit:
            found = unit.collection.action(ActionId(action))
        return found.state, found.reason

    def change(self, table: object, where: object, **values: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(update(table).where(where).values(**values))

    def change_item(self, item: int, **values: object) -> None:
        self.change(items, items.c.item_id == item, **values)

    def change_action(self, action: int, **values: object) -> None:
        self.change(actions, actions.c.action_id == action, **values)

    def setting(self, name: str, value: str) -> None:
        with self.work(self.tenant) as unit:
            unit.tenancy.save_setting(name, value, self.clock.now(), "ann")

    def attempts(self) -> list[tuple[int, str]]:
        with self.engine.connect() as connection:
            query = select(attempts.c.number, attempts.c.outcome).order_by(attempts.c.number)
            return [tuple(row) for row in connection.execute(query)]

    def rows(self, name: str) -> list[object]:
        table = metadata.tables[name]
        with self.engine.connect() as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key)))
