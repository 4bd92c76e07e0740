"""From which hosts copies are fetched, and how often one that does not come is asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from relance.core.intake.copy_hosts import after_trouble, checked_hosts, is_listed
from relance.core.kernel.errors import BadInput

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_hosts_are_kept_in_one_form() -> None:
    assert checked_hosts(" Docs.Example.com,, erp.example ,docs.example.com") == "docs.example.com, erp.example"


@pytest.mark.parametrize("text", ["https://docs.example.com", "a b", "docs.example.com:8443", "*.example.com", ".com"])
def test_what_is_no_name_of_a_host_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        checked_hosts(text)


@pytest.mark.parametrize(
    ("address", "listed"),
    [
        ("https://docs.example.com/a.pdf", True),
        ("https://DOCS.example.com:443/a.pdf", True),
        ("https://docs.example.com.evil.example/a.pdf", False),
        ("https://evil.example/?docs.example.com", False),
        ("https://docs.example.com@evil.example/a.pdf", False),
        ("https://sub.docs.example.com/a.pdf", False),
        ("https://[broken/a.pdf", False),
    ],
)
def test_only_the_very_host_is_listed(address: str, listed: bool) -> None:
    assert is_listed(address, "erp.example, docs.example.com") is listed


def test_what_may_come_later_is_asked_for_again_and_not_for_ever() -> None:
    assert after_trouble("copy-missing", 1, NOW) == ("waiting", NOW + timedelta(minutes=5))
    assert after_trouble("host-broken", 5, NOW) == ("waiting", NOW + timedelta(days=1))
    assert after_trouble("host-unreachable", 6, NOW) == ("failed", None)
    assert after_trouble("not-a-pdf", 1, NOW) == ("failed", None)
    assert after_trouble("host-not-listed", 0, NOW)[0] == "waiting"
