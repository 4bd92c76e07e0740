"""Which task gives what to whom (B15, A2, A5, A12)."""

import pytest

from relance.core.customers.assignment import Current, Task, checked_task, several, single, words_of
from relance.core.customers.search import EVERYTHING, Clause
from relance.core.kernel.errors import BadInput

ANN, BOB = "ann@acme.example", "bob@acme.example"


def task(number: int, value: str = ANN, attribute: str = "collector", **more: object) -> Task:
    return Task(task=number, position=number, attribute=attribute, value=value, search=EVERYTHING, **more)


def given(found, current=(), override=False):
    result = single(found, dict(current), override)
    return [(one.customer, one.value, one.task) for one in result.assigned], [one.customer for one in result.kept]


def test_the_first_task_that_finds_a_customer_wins() -> None:
    assert given([(task(1), [1, 2]), (task(2, BOB), [2, 3])]) == ([(1, ANN, 1), (2, ANN, 1), (3, BOB, 2)], [])


def test_an_earlier_task_is_asked_first_even_where_it_changes_nothing() -> None:
    assert given([(task(1), [1]), (task(2, BOB), [1])], {1: Current(ANN, "rule", "task 1")}) == ([], [])


def test_what_a_person_chose_is_kept_unless_rules_may_replace_it() -> None:
    chosen = {1: Current(BOB, "person", "Cid"), 2: Current("", "person", "Cid")}
    assert given([(task(1), [1, 2])], chosen) == ([], [1, 2])
    assert given([(task(1), [1, 2])], chosen, override=True) == ([(1, ANN, 1), (2, ANN, 1)], [])


@pytest.mark.parametrize("origin", ["", "default", "import", "rule"])
def test_everything_else_is_replaced(origin: str) -> None:
    assert given([(task(1), [1])], {1: Current(BOB, origin, "import 3")}) == ([(1, ANN, 1)], [])


def test_what_an_earlier_task_gave_a_new_customer_is_not_taken_over_by_a_later_one() -> None:
    known = {1: Current(ANN, "rule", "task 1")}
    assert given([(task(1), []), (task(2, BOB, new_only=False), [1])], known) == ([], [])


def test_groups_are_only_added_and_what_a_person_ended_stays_ended() -> None:
    found = several(task(1, "Key", "group"), [1, 2, 3], {1: Current("Key", "person", "Cid")}, frozenset({3}))
    assert [one.customer for one in found.assigned] == [2]
    assert [one.customer for one in found.kept] == [3]
    assert found.removed == []


def test_a_task_takes_away_only_what_it_gave_itself() -> None:
    live = {1: Current("Key", "rule", "task 1"), 2: Current("Key", "rule", "task 9"), 3: Current("Key", "import", "")}
    removing = task(1, "Key", "group", new_only=False, remove=True)
    assert [one.customer for one in several(removing, [], live, frozenset()).removed] == [1]
    assert several(task(1, "Key", "group", new_only=False), [], live, frozenset()).removed == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (task(1, "  "), "say which collector"),
        (task(1, remove=True), "replaced and never removed"),
        (task(1, attribute="region"), "one of collector"),
        (Task(task=1, position=1, attribute="group", value="K", search=Clause("nothing", "=", ("1",))), "no criterion"),
    ],
)
def test_what_no_task_can_be_is_refused(wrong: Task, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        checked_task(wrong)


def test_a_task_in_one_line() -> None:
    assert words_of(task(1)) == f"collector = {ANN}"
    where = Task(task=1, position=1, attribute="group", value="Key", search=Clause("city", "=", ("New York",)))
    assert words_of(where) == 'group = Key where city = "New York"'
