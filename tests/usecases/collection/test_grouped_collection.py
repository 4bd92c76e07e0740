"""Grouped collection: several accounts collected on one (B5, D14), and nothing said twice (I-1, I-6)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.qualification import timeline
from relance.core.collection.accounts import facts_of, rows_of
from relance.core.collection.rules import Rules, rules_on
from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.core.kernel.identifiers import CustomerId, ItemId, TenantId
from relance.usecases.collection.collect_alone import CollectAlone, Separation
from relance.usecases.collection.collect_together import CollectTogether, Grouping
from relance.usecases.collection.run_day import DayDecided, NewDay, RunDay
from relance.usecases.qualification.hold_items import HoldItems, NewHolds
from tests.delivery_ledger import TODAY
from tests.usecases.collection.ledgers import item
from tests.usecases.collection.mailroom import Mailroom


class Room(Mailroom):
    """Four customers with an invoice each, due 12 days ago; C1 is the lead."""

    def __init__(self, engine: Engine, tenant: TenantId, automation: str = "to-confirm") -> None:
        super().__init__(engine, tenant, 4, automation)
        self._tools = (self.work, self.clock, HolidayCalendars(), b"key")

    def join(self, *members: str, lead: str = "C1"):
        return CollectTogether(*self._tools)(Grouping(actor=self.actor, lead=lead, members=members))

    def leave(self, *members: str) -> int:
        return CollectAlone(*self._tools)(Separation(actor=self.actor, members=members))

    def day(self, explain: str = "") -> DayDecided:
        return RunDay(*self._tools, True)(NewDay(actor=self.actor, explain=explain))

    def hold(self, reference: str, kind: str = "dispute") -> None:
        HoldItems(*self._tools)(NewHolds(actor=self.actor, references=(reference,), kind=kind))

    def open(self) -> dict[int, tuple[int, list[int], str]]:
        """Customer to action, its items and its state."""
        live = ("planned", "to-confirm", "confirmed", "sending", "held")
        query = select(actions.c.customer_id, actions.c.action_id, actions.c.item_ids, actions.c.state)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(actions.c.state.in_(live))).all()
        return {row[0]: (row[1], sorted(row[2]), row[3]) for row in rows}


@pytest.fixture
def room(engine: Engine, tenant: TenantId) -> Room:
    return Room(engine, tenant)


def test_b5_the_lead_lists_everybodys_items_and_the_members_have_no_action(room: Room) -> None:
    before = room.open()
    assert {customer: listed for customer, (_, listed, _) in before.items()} == {1: [1], 2: [2], 3: [3], 4: [4]}
    assert [one.code for one in room.join("C2", "C3").members] == ["C2", "C3"]
    after = room.open()
    assert {customer: listed for customer, (_, listed, _) in after.items()} == {1: [1, 2, 3], 4: [4]}
    assert room.state(before[2][0]) == room.state(before[3][0]) == ("cancelled", "grouped")
    again = room.day()
    assert (again.created, again.cancelled, again.skipped) == (0, 0, {"grouped": 2})


def test_b5_a_new_leader_is_computed_over_all_accounts(room: Room) -> None:
    room.change_item(3, due_on=date(2026, 1, 2))
    room.join("C2", "C3")
    [lead] = [row for row in room.rows("actions") if row.customer_id == 1 and row.state == "to-confirm"]
    assert lead.leader_item_id == 3
    assert lead.amounts == {"EUR": sum(row.open_amount for row in room.rows("items") if row.item_id in (1, 2, 3))}


def test_b5_statuses_are_kept_and_a_members_disputed_item_is_not_asked_for(room: Room) -> None:
    room.hold("C2/F00002")
    room.join("C2", "C3")
    assert room.open()[1][1] == [1, 3]
    [disputed] = [row for row in room.rows("items") if row.item_id == 2]
    assert disputed.hold == "dispute"
    room.hold("C3/F00003")
    assert room.open()[1][1] == [1], "a member's new dispute reaches the lead's action at once"


def test_b5_a_member_leaves_and_is_collected_by_itself(room: Room) -> None:
    room.join("C2", "C3")
    assert room.leave("C3") == 1
    listed = {customer: items for customer, (_, items, _) in room.open().items()}
    assert listed == {1: [1, 2], 3: [3], 4: [4]}
    with pytest.raises(NotFound):
        room.leave("C3")
    with room.engine.connect() as connection:
        told = connection.execute(select(timeline.c.customer_id, timeline.c.kind).order_by(timeline.c.entry_id)).all()
    assert [tuple(row) for row in told if "group" in row[1]] == [(2, "grouped"), (3, "grouped"), (3, "ungrouped")]


def test_b5_one_message_tells_the_items_account_by_account(room: Room) -> None:
    room.join("C2", "C3")
    action = room.open()[1][0]
    room.confirm(action)
    room.dispatch(ignore_windows=True)
    [message] = room.channel.carried
    told = ("C1 · Customer 1", "F00001", "C2 · Customer 2", "F00002", "C3 · Customer 3", "F00003")
    places = [message.text.index(words) for words in told]
    assert places == sorted(places)
    assert "C2 · Customer 2" in message.html
    assert [to.email for to in message.to] == ["pay1@customer1.example"]
    steps = {row.item_id: row.step_done for row in room.rows("items")}
    assert steps == {1: 2, 2: 2, 3: 2, 4: 0}


def test_b5_i_1_what_the_lead_said_is_not_said_again_by_who_leaves(room: Room) -> None:
    room.join("C2", "C3")
    room.confirm(room.open()[1][0])
    room.dispatch(ignore_windows=True)
    room.leave("C2")
    assert room.open().keys() == {4}
    told = room.day(explain="C2")
    assert told.skipped["waiting-for-step"] >= 1
    with room.engine.connect() as connection:
        last = connection.execute(select(customers.c.last_contact_on).where(customers.c.customer_id == 2)).scalar()
    assert last == TODAY


def test_b5_a_confirmed_message_of_a_member_does_not_leave_any_more(room: Room) -> None:
    before = room.open()
    room.confirm(before[2][0])
    room.join("C2")
    assert room.state(before[2][0]) == ("cancelled", "grouped")
    room.confirm()
    room.dispatch(ignore_windows=True)
    assert sorted(to.email for one in room.channel.carried for to in one.to) == [
        "pay1@customer1.example",
        "pay3@customer3.example",
        "pay4@customer4.example",
    ]


def test_i_5_who_is_grouped_while_a_worker_holds_the_message_is_seen_at_the_last_moment(room: Room) -> None:
    action = room.open()[2][0]
    room.confirm(action)
    room.channel.before = lambda: room.change(customers, customers.c.customer_id == 2, lead_id=1)
    room.dispatch(ignore_windows=True)
    assert (room.state(action), room.channel.carried) == (("cancelled", "grouped"), [])


@pytest.mark.parametrize("state", ["sending", "unknown"])
def test_i_1_nobody_is_grouped_while_a_message_is_under_way(room: Room, state: str) -> None:
    room.change_action(room.open()[2][0], state=state)
    with pytest.raises(Conflict):
        room.join("C2")


@pytest.mark.parametrize(
    ("values", "outcome"), [({"collection_stop": True}, "blocked"), ({"paused_until": date(2026, 4, 1)}, "grouped")]
)
def test_d2_a_stopped_or_paused_member_is_not_asked_through_its_lead(
    room: Room, values: dict[str, object], outcome: str
) -> None:
    room.change(customers, customers.c.customer_id == 2, **values)
    room.join("C2", "C3")
    assert room.open()[1][1] == [1, 3]
    assert room.day().skipped[outcome] >= 1
    room.confirm(room.open()[1][0])
    room.dispatch(ignore_windows=True)
    assert "F00002" not in room.channel.carried[0].text


def test_groupings_have_one_level_and_one_entity(room: Room) -> None:
    room.join("C2")
    for lead, member in (("C2", "C3"), ("C3", "C1"), ("C3", "C2"), ("C1", "C1")):
        with pytest.raises(Conflict):
            room.join(member, lead=lead)
    with pytest.raises(NotFound):
        room.join("C9")
    with pytest.raises(BadInput):
        room.join()
    room.change(customers, customers.c.customer_id == 4, entity_id=2)
    with pytest.raises(Conflict):
        room.join("C4")
    again = room.join("C2")
    assert (len(again.members), again.already) == (1, ("C2",)), "who is there already stays"


def test_d9_the_last_contact_with_a_member_is_the_accounts(room: Room) -> None:
    room.change(customers, customers.c.customer_id == 2, last_contact_on=TODAY - timedelta(days=1))
    room.join("C2")
    assert room.day().skipped["contacted-recently"] == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_sums_of_a_group_equal_the_cores_over_all_its_items(room: Room, data: st.DataObject) -> None:
    """What SQL summed and the store merged is what the core makes of the same items (D2 to D6)."""
    room.change(customers, customers.c.customer_id.in_([2, 3]), lead_id=1)
    made = [
        item(
            100 + n,
            data.draw(st.integers(1, 3)),
            type="credit-note" if credit else "invoice",
            open_amount=-amount if credit else amount,
            currency=data.draw(st.sampled_from(["EUR", "USD"])),
            due_on=TODAY + timedelta(days=data.draw(st.integers(-60, 30))),
            issued_on=date(2026, 1, 1),
            hold=data.draw(st.sampled_from([None, None, "dispute"])),
        )
        for n, (amount, credit) in enumerate(
            data.draw(st.lists(st.tuples(st.integers(1, 500_00), st.booleans()), max_size=8))
        )
    ]
    with room.engine.begin() as connection:
        connection.exec_driver_sql("delete from items")
        connection.exec_driver_sql("delete from actions")
        if made:
            connection.execute(insert(items), [_row(room.tenant, one) for one in made])
    on = rules_on(Rules(), TODAY, lambda _: False)
    with room.work.reading(room.tenant) as unit:
        [lead] = [one for one in unit.day.accounts(on, date.max, "standard") if one.account.customer == 1]
        read = unit.day.items_of([CustomerId(1)]).get(CustomerId(1), [])
        scenario = unit.collection.scenario("standard")
    assert sorted(one.item for one in read) == sorted(one.item for one in made)
    wanted = rows_of(made, on)
    if not any(row.tangled for row in lead.rows()):
        assert facts_of(lead.rows(), scenario, on) == facts_of(wanted, scenario, on)
    assert lead.open_items == len(made)


def _row(tenant: TenantId, one) -> dict[str, object]:
    import msgspec

    row = msgspec.structs.asdict(one)
    row["item_id"], row["customer_id"] = row.pop("item"), row.pop("customer")
    row |= {"tenant_id": tenant, "entity_id": 1, "source_id": 1, "unique_key": f"k{one.item}"}
    return row | {"created_import_id": 1, "changed_import_id": 1}


def test_a_credit_of_one_member_is_set_off_against_another(room: Room) -> None:
    """D4 nets over the account, which is the whole group."""
    room.change_item(2, open_amount=-1, type="credit-note")
    room.join("C2", "C3")
    assert room.open()[1][1] == [1, 2, 3]
    assert ItemId(2) in room.open()[1][1]
