"""A search reads and writes as text without losing anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.core.customers.criteria import CRITERIA, Criterion
from relance.core.customers.search import EVERYTHING, OPERATORS, AnyOf, Clause, Every, Not, Search, checked
from relance.core.customers.search_language import parse, written
from relance.core.kernel.errors import BadInput

EXAMPLE = "country in (FR, BE) and overdue >= 1000 and collector is empty and not group = Key"
_WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
_VALUES = {
    "text": _WORDS,
    "code": _WORDS,
    "day": st.sampled_from(["2026-11-21", "today", "today-15", "today+3"]),
    "number": st.integers(-999, 999).map(str),
    "amount": st.sampled_from(["1000", "1000.50", "-3", "1000 EUR", "0 JPY"]),
    "flag": st.sampled_from(["yes", "no"]),
}


def any_clause(criterion: Criterion) -> st.SearchStrategy[Search]:
    value = _VALUES[criterion.sort]

    def clause(operator: str) -> st.SearchStrategy[Search]:
        many = st.lists(value, min_size=1, max_size=3).map(tuple)
        values = {"is empty": st.just(()), "in": many, "not in": many}.get(operator, value.map(lambda one: (one,)))
        return st.builds(Clause, st.just(criterion.name), st.just(operator), values)

    return st.sampled_from(OPERATORS).flatmap(clause)


def is_askable(search: Search) -> bool:
    try:
        return checked(search) == search
    except BadInput:
        return False


clauses = st.sampled_from([*CRITERIA.values(), Criterion("custom.two words")]).flatmap(any_clause).filter(is_askable)
searches = st.recursive(
    clauses,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Every, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(searches)
def test_every_search_reads_back_as_it_was(search: Search) -> None:
    assert parse(written(search)) == search


def test_the_example_of_the_contract() -> None:
    search = parse(EXAMPLE)
    assert search == Every(
        (
            Clause("country", "in", ("FR", "BE")),
            Clause("overdue", ">=", ("1000",)),
            Clause("collector", "is empty"),
            Not(Clause("group", "=", ("Key",))),
        )
    )
    assert written(search) == EXAMPLE


def test_and_binds_closer_than_or() -> None:
    """B7: criteria add up."""
    assert parse("blocked = yes or city = Lyon and name contains bat") == AnyOf(
        (
            Clause("blocked", "=", ("yes",)),
            Every((Clause("city", "=", ("Lyon",)), Clause("name", "contains", ("bat",)))),
        )
    )


def test_nothing_said_leaves_nothing_out() -> None:
    assert parse("  ") == EVERYTHING
    assert written(EVERYTHING) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("overdu > 3", "perhaps overdue"),
        ("country", "at character 8"),
        ("country = ", "expected a value"),
        ("country = FR BE", "at character 14: expected 'and'"),
        ('name = "Lyon', "a quote is not closed"),
        ("country in FR", "expected '('"),
        ("(country = FR", "expected ')'"),
        ("overdue > many", "no amount"),
        ("overdue > 1000 eur", "expected 'and'"),
        ("created < yesterday", "no day"),
        ("created < today-x", "no day"),
        ("created < today-99999999", "no day"),
        ("blocked = perhaps", "neither yes nor no"),
        ("open-items > 1.5", "no whole number"),
        ("name < b", "cannot be asked with"),
        ("balance in (1, 2)", "cannot be asked with"),
        ("and", "expected a criterion"),
        ("((" * 40 + "code = 1", "deep"),
        ("not " * 40 + "code = 1", "deep"),
        ("code = 1" + " or code = 1" * 200, "at most 200"),
        ("code in (" + ",".join(["x"] * 5001) + ")", "1 to 5000"),
    ],
)
def test_what_cannot_be_asked_says_why_and_where(text: str, words: str) -> None:
    with pytest.raises(BadInput, match="search") as refused:
        parse(text)
    assert words in refused.value.detail
