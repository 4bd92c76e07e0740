"""The fast reader of columns equals the reference of the core, cell by cell."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.adapters.intake.options import Options
from relance.adapters.intake.vectors import read_amounts
from relance.core.intake.amounts import parse_amount
from relance.core.intake.cells import parse_day, without_point
from relance.core.intake.typed import TYPED
from relance.core.kernel.days import day_number
from relance.ports.intake import Plan

NUMBERS = st.from_regex(r"[+-]?[0-9]{0,17}([., '][0-9]{3}){0,3}([.,][0-9]{0,9})?[+-]?", fullmatch=True)
ODD = st.text(alphabet="0123456789.,-+() ₪€CRDrEU'\u00a0\u202f\u2212eE$x", max_size=14)
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.one_of(NUMBERS, ODD, NUMBERS.map(TYPED.__add__)), CURRENCIES), min_size=1, max_size=30),
    st.sampled_from([".", ","]),
    st.booleans(),
)
def test_amounts_by_column_are_amounts_by_cell(cells: list[tuple[str, str]], decimal: str, stated: bool) -> None:
    texts = pl.Series("amount", [text for text, _ in cells], dtype=pl.String)
    currencies = pl.Series([currency for _, currency in cells], dtype=pl.String)
    minor, rounded = read_amounts(texts, currencies, decimal, stated)
    for place, (text, currency) in enumerate(cells):
        expected = parse_amount(text, currency, decimal, stated)
        got = None if minor[place] is None else (minor[place], rounded[place])
        assert got == expected, (text, currency, decimal, stated)


def _options(**options: str) -> Options:
    plan = Plan(kind="items", mapping={}, options=options, currency="EUR", known={"entity": {"": 1}, "last_step": {}})
    return Options(plan)


DAYS = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: f"{TYPED}{day}"),
    st.dates().map(lambda day: f"{day} 00:00:00.000000000"),
    st.dates().map(lambda day: f"{day:%Y%m%d}T10:00"),
    st.dates().map(lambda day: f"{day:%d/%m/%Y}"),
    st.text(alphabet="0123456789-/T :", max_size=12),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(["iso", "%d/%m/%Y", "iso|%d/%m/%Y"]))
def test_days_by_column_are_days_by_cell(texts: list[str], patterns: str) -> None:
    numbers = _options(date=patterns).days(pl.Series("day", texts, dtype=pl.String).str.strip_chars())
    for text, number in zip(texts, numbers.to_list(), strict=True):
        day = parse_day(text, patterns.split("|"))
        assert number == (None if day is None else day_number(day))


@given(st.text(alphabet="0123456789.e", max_size=12))
def test_whole_numbers_by_column_are_whole_numbers_by_cell(text: str) -> None:
    by_column = pl.Series([text]).str.replace(r"^([0-9]+)\.0*$", "$1")
    assert by_column[0] == without_point(text)


PLAIN = st.from_regex(r"-?[0-9]{1,15}([.][0-9]{1,2})?", fullmatch=True)


@settings(max_examples=50, deadline=None)
@given(st.lists(PLAIN, min_size=1, max_size=30), CURRENCIES)
def test_plain_amounts_by_column_are_amounts_by_cell(cells: list[str], currency: str) -> None:
    minor, rounded = read_amounts(pl.Series("amount", cells, dtype=pl.String), currency, ".", False)
    read = list(zip(minor.to_list(), rounded.to_list(), strict=True))
    assert read == [parse_amount(text, currency) for text in cells]
