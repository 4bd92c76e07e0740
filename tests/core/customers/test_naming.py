"""Searches follow a thing to its new name."""

import pytest

from relance.core.customers.naming import names, renamed
from relance.core.customers.search_language import parse, written


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("group = Key", "group = Large"),
        ("group = KEY and country = FR", "group = Large and country = FR"),
        ("not (group in (A, key) or overdue > 5)", "not (group in (A, Large) or overdue > 5)"),
        ("group != Key", "group != Large"),
    ],
)
def test_what_names_it_exactly_follows(before: str, after: str) -> None:
    assert names(parse(before), "group", "Key")
    assert written(renamed(parse(before), "group", "Key", "Large")) == after


@pytest.mark.parametrize("text", ["name = Key", "group contains Key", "group is empty", "group = Keys", ""])
def test_what_means_something_else_stays(text: str) -> None:
    assert not names(parse(text), "group", "Key")
    assert renamed(parse(text), "group", "Key", "Large") == parse(text)
