"""What a cell means."""

from datetime import date

import pytest

from relance.core.intake.amounts import parse_amount
from relance.core.intake.cells import parse_day, parse_flag, parse_language
from relance.core.intake.terms import due_after, parse_terms


@pytest.mark.parametrize(
    ("text", "decimal", "stated", "expected"),
    [
        ("2309.7899999999995", ".", False, (230979, True)),
        ("0.005", ".", False, (1, True)),
        ("-0.005", ".", False, (-1, True)),
        ("1234.5", ".", False, (123450, False)),
        ("1,234.50", ".", False, (123450, False)),
        ("1,234", ".", False, None),
        ("1,234", ".", True, (123400, False)),
        ("1.234,56", ",", True, (123456, False)),
        ("17.000,00", ",", True, (1700000, False)),
        ("1 234,56", ",", True, (123456, False)),
        ("123.45-", ".", False, (-12345, False)),
        ("\u221212", ".", False, (-1200, False)),
        ("0000000074,70", ",", True, (7470, False)),
        ("", ".", False, None),
        (".", ".", False, None),
        ("-5-", ".", False, None),
        ("1e5", ".", False, None),
        ("12.34.56", ".", False, None),
        ("9" * 16, ".", False, None),
    ],
)
def test_amounts_are_read_by_their_digits(text: str, decimal: str, stated: bool, expected: object) -> None:
    assert parse_amount(text, "EUR", decimal, stated) == expected


def test_a_currency_without_cents_rounds_to_whole_units() -> None:
    assert parse_amount("100.5", "JPY") == (101, True)
    assert parse_amount("100.5", "KWD") == (100500, False)


@pytest.mark.parametrize(
    ("text", "patterns", "expected"),
    [
        ("2020-04-10 00:00:00.000000000", ("iso",), date(2020, 4, 10)),
        ("20200410", ("iso",), date(2020, 4, 10)),
        ("2020-04-10T23:59Z", ("iso",), date(2020, 4, 10)),
        ("10/04/2020 08:15", ("%d/%m/%Y",), date(2020, 4, 10)),
        ("10.04.2020", ("%d/%m/%Y", "%d.%m.%Y"), date(2020, 4, 10)),
        ("2020-02-30", ("iso",), None),
        ("0020-02-03", ("iso",), None),
        ("soon", ("iso",), None),
    ],
)
def test_days_follow_their_patterns_and_lose_their_time(text: str, patterns: tuple[str, ...], expected: object) -> None:
    assert parse_day(text, patterns) == expected


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("30", date(2026, 2, 14)),
        ("net 45", date(2026, 3, 1)),
        ("30 days eom", date(2026, 2, 28)),
        ("0", date(2026, 1, 15)),
        ("30 EOM 15", date(2026, 3, 15)),
        ("30 Tage netto", date(2026, 2, 14)),
        ("2/10 net 30", date(2026, 2, 14)),
        ("30 jours fin de mois le 10", date(2026, 3, 10)),
        ("due on receipt", date(2026, 1, 15)),
        ("45 dias", date(2026, 3, 1)),
    ],
)
def test_terms_give_a_due_date(text: str, due: date) -> None:
    terms = parse_terms(text)
    assert terms is not None
    assert due_after(date(2026, 1, 15), terms) == due


def test_what_is_no_term_flag_or_language_is_refused() -> None:
    assert parse_terms("soon") is None
    assert parse_flag("maybe") is None
    assert parse_language("french") is None
    assert (parse_flag("X"), parse_flag("0"), parse_language("fr_FR")) == (True, False, "fr")
