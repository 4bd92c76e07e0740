"""A small firm: three customers, a truth that its ERP exports, and every verb that moves a reminder.

Backups are of its file, on SQLite only.
"""

import asyncio
import shutil
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, insert, select, text, update

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.standards import CldrStandards
from relance.adapters.store.fence import StateFence, name_installation
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts, customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.adapters.store.workers import workers_for
from relance.adapters.supplied.files import SuppliedFiles
from relance.adapters.supplied.scenario_yaml import YamlScenarios
from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template
from relance.core.customers.details import DetailChanges
from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import ActionId, ItemId, UserId
from relance.core.tenancy.users import Actor, User
from relance.usecases.collection.begin_specific import BeginSpecific, NewSpecific
from relance.usecases.collection.cancel_action import CancelAction, Cancellation
from relance.usecases.collection.collect_alone import CollectAlone, Separation
from relance.usecases.collection.collect_together import CollectTogether, Grouping
from relance.usecases.collection.confirm_actions import ConfirmActions, Confirmation
from relance.usecases.collection.desk import Desk as Hours
from relance.usecases.collection.dispatch import Dispatch, Dispatched, DispatchRequest
from relance.usecases.collection.end_specific import EndSpecific, SpecificEnd
from relance.usecases.collection.list_ended import EndedAsked, ListEnded
from relance.usecases.collection.open_fence import FenceOpening, OpenFence
from relance.usecases.collection.recall_action import Recall, RecallAction
from relance.usecases.collection.resolve_action import Resolution, ResolveAction
from relance.usecases.collection.run_day import DayDecided, NewDay, RunDay
from relance.usecases.collection.skip_action import SkipAction, Skipping
from relance.usecases.collection.stop_sending import SendingStop, StopSending
from relance.usecases.customers.edit_customer import CustomerEdit, EditCustomer
from relance.usecases.intake.undo_import import ImportToUndo, UndoImport
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems
from relance.usecases.scenarios.import_scenario import ImportScenario
from relance.usecases.scenarios.publish_scenario import PublicationWanted, PublishScenario
from tests.conftest import acme, empty_postgres
from tests.usecases.collection.mailroom import RecordingChannel
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,type,number,issued_on,due_on,amount,currency"
COUNTRIES = {1: "FR", 2: "US", 3: "JP"}


RENDERER = JinjaRenderer()


@cache
def texts() -> tuple[Template, ...]:
    """The supplied texts in the two languages of these customers."""
    return tuple(one for one in SuppliedFiles().templates() if one.language in {"en", "fr"})


class Debt(msgspec.Struct):
    """What the ERP says of one item; a credit has an amount below zero."""

    customer: int
    number: str
    due_on: date
    amount: int
    currency: str = "EUR"


class Firm:
    """Verbs that a person, a file or the clock asks for; a refusal of Relance is an answer, not an error."""

    def __init__(self, engine: Engine, empty: Path, zone: str, now: datetime) -> None:
        self.engine, self.on_file = engine, engine.dialect.name == "sqlite"
        self.file = Path(str(engine.url.database))
        self.folder = folder = self.file.parent if self.on_file else empty
        self.close()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if self.on_file:
            shutil.copyfile(empty, self.file)
        else:
            empty_postgres(engine)
            name_installation(engine)
        company = msgspec.structs.replace(acme(), timezone=zone, created_on=now.date() - timedelta(days=400))
        self.tenant = SqlTenantDirectory(self.engine).found(company, "FR01")
        self.desk = Desk(self.engine, self.tenant, folder)
        self.desk.clock.moment = now
        self.work, self.clock = self.desk.work, self.desk.clock
        self.channel, self.fence = RecordingChannel(), StateFence(self.engine, folder / "state")
        self.calendars, self.renderer = HolidayCalendars(), RENDERER
        self.system = Actor(tenant=self.tenant, user=None, name="system")
        self.ann = Actor(tenant=self.tenant, user=UserId(1), name="Ann", role="manager", rights=("assign",))
        self.truth: dict[str, Debt] = {}
        self.refusals: list[str] = []
        self._tools = (self.work, self.clock, self.calendars, b"key")
        self._people()

    def _people(self) -> None:
        with self.work(self.tenant) as unit:
            for template in texts():
                unit.collection.save_template(template)
            ann = User(user=UserId(1), email="ann@acme.example", name="Ann", role="manager", address_confirmed=True)
            unit.tenancy.add_user(ann, None)
            for n, country in COUNTRIES.items():
                row = {"tenant_id": self.tenant, "customer_id": n, "entity_id": 1, "code": f"C{n}", "collector_id": 1}
                more = {"name": f"Customer {n}", "country": country, "created_on": date(2025, 1, 1)}
                unit.connection.execute(insert(customers), row | more)
                contact = {"tenant_id": self.tenant, "contact_id": n, "customer_id": n, "name": "Martin"}
                address = {"email": f"pay@customer{n}.example", "collection": True}
                unit.connection.execute(insert(contacts), contact | address)
            unit.tenancy.next_numbers("customers", 10)
            unit.tenancy.next_numbers("contacts", 10)

    def close(self) -> None:
        """Nothing stays open; the engine, which knows its statements by now, serves the next firm."""
        self.engine.dispose()

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.clock.moment

    def setting(self, name: str, value: str) -> None:
        """What an administrator set."""
        with self.work(self.tenant) as unit:
            unit.tenancy.save_setting(name, value, self.now, "ann")

    def scenario(self, scenario: Scenario) -> None:
        """The scenario as first published."""
        with self.work(self.tenant) as unit:
            unit.collection.save_scenario(scenario)

    def attempt(self, deed: Any, *given: Any) -> Any:
        """What a verb answers; a refusal is noted."""
        try:
            return deed(*given)
        except RelanceError as refusal:
            self.refusals.append(refusal.code)
            return None

    # the ledger

    def owe(self, customer: int, days: int, amount: int, currency: str = "EUR") -> None:
        """An invoice, due so many days ago; a credit where the amount is below zero."""
        number = f"N{customer}x{len(self.truth):03}"
        due_on = self.now.date() - timedelta(days=days)
        self.truth[number] = Debt(customer, number, due_on, amount, currency)

    def put(self) -> Any:
        """The ERP's list of what is open comes in."""
        rows = [_row(debt) for debt in self.truth.values() if debt.amount]
        if not rows:
            return None
        return self.attempt(lambda: self.desk.rows(*rows, header=HEADER, override_guard=True, override_reason="yes"))

    def undo(self) -> None:
        """The last import is undone."""
        last = self.select("select max(import_id) as number from imports")[0].number
        if last:
            self.attempt(UndoImport(*self._tools), ImportToUndo(actor=self.system, number=last))

    def open_items(self) -> list[Any]:
        """What the ledger says is open."""
        return self.select("select * from items where open_amount <> 0 order by item_id")

    # what people do

    def day(self) -> DayDecided:
        """The day is decided."""
        verb = RunDay(*self._tools, True)
        return verb(NewDay(actor=self.system))

    def confirm(self, *ids: int, minutes: int = 0) -> Any:
        """Ann confirms all that waits, or what is named."""
        verb = ConfirmActions(self.work, self.clock, self.calendars, self.renderer)
        chosen = tuple(map(ActionId, ids)) or None
        return self.attempt(verb, Confirmation(actor=self.ann, actions=chosen, hold_minutes=minutes))

    def recall(self, action: int) -> None:
        """Ann takes a confirmation back."""
        self.attempt(RecallAction(self.work), Recall(actor=self.ann, action=ActionId(action)))

    def skip(self, action: int) -> None:
        """Ann leaves a step out."""
        verb = SkipAction(self.work, self.clock, self.calendars)
        self.attempt(verb, Skipping(actor=self.ann, actions=(ActionId(action),), reason="spoke to them"))

    def cancel(self, action: int) -> None:
        """Ann stops a message."""
        verb = CancelAction(self.work, self.clock, self.calendars)
        self.attempt(verb, Cancellation(actor=self.ann, actions=(ActionId(action),), reason="not now"))

    def hold(self, item: int, kind: str, days: int) -> None:
        """The customer promised, disputes, or is given time."""
        until = None if kind == "dispute" else self.now.date() + timedelta(days=days)
        wanted = NewHolds(actor=self.ann, items=(ItemId(item),), kind=kind, until=until)  # type: ignore[arg-type] # drawn
        self.attempt(HoldItems(*self._tools), wanted)

    def release(self, item: int) -> None:
        """What held the item is over."""
        self.attempt(ReleaseItems(*self._tools), Release(actor=self.ann, items=(ItemId(item),)))

    def specific(self, item: Any, automation: str, days: int) -> None:
        """Ann writes about one item."""
        verb = BeginSpecific(self.work, self.clock, self.calendars, self.renderer, SuppliedFiles(), b"key")
        on = self.clock.today(self.zone) + timedelta(days=days)
        wanted = NewSpecific(
            actor=self.ann,
            code=f"C{item.customer_id}",
            items=(ItemId(item.item_id),),
            automation=automation,  # type: ignore[arg-type] # drawn
            on=on,
        )
        self.attempt(verb, wanted)

    def end_specific(self) -> None:
        """What Ann began is over."""
        for row in self.select("select specific_id from specific_actions where ended_at is null"):
            self.attempt(EndSpecific(*self._tools), SpecificEnd(actor=self.ann, specific=row.specific_id))

    def publish(self, scenario: Scenario, in_flight: str) -> None:
        """A new version chases from now on."""
        self.attempt(ImportScenario(self.work, self.clock, YamlScenarios()), self.ann, YamlScenarios().write(scenario))
        wanted = PublicationWanted(actor=self.ann, code=scenario.code, in_flight=in_flight)  # type: ignore[arg-type] # drawn
        self.attempt(PublishScenario(*self._tools), wanted)

    def join(self, member: int) -> None:
        """The member is collected on customer 1."""
        self.attempt(CollectTogether(*self._tools), Grouping(actor=self.ann, lead="C1", members=(f"C{member}",)))

    def leave(self, member: int) -> None:
        """The member is collected by itself again."""
        self.attempt(CollectAlone(*self._tools), Separation(actor=self.ann, members=(f"C{member}",)))

    def resolve(self, action: int, answer: str) -> None:
        """Ann asked the relay."""
        verb = ResolveAction(self.work, self.clock, self.calendars, self.renderer, b"key")
        wanted = Resolution(actor=self.ann, action=ActionId(action), answer=answer, reason="asked")  # type: ignore[arg-type] # drawn
        self.attempt(verb, wanted)

    def stop(self, customer: int, stopped: bool) -> None:
        """Collecting from the customer is stopped, or goes on."""
        self._edit(customer, DetailChanges(collection_stop=stopped))

    def pause(self, customer: int, days: int) -> None:
        """The customer is left alone for some days."""
        self._edit(customer, DetailChanges(paused_until=self.clock.today(self.zone) + timedelta(days=days)))

    def _edit(self, customer: int, changes: DetailChanges) -> None:
        verb = EditCustomer(self.work, self.clock, CldrStandards(), self.calendars, b"key")
        self.attempt(verb, CustomerEdit(actor=self.ann, code=f"C{customer}", changes=changes))

    def switch(self, sending: bool) -> None:
        """Nothing leaves at all, or messages leave again."""
        wanted = SendingStop(actor=self.system, reason="" if sending else "a wrong file", resume=sending)
        StopSending(self.work, self.clock)(wanted)

    def steps_are_done(self, item: int) -> None:
        """Another system had done every step for this item."""
        [plan] = self.select("select definition from scenarios where code = 'plan'")
        steps = len(msgspec.json.decode(plan.definition)["steps"])
        self.change(items, items.c.item_id == item, step_done=steps, step_on=self.clock.today(self.zone))

    def ended(self) -> set[int]:
        """The items past the last step, as the agenda names them."""
        asked = EndedAsked(actor=self.system, each=True)
        return {one.item for one in ListEnded(self.work, self.clock, self.calendars)(asked).items}

    def move(self, customer: int, address: str) -> None:
        """The contact has another address."""
        self.change(contacts, contacts.c.contact_id == customer, email=address)

    # sending, and what comes back from a backup

    def dispatch(self) -> Dispatched:
        """A worker's pass."""
        tools = (self.work, self.clock, self.calendars, self.renderer)
        verb = Dispatch(*tools, workers_for(self.engine), lambda: [self.channel], self.fence)
        return asyncio.run(verb(DispatchRequest(tenants=(self.tenant,))))

    def back_up(self) -> None:
        """The file as it is."""
        if not self.on_file:
            return
        self.engine.dispose()
        shutil.copyfile(self.file, self.folder / "backup.db")

    def restore(self) -> bool:
        """The file as it was; answers whether there was a backup."""
        backup = self.folder / "backup.db"
        if not self.on_file or not backup.is_file():
            return False
        self.engine.dispose()
        for leftover in self.folder.glob("relance.db-*"):
            leftover.unlink()
        with backup.open("rb") as kept, self.file.open("r+b") as place:
            place.truncate()
            shutil.copyfileobj(kept, place)
        return True

    def open_fence(self) -> None:
        """A person says that messages may leave again."""
        verb = OpenFence(SqlTenantDirectory(self.engine), self.work, self.clock, self.fence)
        verb(FenceOpening(by="operator", note="restored"))

    # looking

    @property
    def zone(self) -> str:
        """The tenant's zone."""
        return self.select("select timezone from tenants")[0].timezone

    def change(self, table: Any, where: Any, **values: object) -> None:
        """What other screens change."""
        with self.engine.begin() as connection:
            connection.execute(update(table).where(where).values(**values))

    def select(self, query: str) -> list[Any]:
        """Rows of a query, for what no verb shows."""
        with self.engine.connect().execution_options(relance_write=False) as connection:
            return list(connection.execute(text(query)))

    def actions(self, *states: str) -> list[Any]:
        """Actions in these states, oldest first; without any all of them."""
        query = select(actions).order_by(actions.c.action_id)
        query = query.where(actions.c.state.in_(states)) if states else query
        with self.engine.connect().execution_options(relance_write=False) as connection:
            return list(connection.execute(query))

    def wait_for_a_window(self, days: int) -> None:
        """The first moment from so many days later on at which the tenant's automatic messages may leave."""
        with self.work.reading(self.tenant) as unit:
            later = Hours(unit, self.now + timedelta(days=days), self.calendars)
            self.clock.moment = later.next_opening(later.now).astimezone(UTC)


def _row(debt: Debt) -> str:
    kind = "invoice" if debt.amount > 0 else "credit-note"
    issued = debt.due_on - timedelta(days=30)
    return f"C{debt.customer},{kind},{debt.number},{issued},{debt.due_on},{debt.amount / 100:.2f},{debt.currency}"
