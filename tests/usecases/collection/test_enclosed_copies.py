"""A step sends copies of the invoices it lists: frozen by reference, read in the preview, sent byte for byte."""

import asyncio
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from relance.adapters.archive import DiskArchive
from relance.adapters.store.workers import workers_for
from relance.core.collection.enclosing import LeftOut
from relance.core.kernel.identifiers import ActionId, ItemId, TenantId
from relance.plugins.channels.outbox import OutboxChannel
from relance.ports.store.documents import NewDocument
from relance.usecases.collection.dispatch import Dispatch, Dispatched, DispatchRequest
from relance.usecases.collection.open_delivery import DeliveryWanted, OpenDelivery
from relance.usecases.collection.preview_action import PreviewAction, PreviewRequest
from tests.delivery_ledger import NOW
from tests.usecases.collection.mailroom import Mailroom

PDF = b"%PDF-1.7 the copy of F00001, with more bytes than a line of base64 takes\n" * 20


class CopyRoom(Mailroom):
    """A mailroom whose step sends copies, with an archive that has some."""

    def __init__(self, engine: Engine, tenant: TenantId, folder: Path, attach: tuple[str, ...] = ("copies",)) -> None:
        super().__init__(engine, tenant)
        self.archive, self.outbox = DiskArchive(folder / "archive"), folder / "outbox"
        self.channels = [OutboxChannel(self.outbox)]
        with self.work(tenant) as unit:
            standard = unit.collection.scenario("standard")
            steps = tuple(
                msgspec.structs.replace(one, attach=attach if one.kind == "email" else ()) for one in standard.steps
            )
            unit.collection.save_scenario(msgspec.structs.replace(standard, steps=steps))

    def keep(self, content: bytes, item: int = 1) -> str:
        reference = self.archive.keep_stream(self.tenant, BytesIO(content))
        new = NewDocument(
            item=ItemId(item),
            file_name="scan 7.pdf",
            media_type="application/pdf",
            size=len(content),
            archive_ref=reference,
            origin="upload",
        )
        with self.work(self.tenant) as unit:
            unit.documents.add([new], "ann", NOW)
        return reference

    def seen(self, whole: bool = False):
        verb = PreviewAction(self.work, self.clock, *self._outside, self.archive)
        return verb(PreviewRequest(actor=self.actor, action=ActionId(1), whole=whole))

    def send(self) -> Dispatched:
        workers = workers_for(self.engine)
        verb = Dispatch(
            self.work, self.clock, *self._outside, workers, lambda: self.channels, self.fence, None, self.archive
        )
        return asyncio.run(verb(DispatchRequest(tenants=(self.tenant,))))

    def opened(self, whole: bool = True):
        verb = OpenDelivery(self.work, self.archive)
        return verb(DeliveryWanted(actor=self.actor, action=ActionId(1), whole=whole)).messages[0]

    def told(self) -> dict[str, object]:
        with self.work.reading(self.tenant) as unit:
            return unit.customer_file.timeline(1, 9)[0].detail


@pytest.fixture
def room(engine: Engine, tenant: TenantId, tmp_path: Path) -> CopyRoom:
    return CopyRoom(engine, tenant, tmp_path)


def test_the_copy_is_read_frozen_and_sent_byte_for_byte(room: CopyRoom) -> None:
    room.keep(b"%PDF an older copy")
    reference = room.keep(PDF)
    [before] = room.seen(whole=True).attached
    assert (before.name, before.size, before.content) == ("F00001.pdf", len(PDF), PDF)
    room.confirm()
    room.keep(b"%PDF a newer copy, after the confirmation")
    [frozen] = room.seen().attached
    assert (frozen.ref, frozen.content, frozen.size) == (reference, b"", len(PDF))
    assert room.send() == Dispatched(sent=1)
    [file] = room.outbox.iterdir()
    assert room.opened().raw.encode() == file.read_bytes()
    assert room.opened().frozen.message.attachments[0].content == PDF
    assert len(room.opened(whole=False).raw) < len(file.read_bytes()) - len(PDF)
    assert room.told()["attached"] == ["F00001.pdf"]


def test_what_a_person_confirmed_differs_with_its_copy(room: CopyRoom) -> None:
    room.keep(PDF)
    room.confirm()
    [with_copy] = [row.content_hash for row in room.rows("messages")]
    room.recall()
    room.keep(b"%PDF another copy")
    room.confirm()
    assert [row.content_hash for row in room.rows("messages")] != [with_copy]


@pytest.mark.parametrize(
    ("settings", "keep", "reason"),
    [
        ({}, False, "no-copy"),
        ({"copies-most": "0"}, True, "too-many-copies"),
        ({"copies-megabytes": "0"}, True, "copies-too-large"),
    ],
)
def test_what_is_left_out_is_said(room: CopyRoom, settings: dict[str, str], keep: bool, reason: str) -> None:
    if keep:
        room.keep(PDF)
    for name, value in settings.items():
        room.setting(name, value)
    left = (LeftOut("F00001", reason),)  # type: ignore[arg-type]  # one of the reasons
    assert (room.seen().attached, room.seen().left_out) == ((), left)
    room.confirm()
    assert room.seen().left_out == left
    assert room.send() == Dispatched(sent=1)
    assert room.told()["left_out"] == [[reason, "F00001"]]


def test_a_copy_that_is_not_what_was_frozen_does_not_leave(room: CopyRoom) -> None:
    reference = room.keep(PDF)
    room.confirm()
    room.archive.open(room.tenant, reference).write_bytes(b"%PDF tampered with")
    assert room.send() == Dispatched(failed=1)
    assert room.state() == ("failed", "copy-changed")


def test_the_statement_goes_along_beside_the_copies(engine: Engine, tenant: TenantId, tmp_path: Path) -> None:
    room = CopyRoom(engine, tenant, tmp_path, ("statement", "copies"))
    room.keep(PDF)
    statement, copy = room.seen().attached
    assert statement.name.startswith("statement-C1-") and copy.name == "F00001.pdf"
    room.confirm()
    assert room.seen().attached[0].content == statement.content
    assert room.send() == Dispatched(sent=1)
    [file] = room.outbox.iterdir()
    assert room.opened().raw.encode() == file.read_bytes()
    assert room.opened().frozen.message.attachments[0] == statement
    [row] = room.rows("messages")
    [kept] = room.rows("message_documents")
    assert kept.content == statement.content
    assert len(row.sent_raw) + len(str(row.content)) < len(statement.content)


def test_a_document_goes_with_the_message_that_never_left(engine: Engine, tenant: TenantId, tmp_path: Path) -> None:
    room = CopyRoom(engine, tenant, tmp_path, ("statement",))
    room.confirm()
    [before] = room.rows("message_documents")
    room.recall()
    assert room.rows("message_documents") == []
    with room.work(tenant) as unit:
        actions = unit.delivery.in_state(["to-confirm"])
    assert [one.action for one in actions] == [before.action_id]
