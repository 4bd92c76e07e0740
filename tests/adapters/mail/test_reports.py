"""Only the machine-readable parts of a report are believed, and nothing breaks its reader."""

import random

import pytest

from relance.adapters.mail.imap import Place, place_of, recipients_of
from relance.adapters.mail.reports import MimeReports
from relance.core.collection.bounces import Returned
from relance.core.kernel.errors import BadInput
from tests.adapters.mail.letters import complaint, dsn, out_of_office

READ = MimeReports().read


def test_a_report_of_failure_names_address_status_and_what_was_said() -> None:
    [one] = READ(dsn("b@acme.example", "Pay1@customer1.example"))
    expected = Returned(address="Pay1@customer1.example", kind="hard", status="5.1.1", said="550 no such user")
    assert one == expected


def test_a_delay_is_soft_and_good_news_is_no_report() -> None:
    assert [one.kind for one in READ(dsn("b@a.example", "x@y.example", "4.4.7", "delayed"))] == ["soft"]
    assert READ(dsn("b@a.example", "x@y.example", "2.0.0", "delivered")) == ()


def test_a_complaint_is_read() -> None:
    assert [(one.address, one.kind) for one in READ(complaint("b@a.example", "x@y.example"))] == [
        ("x@y.example", "complaint")
    ]


@pytest.mark.parametrize(
    "letter", [out_of_office("b@a.example"), b"", b"\xff\xfe\x00", b"Content-Type: multipart/report"]
)
def test_any_other_letter_reports_nothing(letter: bytes) -> None:
    assert READ(letter) == ()


def test_a_report_that_names_two_mailboxes_or_a_line_break_is_not_believed() -> None:
    assert READ(dsn("b@a.example", "a@x.example, b@x.example")) == ()
    assert READ(dsn("b@a.example", "a@x.example\nBcc: c@x.example"))[0].address == "a@x.example"


def test_torn_reports_never_break_the_reader() -> None:
    whole, dice = dsn("b@a.example", "x@y.example"), random.Random(7)
    for _ in range(300):
        at, length = dice.randrange(len(whole)), dice.randrange(60)
        torn = whole[:at] + dice.randbytes(dice.randrange(6)) + whole[at + length :]
        assert all("\n" not in one.said for one in READ(torn))


def test_the_envelope_comes_before_what_the_letter_claims() -> None:
    letter = b"Delivered-To: one@acme.example\r\nTo: Two <two@acme.example>\r\n\r\nX-Original-To: three@acme.example"
    assert recipients_of(letter) == ("one@acme.example", "two@acme.example")


def test_the_mailbox_is_named_by_one_address_and_is_safe_elsewhere() -> None:
    place = place_of("imaps://b%40acme:s3cret%2F@mail.example/Returned")
    expected = Place(host="mail.example", port=993, user="b@acme", password="s3cret/", folder="Returned", tls=True)
    assert place == expected
    for wrong in ("imap://u:p@mail.example/INBOX", "https://mail.example", "mail.example"):
        with pytest.raises(BadInput):
            place_of(wrong)
