"""Amounts and days as people type them."""

from datetime import date

import pytest

from relance.core.kernel.errors import BadInput
from relance.http.addresses import code_of, query, segment
from relance.http.i18n.reading import read_amount, read_day
from relance.http.i18n.speech import speak

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "text", "currency", "minor"),
    [
        ("fr", "27 824,75", "EUR", 2782475),
        ("fr", "27\u202f824,75 ", "EUR", 2782475),
        ("fr", "27824.75", "EUR", 2782475),
        ("fr", "1.234,5", "EUR", 123450),
        ("en", "27,824.75", "EUR", 2782475),
        ("en", "1,234", "EUR", 123400),
        ("fr", "1.234.567", "EUR", 123456700),
        ("en", "1'000.00", "CHF", 100000),
        ("en", "12,5", "EUR", 1250),
        ("en", "\u22125.00", "EUR", -500),
        ("en", "5000", "JPY", 5000),
        ("en", "1.234", "KWD", 1234),
    ],
)
def test_amounts_are_read_in_the_languages_way_and_in_the_plain_one(
    language: str, text: str, currency: str, minor: int
) -> None:
    speak(language)
    assert read_amount(text, currency) == minor
    speak("en")


@pytest.mark.parametrize("text", ["", "abc", "1..2", "12,345,6x", "1e5", "0.123456"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_amount(text, "EUR")


def test_days_are_dates_or_counted_from_today() -> None:
    assert read_day("2026-12-01", TODAY) == date(2026, 12, 1)
    assert read_day("+12", TODAY) == date(2026, 12, 5)
    assert read_day("  ", TODAY) is None
    with pytest.raises(BadInput):
        read_day("1/12/2026", TODAY)


@pytest.mark.parametrize("code", ["C1", "a/b", "50%", "a b&c=d", "é", "..", "%2F", "<script>"])
def test_any_code_fits_into_an_address(code: str) -> None:
    from urllib.parse import unquote

    seen = unquote(segment(code))
    assert "/" not in seen
    assert code_of(seen) == code


def test_a_query_says_only_what_there_is_to_say() -> None:
    assert query(q="", view=None) == ""
    assert query(q="a&b", item=[1, 2]) == "?q=a%26b&item=1&item=2"
