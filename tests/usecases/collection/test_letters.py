"""The life of a letter: frozen when confirmed, sealed with others, printed, handed over once (T21)."""

import hashlib
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from sqlalchemy import Engine, select

from relance.adapters.store.tables.collection import attempts, messages
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items
from relance.adapters.store.tables.qualification import timeline
from relance.adapters.store.tables.tenancy import audit
from relance.core.collection.print_batches import BatchMoved
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import TenantId
from relance.plugins.channels.outbox import OutboxChannel
from relance.ports import failpoints
from relance.usecases.collection.seal_letters import NoPaper
from tests.conftest import acme
from tests.delivery_ledger import system
from tests.usecases.collection.letter_room import LetterRoom

ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""What no database does differently."""


@pytest.fixture
def room(engine: Engine, tenant: TenantId, tmp_path: Path) -> LetterRoom:
    return LetterRoom(engine, tenant, tmp_path, 3)


def said(pdf: bytes) -> list[str]:
    paper = pypdfium2.PdfDocument(pdf)
    texts = []
    for number in range(len(paper)):
        text = paper[number].get_textpage()
        texts.append(text.get_text_range())
        text.close()
    paper.close()
    return texts


@ON_SQLITE
def test_a_confirmed_letter_is_frozen_with_its_pages(room: LetterRoom) -> None:
    assert room.confirm().changed == 3
    seen = room.preview(1)
    [letter] = seen.attached
    assert seen.frozen
    assert (letter.name, letter.media_type) == ("letter-1.1.pdf", "application/pdf")
    [page] = said(letter.content)
    assert "C1 · 1.1" in page
    assert "27 bis avenue du Général-de-Gaulle" in page
    assert seen.to[0].lines[0] == "27 bis avenue du Général-de-Gaulle"
    [first] = {row.content_hash for row in room.rows("messages") if row.action_id == 1}
    assert first == next(row.content_hash for row in room.rows("actions") if row.action_id == 1)


@ON_SQLITE
def test_the_preview_is_the_letter_as_it_would_be_printed(room: LetterRoom) -> None:
    before = room.preview(1).attached
    room.confirm()
    assert said(before[0].content) == said(room.preview(1).attached[0].content)


def test_a_letter_without_an_address_is_held_and_the_rest_confirmed(room: LetterRoom) -> None:
    room.change(customers, customers.c.customer_id == 2, street="")
    done = room.confirm()
    assert (done.changed, [one.reason for one in done.refused]) == (2, ["no-postal-address"])
    assert room.state(2) == ("held", "no-postal-address")


@ON_SQLITE
def test_dispatching_leaves_letters_to_their_batch(room: LetterRoom) -> None:
    room.confirm()
    done = room.dispatch()
    assert (done.sent, done.held, done.waiting) == (0, 0, 3)
    assert room.batches().waiting == 3


def test_letters_are_sealed_handed_over_once_and_kept_for_ever(room: LetterRoom) -> None:
    room.confirm()
    batch = room.seal().batch
    assert batch is not None
    assert (batch.state, batch.letters, batch.pages) == ("sealed", 3, 3)
    assert {room.state(action) for action in (1, 2, 3)} == {("sending", "")}
    pages = said(room.fetch().content)
    assert [f"C{n} · {n}.1" in page for n, page in enumerate(pages, 1)] == [True, True, True]
    done = room.hand_over()
    assert (done.state, done.note) == ("handed-over", "post office")
    assert {room.state(action) for action in (1, 2, 3)} == {("sent", "")}
    with pytest.raises(BatchMoved):
        room.hand_over()
    assert "C1 · 1.1" in said(room.preview(1).attached[0].content)[0]
    with room.engine.connect() as connection:
        told = connection.execute(select(timeline.c.kind)).scalars().all()
        deeds = connection.execute(select(audit.c.event)).scalars().all()
        steps = connection.execute(select(items.c.step_done)).scalars().all()
    assert told.count("message-sent") == 3
    assert set(steps) != {0}
    assert {"letters-sealed", "letters-fetched", "letters-handed-over"} <= set(deeds)


@ON_SQLITE
def test_a_second_download_says_copy_and_the_batch_has_the_same_hash(room: LetterRoom) -> None:
    room.confirm()
    room.seal()
    first, second = room.fetch(), room.fetch()
    assert (first.is_copy, second.is_copy) == (False, True)
    assert first.batch.hash == second.batch.hash
    assert hashlib.sha256(first.content).hexdigest() == first.batch.file
    assert all("COPY" not in page for page in said(first.content))
    assert all(page.count("COPY") == 2 for page in said(second.content))
    assert second.name == "letters-1-copy.pdf"
    assert room.seal().batch is None


@ON_SQLITE
@pytest.mark.parametrize("name", ["batch.sealed", "batch.renamed"])
def test_a_crash_before_the_click_leaves_the_same_sealed_batch(
    room: LetterRoom, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.confirm()
    monkeypatch.setattr(failpoints, "_armed", {name: "error"})
    with pytest.raises(failpoints.FailpointError):
        room.seal()
    monkeypatch.setattr(failpoints, "_armed", {})
    [batch] = room.batches().batches
    assert (batch.state, batch.letters, batch.file) == ("sealed", 3, "")
    assert room.seal().batch is None
    found = room.fetch()
    assert (found.batch.hash, found.is_copy) == (batch.hash, False)
    assert len(said(found.content)) == 3


@ON_SQLITE
def test_a_lost_print_file_is_made_again_as_it_was(room: LetterRoom, tmp_path: Path) -> None:
    room.confirm()
    batch = room.seal().batch
    assert batch is not None
    room.archive.open(room.tenant, batch.file).unlink()
    assert hashlib.sha256(room.fetch().content).hexdigest() == batch.file


def test_a_settled_item_takes_its_letter_out_before_the_batch_is_sealed(room: LetterRoom) -> None:
    """A9."""
    room.confirm()
    room.change_item(1, open_amount=0)
    room.change_item(2, open_amount=50_000)
    done = room.seal()
    assert done.batch is not None
    assert (done.batch.letters, done.cancelled, done.to_confirm) == (1, 1, 1)
    assert room.state(1) == ("cancelled", "settled")
    assert room.state(2) == ("to-confirm", "changed-since-confirmed")


@ON_SQLITE
def test_a_new_address_takes_the_letter_out(room: LetterRoom) -> None:
    room.confirm()
    room.change(customers, customers.c.customer_id == 1, street="Elsewhere 1")
    assert room.seal().to_confirm == 1


def test_letters_obey_stops_windows_and_the_days_cap(room: LetterRoom) -> None:
    room.confirm()
    room.change(customers, customers.c.customer_id == 1, collection_stop=True)
    room.setting("windows", "sat 08:00-09:00")
    closed = room.seal()
    assert (closed.batch, closed.waiting) == (None, 3)
    room.setting("daily-cap", "1")
    done = room.seal(ignore_windows=True)
    assert done.batch is not None
    assert (done.batch.letters, done.held, done.cancelled) == (1, 1, 1)
    assert room.state(3) == ("held", "capped")


def test_a_withdrawn_batch_gives_its_letters_to_the_next(room: LetterRoom) -> None:
    room.confirm()
    room.seal()
    assert room.withdraw().state == "withdrawn"
    assert room.state(1) == ("confirmed", "")
    with pytest.raises(BatchMoved):
        room.hand_over()
    again = room.seal().batch
    assert again is not None
    assert (again.batch, again.letters) == (2, 3)


@ON_SQLITE
def test_a_letter_that_cannot_be_printed_fails_and_the_others_go(
    room: LetterRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer = room._outside[1]
    really = renderer.letters
    monkeypatch.setattr(renderer, "letters", lambda drafts: [None, *really(drafts)[1:]])
    done = room.confirm()
    assert (done.changed, [one.reason for one in done.refused]) == (2, ["render"])
    assert room.state(1) == ("failed", "render")
    assert room.state(2) == ("confirmed", "")


def test_automatic_letters_are_written_when_their_batch_is_sealed(room: LetterRoom) -> None:
    """A3."""
    for action in (1, 2, 3):
        room.change_action(action, automation="automatic", state="planned")
    batch = room.seal().batch
    assert batch is not None
    assert batch.letters == 3


@ON_SQLITE
def test_the_outbox_folder_wins_over_print_batches(room: LetterRoom, tmp_path: Path) -> None:
    """A25."""
    room.channels.append(OutboxChannel(tmp_path / "outbox"))
    room.confirm()
    with pytest.raises(NoPaper):
        room.seal()
    assert room.dispatch().sent == 3
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.suffix for file in files] == [".pdf"] * 3
    assert "C1 · 1.1" in said(files[0].read_bytes())[0]


@ON_SQLITE
def test_a_registered_letter_keeps_the_number_of_the_post(room: LetterRoom) -> None:
    room.confirm()
    room.seal()
    room.track(2, "1a 234 567 8901 2")
    room.hand_over()
    room.track(3, "RR-99")
    assert [line.tracking for line in room.shown().letters] == ["", "1A23456789012", "RR-99"]
    with pytest.raises(BadInput):
        room.track(1, "no. 7!")
    with pytest.raises(NotFound):
        room.track(1, "X1", batch=9)


@ON_SQLITE
def test_who_does_not_see_every_customer_prints_nothing(room: LetterRoom) -> None:
    room.actor = msgspec.structs.replace(room.actor, own_only=True)
    for deed in (room.seal, room.fetch, room.hand_over, room.withdraw, room.shown, room.batches):
        with pytest.raises(NotAllowed):
            deed()


def test_another_tenant_has_nothing_of_a_batch(room: LetterRoom) -> None:
    """I-11."""
    room.confirm()
    room.seal()
    with room.work.founding(acme("globex"), "GLO") as unit:
        other = unit.tenant
    room.tenant, room.actor = other, system(other)
    assert room.batches().batches == ()
    assert room.seal().batch is None
    for deed in (room.shown, room.fetch, room.hand_over, room.withdraw, lambda: room.track(1, "RR1")):
        with pytest.raises(NotFound):
            deed()


@ON_SQLITE
def test_nothing_is_sealed_from_a_copied_database(room: LetterRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """I-16."""
    room.confirm()
    monkeypatch.setattr(room.fence, "trouble", lambda: "copied")
    assert room.seal().fenced == "copied"
    assert room.batches().batches == ()


@ON_SQLITE
def test_an_attempt_and_what_was_handed_over_are_kept(room: LetterRoom) -> None:
    room.confirm()
    room.seal()
    room.hand_over()
    with room.engine.connect() as connection:
        outcomes = connection.execute(select(attempts.c.outcome)).scalars().all()
        raws = connection.execute(select(messages.c.sent_raw)).scalars().all()
    assert outcomes == ["accepted"] * 3
    assert raws == [f"sha256 {line.hash}" for line in room.shown().letters]
