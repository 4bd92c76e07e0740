"""What is no currency and no day of a ledger is told as that, and a wrong pattern before any row is read."""

from datetime import date

import pytest
from babel.core import get_global

from relance.core.intake.cells import is_far_day, is_never, parse_currency, parse_day
from relance.core.intake.day_patterns import day_patterns
from relance.core.kernel.currencies import CURRENCIES
from relance.core.kernel.errors import BadInput


def test_every_currency_that_a_country_pays_with_is_known() -> None:
    used = get_global("territory_currencies").values()
    assert {code for all_ in used for code, _, end, tender in all_ if end is None and tender} <= CURRENCIES


@pytest.mark.parametrize(("text", "code"), [("eur", "EUR"), ("€", "EUR"), ("XXQ", None), ("ABC", None), ("ZL", "PLN")])
def test_three_letters_are_not_yet_a_currency(text: str, code: str | None) -> None:
    assert parse_currency(text) == code


@pytest.mark.parametrize(
    ("text", "far", "never"),
    [("2999-12-31", True, False), ("9999-12-31", True, True), ("2026-12-31", False, False), ("soon", False, False)],
)
def test_a_day_of_another_age_is_known_as_one(text: str, far: bool, never: bool) -> None:
    assert (is_far_day(text, ("iso",)), is_never(text, ("iso",))) == (far, never)


def test_a_year_of_two_digits_too_few_is_far() -> None:
    assert parse_day("05/01/0026", ("%d/%m/%Y",)) is None
    assert is_far_day("05/01/0026", ("%d/%m/%Y",))
    assert parse_day("05/01/26", ("%d/%m/%Y", "%d/%m/%y")) == date(2026, 1, 5)


@pytest.mark.parametrize("text", ["iso", "serial", "%d/%m/%Y", "iso|%d %b %Y", "%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日"])
def test_patterns_of_days_are_taken(text: str) -> None:
    assert "|".join(day_patterns(text)) == text


@pytest.mark.parametrize("text", ["", "%Q", "%d/%m", "%d/%d/%Y", "dd/mm/yyyy", "%", "iso|%d", "%d/%m/%y%Y"])
def test_a_pattern_that_reads_no_day_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(BadInput, match=r"%d/%m/%Y"):
        day_patterns(text)
