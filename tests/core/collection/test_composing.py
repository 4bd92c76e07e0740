import pytest

from relance.core.collection.composing import (
    Mailbox,
    Sender,
    language_of,
    mailbox_of,
    sender_of,
)
from relance.core.collection.recipients import CollectionContact, recipients_of
from relance.core.kernel.identifiers import ContactId, UserId
from relance.core.tenancy.users import User

COMPANY = Mailbox("Acme", "acme@acme.example")


def collector(active: bool = True, confirmed: bool = True) -> User:
    return User(
        user=UserId(1),
        email="ann@acme.example",
        name="Ann",
        role="collector",
        active=active,
        address_confirmed=confirmed,
    )


def contact(email: str, number: int = 1) -> CollectionContact:
    return CollectionContact(contact=ContactId(number), name=f"N{number}", email=email)


@pytest.mark.parametrize(
    ("who", "fallback", "without", "sender"),
    [
        (collector(), None, False, Sender(Mailbox("Ann", "ann@acme.example"))),
        (collector(), COMPANY, False, Sender(Mailbox("Ann", "ann@acme.example"))),
        (collector(confirmed=False), COMPANY, False, Sender(COMPANY, Mailbox("Ann", "ann@acme.example"))),
        (collector(confirmed=False), None, True, "no-sender"),
        (collector(active=False), COMPANY, False, "no-collector"),
        (None, COMPANY, False, "no-collector"),
        (None, COMPANY, True, Sender(COMPANY)),
        (None, None, True, "no-collector"),
    ],
)
def test_the_collector_writes_or_the_company_for_him(
    who: User | None, fallback: Mailbox | None, without: bool, sender: object
) -> None:
    assert sender_of(who, fallback, without) == sender


def test_contacts_that_cannot_be_written_to_are_left_out_with_a_warning() -> None:
    to, warnings = recipients_of([contact(""), contact("a@b.example", 2), contact("A@b.example", 3), contact("x", 4)])
    assert [box.email for box in to] == ["a@b.example"]
    assert warnings == ("contact-without-address N1", "contact-without-address N4")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["fr", "en"], "fr"),
        (["de", "fr"], "fr"),
        (["fr-CA"], "fr"),
        (["pl"], "en"),
        ([], "en"),
    ],
)
def test_the_first_wanted_language_that_is_published_is_used(wanted: list[str], language: str) -> None:
    assert language_of(wanted, {"en", "fr"}) == language


def test_without_any_published_text_there_is_no_language() -> None:
    assert language_of(["fr"], {"de"}) is None


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("a@b.example", Mailbox("", "a@b.example")),
        ("Acme Ltd <a@b.example>", Mailbox("Acme Ltd", "a@b.example")),
        ('"Acme" <a@b.example>', Mailbox("Acme", "a@b.example")),
        ("", None),
        ("Acme", None),
        ("alice@good.test]<bob@evil.test", None),
        ("A <b@c.example> <d@e.example>", None),
    ],
)
def test_a_sender_setting_is_a_name_and_one_mailbox(text: str, box: Mailbox | None) -> None:
    assert mailbox_of(text) == box


def test_chinese_without_its_script_reads_the_simplified_text() -> None:
    for tag in ("zh", "zh-CN", "zh-Hans"):
        assert language_of([tag], {"en", "zh-Hans"}) == "zh-Hans"
    assert language_of(["zh-TW"], {"en", "zh-Hans"}) == "en"
