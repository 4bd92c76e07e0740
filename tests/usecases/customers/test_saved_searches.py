"""Searches kept under a name (S0.15, S2.5, T10)."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.customers.saved_searches import SavedSearch
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.users import Actor
from relance.usecases.customers.list_searches import ListSearches
from relance.usecases.customers.remove_search import RemoveSearch, SearchToRemove
from relance.usecases.customers.save_search import SaveSearch, SearchToSave
from tests.usecases.intake.kit import Desk


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    desk = Desk(engine, tenant, tmp_path)
    desk.rows("C1,Un,FR", "C2,Deux,FR", "C3,Drei,DE", kind="customers", header="code,name,country")
    desk.rows("C1,Un,F1,2026-01-01,2026-02-01,100.00", "C3,Drei,F3,2026-01-01,2026-02-01,50.00")
    return desk


def person(desk: Desk, number: int, role: str = "collector", own_only: bool = False) -> Actor:
    return Actor(tenant=desk.actor.tenant, user=UserId(number), name=f"P{number}", role=role, own_only=own_only)


def save(desk: Desk, actor: Actor, name: str, text: str, **more: object) -> SavedSearch:
    return SaveSearch(desk.work)(SearchToSave(actor=actor, name=name, search=parse(text), **more))


def names(desk: Desk, actor: Actor) -> list[tuple[str, int, bool]]:
    found = ListSearches(desk.work, desk.clock)(actor)
    return [(one.saved.name, one.count, one.own) for one in found]


def test_own_and_shared_ones_are_listed_with_what_they_find_now(desk: Desk) -> None:
    ann, bob = person(desk, 11), person(desk, 12)
    save(desk, ann, " France ", "country = FR")
    save(desk, ann, "Large invoices", "item.open > 60", target="items", shared=True)
    assert names(desk, ann) == [("France", 2, True), ("Large invoices", 1, True)]
    assert names(desk, bob) == [("Large invoices", 1, False)]
    desk.rows("C4,Quatre,FR", kind="customers", header="code,name,country", mode="delta")
    assert names(desk, ann)[0] == ("France", 3, True)


def test_a_shared_search_counts_what_its_viewer_may_see(desk: Desk) -> None:
    save(desk, person(desk, 11), "France", "country = FR", shared=True)
    assert names(desk, person(desk, 12, own_only=True)) == [("France", 0, False)]


def test_only_its_owner_changes_it_and_an_administrator_may_remove_it(desk: Desk) -> None:
    ann, bob = person(desk, 11), person(desk, 12)
    saved = save(desk, ann, "France", "country = FR", shared=True)
    with pytest.raises(NotAllowed):
        save(desk, bob, "Mine", "country = DE", number=saved.number)
    with pytest.raises(NotAllowed):
        RemoveSearch(desk.work)(SearchToRemove(actor=bob, number=saved.number))
    save(desk, ann, "Germany", "country = DE", number=saved.number)
    assert names(desk, ann) == [("Germany", 1, True)]
    with pytest.raises(NotFound):
        save(desk, bob, "Mine", "country = DE", number=saved.number)
    RemoveSearch(desk.work)(SearchToRemove(actor=ann, number=saved.number))
    assert names(desk, ann) == []


def test_a_name_is_there_and_is_not_taken(desk: Desk) -> None:
    ann = person(desk, 11)
    save(desk, ann, "France", "country = FR")
    save(desk, person(desk, 12), "France", "country = FR")
    with pytest.raises(Conflict, match="another name"):
        save(desk, ann, "france", "country = DE")
    with pytest.raises(BadInput, match="name"):
        save(desk, ann, "  ", "country = DE")
