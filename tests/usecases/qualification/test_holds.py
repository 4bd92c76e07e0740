"""Promises, disputes and pauses on both databases: items leave at once, and promises are judged by imports (D2, D3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, update

from relance.adapters.store.tables.intake import imports, sources
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.qualification import holds, timeline
from relance.adapters.store.work import SqlWork
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.qualification.promises import PromiseInThePast
from relance.core.tenancy.users import Actor
from relance.usecases.collection.run_day import NewDay, RunDay
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from relance.usecases.qualification.release_items import Release, ReleaseItems
from tests.usecases.collection.ledgers import NoHolidays, StillClock, item, put_customers, put_items

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Desk:
    """A tenant with a clock, and the verbs that a collector uses."""

    def __init__(self, engine: Engine, work: SqlWork, tenant: TenantId) -> None:
        self.engine, self.work, self.tenant, self.clock = engine, work, tenant, StillClock(NOW)
        self.actor = Actor(tenant=tenant, user=None, name="ann")
        with work(tenant) as unit:
            for scenario in SuppliedFiles().scenarios():
                unit.collection.save_scenario(scenario)
        with engine.begin() as connection:
            connection.execute(insert(sources), {"tenant_id": tenant, "source_id": 1, "name": "items"})

    def day(self) -> dict[str, int]:
        done = RunDay(self.work, self.clock, NoHolidays(), b"k")(NewDay(actor=self.actor))
        return {"created": done.created, "kept": done.kept, "cancelled": done.cancelled, **done.skipped}

    def hold(self, *references: str, kind: str = "promise", until: date | None = None, **said: object) -> int:
        verb = HoldItems(self.work, self.clock, NoHolidays(), b"k")
        wanted = NewHolds(actor=self.actor, references=references, kind=kind, until=until, **said)
        return verb(wanted).changed

    def release(self, *references: str) -> int:
        verb = ReleaseItems(self.work, self.clock, NoHolidays(), b"k")
        return verb(Release(actor=self.actor, references=references)).changed

    def open_action(self) -> tuple[str, tuple[int, ...]] | None:
        with self.work.reading(self.tenant) as unit:
            found = unit.collection.open_actions(1)
        return (found[0].step, found[0].items) if found else None

    def later(self, days: int) -> None:
        self.clock.moment = NOW + timedelta(days=days)

    def imported(self, day: int, paid: dict[int, int] | None = None) -> None:
        """A good import of that day; `paid`: item to what is still open."""
        at = NOW + timedelta(days=day)
        with self.engine.begin() as connection:
            connection.execute(update(sources).values(last_good_at=at))
            for number, left in (paid or {}).items():
                connection.execute(update(items).where(items.c.item_id == number).values(open_amount=left))

    def unallocated(self, number: int, amount: int, day: int) -> None:
        """A payment that came in with an import of that day and belongs to no invoice yet."""
        with self.engine.begin() as connection:
            row = {"tenant_id": self.tenant, "import_id": number, "kind": "items", "mode": "stock", "file_name": "f"}
            row |= {"fingerprint": "", "archive_ref": "", "state": "done", "author": "ann", "report": {}}
            connection.execute(insert(imports), row | {"started_at": NOW + timedelta(days=day)})
        put_items(self.engine, self.tenant, [item(number, type="payment", open_amount=-amount)])
        with self.engine.begin() as connection:
            connection.execute(update(items).where(items.c.item_id == number).values(created_import_id=number))

    def verdicts(self) -> list[str | None]:
        with self.engine.connect() as connection:
            return list(connection.execute(select(holds.c.verdict).order_by(holds.c.hold_id)).scalars())

    def told(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.execute(select(timeline.c.kind).order_by(timeline.c.entry_id)).scalars())


@pytest.fixture
def desk(engine: Engine, work: SqlWork, tenant: TenantId) -> Desk:
    put_customers(engine, tenant, {"customer_id": 1})
    put_items(engine, tenant, [item(1), item(2, due_on=date(2026, 11, 5))])
    return Desk(engine, work, tenant)


def test_a_held_item_leaves_the_planned_message_at_once_and_comes_back(desk: Desk) -> None:
    desk.day()
    assert desk.open_action() == ("first-reminder", (1, 2))
    assert desk.hold("C1/F002", kind="dispute", comment="wrong price") == 1
    assert desk.open_action() == ("first-reminder", (1,))
    assert desk.release("C1/F002") == 1
    assert desk.open_action() == ("first-reminder", (1, 2))
    assert desk.told() == ["dispute", "released"]
    assert desk.release("C1/F002") == 0


def test_holding_the_leader_decides_the_account_again(desk: Desk) -> None:
    desk.day()
    desk.hold("C1/F001", until=date(2026, 11, 30))
    assert desk.open_action() == ("first-reminder", (2,))
    desk.hold("C1/F002", until=date(2026, 11, 30))
    assert desk.open_action() is None
    assert desk.day() == {"created": 0, "kept": 0, "cancelled": 0, "all-held": 1}


@pytest.mark.parametrize(
    ("left", "verdict", "kind"),
    [
        ({1: 10_000}, "broken", "promise-broken"),
        ({1: 4_000}, "half-kept", "promise-half-kept"),
        ({1: 0}, "kept", "promise-kept"),
    ],
)
def test_d3_a_promise_is_judged_by_the_first_good_import_after_its_grace(
    desk: Desk, left: dict[int, int], verdict: str, kind: str
) -> None:
    desk.hold("C1/F001", until=date(2026, 11, 24))
    desk.imported(3, left)
    desk.later(4)
    desk.day()
    assert desk.verdicts() == [None], "Thursday is still within two working days after Tuesday"
    desk.imported(4, left)
    desk.later(4)
    desk.day()
    assert desk.verdicts() == [verdict]
    assert desk.told()[-1] == kind


def test_d3_no_import_no_verdict_no_reminder(desk: Desk) -> None:
    desk.hold("C1/F001", "C1/F002", until=date(2026, 11, 24))
    desk.later(60)
    assert desk.day()["all-held"] == 1
    assert desk.verdicts() == [None, None]


def test_d3_an_unallocated_payment_since_the_promise_counts(desk: Desk) -> None:
    desk.hold("C1/F001", until=date(2026, 11, 24))
    desk.unallocated(9, 10_000, day=1)
    desk.imported(4)
    desk.later(4)
    desk.day()
    assert desk.verdicts() == ["kept"]


def test_d3_one_payment_keeps_two_promises_that_it_covers(desk: Desk) -> None:
    desk.hold("C1/F001", until=date(2026, 11, 24))
    desk.clock.moment += timedelta(hours=2)
    desk.hold("C1/F002", until=date(2026, 11, 24))
    desk.unallocated(9, 20_000, day=1)
    desk.imported(4)
    desk.later(4)
    desk.day()
    assert desk.verdicts() == ["kept", "kept"]


def test_d3_money_that_has_counted_does_not_count_again_on_another_day(desk: Desk) -> None:
    """Of 150.00 the first promise takes 100.00: a later one of 100.00 is half kept."""
    desk.hold("C1/F001", until=date(2026, 11, 24))
    desk.hold("C1/F002", until=date(2026, 12, 1))
    desk.unallocated(9, 15_000, day=1)
    for day in (4, 11):
        desk.imported(day)
        desk.later(day)
        desk.day()
    assert desk.verdicts() == ["kept", "half-kept"]


@pytest.mark.parametrize(("left", "said"), [(5_000, "kept"), (7_000, "half-kept"), (10_000, "broken")])
def test_d3_a_promised_part_is_kept_by_what_left_the_item(desk: Desk, left: int, said: str) -> None:
    desk.hold("C1/F001", until=date(2026, 11, 24), amount=5_000)
    desk.imported(4, {1: left})
    desk.later(4)
    desk.day()
    assert desk.verdicts() == [said]


def test_a_promise_of_more_than_is_open_is_refused_with_what_is(desk: Desk) -> None:
    with pytest.raises(BadInput, match=r"^100\.00 EUR is open of these items: a promise cannot be of more$"):
        desk.hold("C1/F001", until=date(2026, 11, 24), amount=10_001)
    desk.hold("C1/F001", until=date(2026, 11, 24), amount=10_000)


def test_d2_a_pause_without_an_end_lasts_the_tenants_days_and_ends_by_itself(desk: Desk) -> None:
    desk.hold("C1/F001", "C1/F002", kind="pause")
    desk.later(15)
    assert desk.day()["all-held"] == 1
    desk.later(16)
    assert desk.day()["created"] == 1
    assert desk.told() == ["pause", "released"]


def test_what_cannot_be_held_says_why(desk: Desk) -> None:
    with pytest.raises(BadInput):
        desk.hold("C1/F001")
    with pytest.raises(PromiseInThePast):
        desk.hold("C1/F001", until=date(2026, 11, 22))
    with pytest.raises(NotFound):
        desk.hold("C1/NOPE", kind="dispute")
    with pytest.raises(BadInput):
        desk.hold(kind="dispute")
    desk.actor = Actor(tenant=desk.tenant, user=UserId(5), name="eve", role="viewer")
    with pytest.raises(NotAllowed):
        desk.hold("C1/F001", kind="dispute")


def test_a_collector_limited_to_own_customers_does_not_find_others(desk: Desk) -> None:
    desk.actor = Actor(tenant=desk.tenant, user=UserId(5), name="bob", role="collector", own_only=True)
    with pytest.raises(NotFound):
        desk.hold("C1/F001", kind="dispute")


def test_codes_and_numbers_may_hold_a_slash(desk: Desk) -> None:
    put_customers(desk.engine, desk.tenant, {"customer_id": 2, "code": "A/B"})
    put_items(desk.engine, desk.tenant, [item(7, 2, number="X/1")])
    assert desk.hold("A/B/X/1", kind="dispute") == 1
