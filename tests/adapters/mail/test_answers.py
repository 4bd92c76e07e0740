"""Answers are read as plain words of people; machines are not listened to."""

import pytest

from relance.adapters.mail.reports import MimeReports

READ = MimeReports().answer
HEAD = (
    b"From: Anna Roth <anna@customer.example>\r\nMessage-ID: <1@customer.example>\r\n"
    b"Subject: =?utf-8?Q?R=C3=A9gl=C3=A9?=\r\n"
)


def letter(body: bytes, more: bytes = b"Content-Type: text/plain; charset=utf-8\r\n") -> bytes:
    return HEAD + more + b"\r\n" + body


def test_an_answer_is_its_sender_subject_and_words() -> None:
    found = READ(letter("Payé hier.\r\n> Bonjour\r\n".encode()))
    assert found is not None
    assert (found.sender, found.subject, found.text) == ("anna@customer.example", "Réglé", "Payé hier.")
    assert found.event == READ(letter(b"another body")).event  # type: ignore[union-attr]  # the same letter


def test_markup_becomes_words_and_documents_are_counted_and_not_kept() -> None:
    body = (
        b"--cut\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>Paid &amp; done</p><script>alert(1)</script>\r\n"
        b'--cut\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment; filename="a.pdf"\r\n'
        b"\r\nAAAA\r\n--cut--\r\n"
    )
    found = READ(letter(body, b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="cut"\r\n'))
    assert found is not None
    assert (found.text, found.documents) == ("Paid & done", 1)


@pytest.mark.parametrize(
    "more",
    [
        b"Auto-Submitted: auto-replied\r\n",
        b"Precedence: bulk\r\n",
        b"Return-Path: <>\r\n",
        b"List-Id: <news.customer.example>\r\n",
        b"X-Autoreply: yes\r\n",
    ],
)
def test_machines_are_not_listened_to(more: bytes) -> None:
    assert READ(letter(b"I am away", more)) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"From: nobody\r\n\r\nhello", b"\xff\xfe\x00", HEAD + b"\r\n", letter(b"x" * 5_000_000 + b"\x00")],
)
def test_torn_letters_raise_nothing(content: bytes) -> None:
    found = READ(content)
    assert found is None or len(found.text) <= 2000
