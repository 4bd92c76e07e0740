import asyncio
from email import message_from_bytes
from pathlib import Path

import msgspec

from relance.plugins.channels.outbox import OutboxChannel
from relance.ports.channels import Address
from tests.plugins.channels.test_mime import MESSAGE


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


def test_a_message_becomes_a_file(tmp_path: Path) -> None:
    outcome = asyncio.run(OutboxChannel(tmp_path / "outbox").carry(MESSAGE, yes))
    [file] = (tmp_path / "outbox").iterdir()
    assert outcome.kind == "accepted"
    assert file.name == "acme.12.1.abc@acme.example.eml"
    assert message_from_bytes(file.read_bytes())["X-Relance-Action"] == "12.1"


def test_a_message_that_may_not_leave_leaves_no_file(tmp_path: Path) -> None:
    outcome = asyncio.run(OutboxChannel(tmp_path).carry(MESSAGE, no))
    assert (outcome.kind, list(tmp_path.iterdir())) == ("retry-later", [])


def test_an_address_that_is_no_mailbox_is_refused_in_an_answer(tmp_path: Path) -> None:
    wrong = msgspec.structs.replace(MESSAGE, to=(Address("Zoé", "no mailbox"),))
    outcome = asyncio.run(OutboxChannel(tmp_path).carry(wrong, yes))
    assert (outcome.kind, outcome.reason, list(tmp_path.iterdir())) == ("refused", "bad-message", [])


def test_an_sms_is_a_file_that_a_person_can_read(tmp_path: Path) -> None:
    sms = msgspec.structs.replace(MESSAGE, kind="sms", to=(Address("Zoé", "", phone="+33639980123"),), text="Bonjour\n")
    outcome = asyncio.run(OutboxChannel(tmp_path).carry(sms, yes))
    [file] = tmp_path.iterdir()
    assert (outcome.kind, file.suffix) == ("accepted", ".txt")
    head, _, body = file.read_text("utf-8").partition("\n\n")
    assert "To: Zoé +33639980123" in head and body == "Bonjour\n"
    wrong = msgspec.structs.replace(sms, to=(Address("Zoé", "zoe@c.example"),))
    assert asyncio.run(OutboxChannel(tmp_path).carry(wrong, yes)).kind == "refused"


def test_without_a_folder_it_stands_aside() -> None:
    assert OutboxChannel(None).ready() == "no-outbox"
