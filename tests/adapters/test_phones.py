"""Mobile numbers as people write them."""

import pytest

from relance.adapters.phones import mobile_number


@pytest.mark.parametrize(
    ("written", "country", "dialled"),
    [
        ("06 39 98 01 23", "FR", "+33639980123"),
        ("0033 6 39 98 01 23", "FR", "+33639980123"),
        ("+33 (0)6 39 98 01 23", "DE", "+33639980123"),
        ("07700 900123", "GB", "+447700900123"),
        ("(212) 555-0123", "US", "+12125550123"),
        ("090-1234-5678", "JP", "+819012345678"),
        ("+46 70-174 06 05", "", "+46701740605"),
        ("06 39 98 01 23", "", ""),
        ("01 42 68 53 00", "FR", ""),
        ("06 39 98", "FR", ""),
        ("06 39 98 01 23 poste 4", "FR", ""),
        ("ask for Anna", "FR", ""),
        ("", "FR", ""),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(written: str, country: str, dialled: str) -> None:
    assert mobile_number(written, country) == dialled
