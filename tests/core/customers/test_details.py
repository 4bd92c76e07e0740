"""A customer's own fields as a person sets them."""

import pytest

from relance.core.customers.details import CustomerDetails, DetailChanges, changed, differences, limit_text
from relance.core.kernel.errors import BadInput

KNOWN = CustomerDetails(name="Marlier", terms="whatever the ERP says", custom={"Region": "East", "Sector": "Wine"})


def test_what_is_left_out_stays_and_only_differences_are_told() -> None:
    after = changed(KNOWN, DetailChanges(city="  Lille  ", custom={"Region": "", "Rank": "A"}), "EUR")
    assert after.terms == KNOWN.terms
    assert after.custom == {"Sector": "Wine", "Rank": "A"}
    assert differences(KNOWN, after) == {"city": "Lille", "custom.Region": None, "custom.Rank": "A"}


@pytest.mark.parametrize(
    ("currency", "text", "minor"), [("", "12500.50", 1250050), ("JPY", "8000", 8000), ("", None, None), ("", " ", None)]
)
def test_the_credit_limit_counts_in_the_customers_currency(currency: str, text: str | None, minor: int | None) -> None:
    after = changed(KNOWN, DetailChanges(currency=currency, credit_limit=text), "EUR")
    assert after.credit_limit == minor
    assert limit_text(after, "EUR") == (text or "").strip()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "x" * 201),
        ("city", "a\x07"),
        ("language", "xx"),
        ("payment_method", "barter"),
        ("terms", "soon"),
        ("url", "javascript:alert(1)"),
        ("credit_limit", "-1"),
        ("credit_limit", "1.234"),
        ("comment", "x" * 4001),
        ("custom", {"A": "x" * 201}),
    ],
)
def test_what_cannot_be_is_refused_by_the_fields_name(field: str, value: object) -> None:
    with pytest.raises(BadInput, match=f"^{field}|amount|decimals|language"):
        changed(KNOWN, DetailChanges(**{field: value}), "EUR")
