"""What the world knows of a sender domain, and what it has to be told."""

from datetime import UTC, datetime

import pytest

from relance.core.kernel.errors import BadInput
from relance.core.tenancy.sender_domains import SenderDomain, checked_domain, records_of, seen_of

ACME = SenderDomain(domain="acme.example", selector="relance", public="AAAA", added_at=datetime(2026, 3, 3, tzinfo=UTC))
DKIM = "v=DKIM1; k=rsa; p=AAAA"


def test_three_records_are_to_be_published() -> None:
    told = {record.kind: (record.name, record.value) for record in records_of(ACME, "include:relay.example")}
    assert told == {
        "spf": ("acme.example", "v=spf1 include:relay.example ~all"),
        "dkim": ("relance._domainkey.acme.example", DKIM),
        "dmarc": ("_dmarc.acme.example", "v=DMARC1; p=quarantine"),
    }


@pytest.mark.parametrize(
    ("kind", "texts", "sight"),
    [
        ("spf", (), "missing"),
        ("spf", ("google-site-verification=x",), "missing"),
        ("spf", ("v=spf1 include:other.example -all",), "other"),
        ("spf", ("v=spf1 mx include:relay.example -all", "unrelated"), "seen"),
        ("spf", ("v=spf1 mx ~all", "v=spf1 -all"), "several"),
        ("dkim", (), "missing"),
        ("dkim", ("v=DKIM1; p=BBBB",), "other"),
        ("dkim", ("v=DKIM1;k=rsa;p=AA AA",), "seen"),
        ("dmarc", (), "missing"),
        ("dmarc", ("v=DMARC1; p=none",), "weak"),
        ("dmarc", ("V=DMARC1; p=reject; rua=mailto:x@y.example",), "seen"),
    ],
)
def test_what_is_published_is_told_apart(kind: str, texts: tuple[str, ...], sight: str) -> None:
    assert seen_of(kind, texts, DKIM, "include:relay.example") == sight  # type: ignore[arg-type]  # from the table


@pytest.mark.parametrize(
    "text", ["", "acme", "acme..example", "-acme.example", "acme.example/x", "127.0.0.1", "a b.example"]
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        checked_domain(text)


def test_domains_are_written_in_one_way() -> None:
    assert checked_domain(" ACME.example. ") == "acme.example"
    assert checked_domain("bücher.example") == "xn--bcher-kva.example"
