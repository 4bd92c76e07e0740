from datetime import UTC, datetime
from email import message_from_bytes, policy

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.plugins.channels.mime import BadMessage, mime
from relance.ports.channels import Address, Attachment, Message

MESSAGE = Message(
    action="12.1",
    message_id="<acme.12.1.abc@acme.example>",
    to=(Address("Zoé Martin", "zoe@customer.example"),),
    cc=(Address('Bob "B" Lee', "bob@acme.example"),),
    sender=Address("Ann Lee", "ann@acme.example"),
    reply_to=Address("", "ann.lee@acme.example"),
    mail_from="bounce@acme.example",
    subject="Relance : 1 234,50 € échus",
    html="<p>Montant dû : 1 234,50 €</p>\n<p>.point</p>",
    text="Montant dû : 1 234,50 €\n.point\n" + "long " * 60,
    language="fr",
    date=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
)


def test_a_message_that_follows_others_says_so() -> None:
    earlier = ("<acme.1.1.00@acme.example>", "<acme.2.1.00@acme.example>")
    told = message_from_bytes(mime(msgspec.structs.replace(MESSAGE, follows=earlier)))
    assert told["In-Reply-To"] == earlier[1]
    assert told["References"].split() == list(earlier)


def test_it_reads_back_as_it_was_said() -> None:
    read = message_from_bytes(mime(MESSAGE), policy=policy.default)
    plain, html = list(read.iter_parts())
    assert read["Subject"] == MESSAGE.subject
    assert str(read["To"]) == "Zoé Martin <zoe@customer.example>"
    assert read["Cc"].addresses[0].display_name == 'Bob "B" Lee'
    assert (read["X-Relance-Action"], read["Message-ID"]) == ("12.1", MESSAGE.message_id)
    assert (read["Auto-Submitted"], read["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert read.get_content_type() == "multipart/alternative"
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().replace("\r\n", "\n").strip() == MESSAGE.text.strip()
    assert html.get_content().replace("\r\n", "\n").strip() == MESSAGE.html


def test_only_short_ascii_lines_that_end_with_crlf_travel() -> None:
    raw = mime(MESSAGE)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_the_same_message_is_the_same_bytes() -> None:
    assert mime(MESSAGE) == mime(msgspec.structs.replace(MESSAGE))


def test_a_message_says_nothing_of_its_envelope() -> None:
    assert b"bounce@acme.example" not in mime(MESSAGE)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: eve@evil.example"},
        {"subject": "Hello\nBcc: eve@evil.example"},
        {"to": (Address("Zoé\r\nBcc: eve@evil.example", "zoe@customer.example"),)},
        {"to": (Address("", "zoe@customer.example>\r\nRCPT TO:<eve@evil.example"),)},
        {"to": (Address("", "alice@good.test]<bob@evil.test>"),)},
        {"to": (Address("", "a@b.example, c@d.example"),)},
        {"to": (Address("x" * (10 << 20), "zoe@customer.example"),)},
        {"sender": Address("Ann\x00", "ann@acme.example")},
        {"message_id": "<x@y>\r\nBcc: eve@evil.example"},
        {"action": "1.1\nX: y"},
    ],
)
def test_no_value_becomes_a_header(change: dict[str, object]) -> None:
    with pytest.raises(BadMessage):
        mime(msgspec.structs.replace(MESSAGE, **change))


@given(name=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_name_and_subject_come_back(name: str) -> None:
    said = msgspec.structs.replace(MESSAGE, subject=name, to=(Address(name, "zoe@customer.example"),))
    read = message_from_bytes(mime(said), policy=policy.default)
    assert (
        str(read["Subject"]) == name.strip()
        or not name.strip()
        or " ".join(str(read["Subject"]).split()) == " ".join(name.split())
    )
    assert [address.addr_spec for address in read["To"].addresses] == ["zoe@customer.example"]


def test_an_attachment_travels_byte_for_byte_beside_the_words() -> None:
    document = Attachment("relevé 2026.pdf", "application/pdf", bytes(range(256)) * 3)
    sent = mime(msgspec.structs.replace(MESSAGE, attachments=(document,)))
    read = message_from_bytes(sent, policy=policy.default)
    assert read.get_content_type() == "multipart/mixed"
    [kept] = list(read.iter_attachments())
    assert (kept.get_filename(), kept.get_content_type()) == (document.name, "application/pdf")
    assert kept.get_content() == document.content
    assert (
        read.get_body(("plain",)).get_content()
        == message_from_bytes(mime(MESSAGE), policy=policy.default).get_body(("plain",)).get_content()
    )
    assert max(map(len, sent.split(b"\r\n"))) < 998
