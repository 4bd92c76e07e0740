from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_currency

from relance.adapters.render.formats import date_text, figure_text, money_text
from relance.core.kernel.money import minor_digits
from relance.core.tenancy.languages import MESSAGE_LANGUAGES

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "PLN", "SEK", "TRY", "BRL", "CNY", "KWD")
AMOUNTS = (0, 1, -1, 99, 100, 12345, -98765, 123456789, -100000000, 999999, 1000000, 5)


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_amounts_are_written_as_babel_writes_them(language: str) -> None:
    locale = Locale.parse(language.replace("-", "_"))
    for currency in CURRENCIES:
        for minor in AMOUNTS:
            amount = Decimal(minor).scaleb(-minor_digits(currency))
            assert money_text(minor, currency, language) == format_currency(amount, currency, locale=locale)


def test_narrow_blanks_can_be_widened_for_screens() -> None:
    assert money_text(123456789, "EUR", "fr") == "1\u202f234\u202f567,89\u00a0€"
    assert money_text(123456789, "EUR", "fr", narrow=False) == "1\u00a0234\u00a0567,89\u00a0€"
    assert figure_text(-123450, "EUR", "fr", narrow=False) == "-1\u00a0234,50"


@pytest.mark.parametrize(
    ("language", "width", "text"),
    [
        ("en", "medium", "2 Mar 2026"),
        ("en", "long", "2 March 2026"),
        ("fr", "medium", "2 mars 2026"),
        ("de", "long", "2. März 2026"),
    ],
)
def test_dates_cannot_be_misread(language: str, width: str, text: str) -> None:
    assert date_text(date(2026, 3, 2), language, width) == text


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    assert date_text(date(2026, 3, 1), "fr", "long") == "1er mars 2026"
