"""The agenda's reads tell the same on SQLite and PostgreSQL, and its numbers agree with each other."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, update

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.ports.store.agenda import SORTS, VIEWS, AgendaPage, Sort, View
from relance.usecases.collection.show_agenda import AgendaAsked, AgendaShown
from tests.http.ledger import TODAY, decide, found, house_on, write_ledger


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return house_on(engine, tmp_path)


@pytest.fixture
def system(house: House) -> Actor:
    system = found(house)
    write_ledger(house, system.tenant)
    decide(house, system)
    return system


def show(house: House, actor: Actor, **asked: object) -> AgendaShown:
    return house.show_agenda()(AgendaAsked(actor=actor, zone="Europe/Paris", **asked))  # type: ignore[arg-type] # as asked


def all_pages(house: House, actor: Actor, view: View, sort: Sort, limit: int) -> list[int]:
    seen: list[int] = []
    page = AgendaPage(lines=[], after=None)
    while not seen or page.after:
        page = show(house, actor, view=view, sort=sort, limit=limit, after=page.after).page
        seen += [line.action for line in page.lines]
        if not page.lines:
            break
    return seen


@pytest.mark.parametrize("sort", SORTS)
def test_small_pages_one_after_the_other_are_the_whole_list(house: House, system: Actor, sort: Sort) -> None:
    whole = all_pages(house, system, "todo", sort, 100)
    assert all_pages(house, system, "todo", sort, 3) == whole
    assert len(whole) == len(set(whole)) == 13


def test_counts_groups_and_rows_agree_in_every_view(house: House, system: Actor) -> None:
    with house.engine().begin() as connection:
        for action, state in ((1, "held"), (2, "unknown"), (3, "confirmed"), (4, "failed")):
            connection.execute(update(actions).where(actions.c.action_id == action).values(state=state, reason="x"))
    for view in [one for one in VIEWS if one != "qualify"]:
        shown = show(house, system, view=view)
        assert shown.counts[view] == len(shown.page.lines) == sum(group.actions for group in shown.groups), view
        assert [line.group for line in shown.page.lines] == [
            group.group for group in shown.groups for _ in range(group.actions)
        ]


def test_the_number_in_the_side_bar_is_that_of_the_first_tab(house: House, system: Actor) -> None:
    people = [
        Actor(tenant=system.tenant, user=one.user, name=one.name, own_only=True) for one in house.list_users()(system)
    ]
    assert people
    later = TODAY + timedelta(days=3)
    changes: list[dict[str, object]] = [{"state": state} for state in ("held", "unknown", "confirmed", "failed")]
    changes += [{"snoozed_until": later}, {"assignee_id": people[0].user}, {"due_on": later}]
    with house.engine().begin() as connection:
        for number, values in enumerate(changes, 1):
            connection.execute(update(actions).where(actions.c.action_id == number).values(**values))
    for actor in (system, *people):
        count = house.count_agenda()(actor, "Europe/Paris")
        assert count == show(house, actor).counts["todo"]
    assert 0 < house.count_agenda()(system, "Europe/Paris") < 13


def test_b5_the_row_and_the_totals_of_a_lead_say_what_all_its_accounts_owe(house: House, system: Actor) -> None:
    before = {line.code: line for line in show(house, system).page.lines}
    lead, member = before["C10077"], before["C10154"]
    with house.engine().begin() as connection:
        joined = update(customers).where(customers.c.customer_id == member.customer)
        connection.execute(joined.values(lead_id=lead.customer, lead_by="ann", lead_at=datetime.now(UTC)))
    for asked in ({}, {"overdue_from": lead.overdue // 100 + 1}):
        shown = show(house, system, **asked)
        [line] = [line for line in shown.page.lines if line.code == "C10077"]
        assert line.overdue == lead.overdue + member.overdue
        assert sum(line.aged) == sum(lead.aged) + sum(member.aged)
        assert line.oldest_due_on == min(filter(None, (lead.oldest_due_on, member.oldest_due_on)))
        for group in shown.groups:
            owed = sum(line.overdue for line in shown.page.lines if line.group == group.group)
            assert group.overdue.get("EUR", 0) == owed


def test_a_groups_total_is_what_its_rows_owe(house: House, system: Actor) -> None:
    shown = show(house, system)
    for group in shown.groups:
        owed = sum(line.overdue for line in shown.page.lines if line.group == group.group)
        assert group.overdue.get("EUR", 0) == owed


def test_rows_tell_the_language_the_ages_and_the_oldest_item(house: House, system: Actor) -> None:
    [line] = [line for line in show(house, system).page.lines if line.name == "Transports Delaunay"]
    assert line.language == "fr"
    assert line.aged == (2027865, 1936025, 1248000, 0, 0)
    assert (line.overdue, line.currency) == (3184025, "EUR")
    assert line.oldest_due_on is not None and line.oldest_due_on.isoformat() == "2026-10-07"


def test_priority_is_amount_times_age_and_the_filters_narrow(house: House, system: Actor) -> None:
    messages = [line for line in show(house, system).page.lines if line.kind == "email"]
    weights = [line.overdue * (1 + (TODAY - (line.oldest_due_on or line.due_on)).days) for line in messages]
    assert weights == sorted(weights, reverse=True)
    assert {line.step for line in show(house, system, step="call").page.lines} == {"call"}
    assert all(line.overdue >= 1_000_000 for line in show(house, system, overdue_from=10_000).page.lines)


def test_who_sees_only_his_own_is_told_of_nothing_else(house: House, system: Actor) -> None:
    with house.engine().begin() as connection:
        connection.execute(update(customers).where(customers.c.customer_id == 4).values(collector_id=2))
    own = msgspec.structs.replace(system, user=2, role="colleague", own_only=True)
    shown = show(house, own)
    assert [line.customer for line in shown.page.lines] == [4]
    assert shown.counts["todo"] == sum(group.actions for group in shown.groups) == 1
    assert house.count_agenda()(own, "Europe/Paris") == 1
    assert shown.steps == ["first-reminder"]


def test_another_tenant_sees_nothing_of_it(house: House, system: Actor) -> None:
    other = found(house, "globex", "Globex")
    shown = show(house, other)
    assert not any(shown.counts.values()) and not shown.page.lines and shown.empty_ledger


def test_the_pane_names_leader_items_and_phones(house: House, system: Actor) -> None:
    [line] = [line for line in show(house, system).page.lines if line.name == "Transports Delaunay"]
    asked = AgendaAsked(actor=system, zone="Europe/Paris")
    facts = house.show_action()(asked, line.action).facts
    assert facts.leader_number == "FA-26-1009"
    assert [item.number for item in facts.items] == ["FA-26-1009", "FA-26-1010", "FA-26-1011"]
    assert (facts.balance, facts.overdue) == (5211890, 3184025)
    assert facts.phones == (("Claire Delaunay", "+33 1 99 00 00 00"),)
