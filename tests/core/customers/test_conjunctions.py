"""A search is taken apart into the filters of a list, and put together again."""

from relance.core.customers.conjunctions import joined, listed_codes, parts_of
from relance.core.customers.search import EVERYTHING, Every
from relance.core.customers.search_language import parse, written


def test_parts_that_must_all_hold_are_taken_apart_and_nothing_else_is() -> None:
    search = parse("country = FR and (overdue > 10 and not group = Key) and (name = A or name = B)")
    parts = parts_of(search)
    assert list(map(written, parts)) == ["country = FR", "overdue > 10", "not group = Key", "name = A or name = B"]
    assert joined(*parts) == Every(parts)
    assert parts_of(EVERYTHING) == ()


def test_joined_searches_ask_for_each_part_once() -> None:
    assert joined() == joined(EVERYTHING, EVERYTHING) == EVERYTHING
    assert joined(parse("country = FR"), EVERYTHING) == parse("country = FR")
    assert joined(parse("country = FR"), parse("country = FR and overdue > 1")) == parse("country = FR and overdue > 1")


def test_a_pasted_list_keeps_its_order_and_each_code_once() -> None:
    assert listed_codes(parse("overdue > 1 and code in (C9, C1, C9)")) == ("C9", "C1")
    assert listed_codes(parse("code in (C9) or name = A")) == ()
