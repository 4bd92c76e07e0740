"""The benches of searches and of the agenda measure all that there is, on a ledger that they find again."""

from pathlib import Path

import pytest

from relance.core.customers.criteria import CRITERIA
from relance.core.customers.search import checked
from relance.main.bench import agenda, search
from relance.main.bench.clauses import clauses_of, measured_criteria


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("bench")
    return f"sqlite:///{folder}/people.db"


def test_every_criterion_has_searches_that_can_be_asked() -> None:
    assert {one.name for one in measured_criteria()} > set(CRITERIA)
    assert all(list(map(checked, clauses_of(one))) for one in measured_criteria())


def test_all_criteria_and_deeds_are_measured(database: str) -> None:
    figures = search.run(10_000, repeat=1, database=database)
    assert {one.criterion for one in figures.criteria} == {one.name for one in measured_criteria()}
    assert [deed.deed for deed in figures.deeds][-2:] == ["assign-collector-to-all", "undo-it"]
    assert figures.customers == 500


def test_the_ledger_is_found_again_and_its_messages_are_confirmed(database: str) -> None:
    first, again = (agenda.run(10_000, repeat=1, database=database) for _ in range(2))
    assert (first.open_actions, first.confirmed) == (again.open_actions, again.confirmed)
    assert first.open_actions == 50
    assert first.confirmed > 0
