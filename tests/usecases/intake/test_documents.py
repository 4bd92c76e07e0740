"""Copies of invoices from files, folders and zips: each at its item, once, within limits, for those who may see it."""

import zipfile
from pathlib import Path

import pytest

from relance.adapters.archive import DiskArchive
from relance.adapters.intake import copy_files
from relance.adapters.intake.copy_files import DiskCopyFiles
from relance.core.kernel.errors import BadInput, NotAllowed, NotFound
from relance.core.kernel.identifiers import UserId
from relance.core.tenancy.users import Actor
from relance.usecases.intake.add_documents import AddDocuments, DocumentsAdded, DocumentsToAdd
from relance.usecases.intake.fetch_document import DocumentWanted, FetchDocument
from relance.usecases.intake.list_documents import DocumentsQuestion, ListDocuments
from tests.usecases.intake.kit import Desk
from tests.usecases.intake.test_undo import FILE, foreseen, undo

PDF = b"%PDF-1.4\n%fake\n"


def add(desk: Desk, *paths: Path, **actor: object) -> DocumentsAdded:
    verb = AddDocuments(desk.work, desk.clock, DiskArchive(desk.folder / "archive"), DiskCopyFiles())
    who = Actor(tenant=desk.tenant, user=None, name="Nora", **actor)  # type: ignore[arg-type]  # roles
    return verb(DocumentsToAdd(actor=who, paths=paths))


def reasons(done: DocumentsAdded) -> dict[str, str]:
    return {one.file: one.reason for one in done.left}


@pytest.fixture
def ledger(desk: Desk) -> Desk:
    """Three items: A-1, A-2 and B-1."""
    desk.rows(*FILE)
    return desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with copies."""
    made = tmp_path / "copies"
    (made / "deeper").mkdir(parents=True)
    (made / "A-1.pdf").write_bytes(PDF)
    (made / "deeper" / "invoice A-2.pdf").write_bytes(PDF + b"2")
    (made / "A-2.txt").write_text("no copy")
    (made / "Z-9.pdf").write_bytes(PDF)
    return made


def test_a_folder_is_added_once_and_what_is_no_copy_is_told(ledger: Desk, folder: Path) -> None:
    done = add(ledger, folder)
    assert [(one.file, one.number) for one in done.added] == [("A-1.pdf", "A-1"), ("invoice A-2.pdf", "A-2")]
    assert reasons(done) == {"A-2.txt": "not-a-pdf", "Z-9.pdf": "unknown-number"}
    again = add(ledger, folder)
    assert not again.added
    assert reasons(again)["A-1.pdf"] == "already-there"
    events = ledger.select("select actor, detail from audit where event = 'documents-added' order by seq limit 1")
    assert events == [("Nora", '{"added":2,"left":2,"origin":"folder"}')]


def test_a_zip_is_unpacked_within_its_limits(ledger: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_files, "MOST_ENTRIES", 4)
    monkeypatch.setattr(copy_files, "LARGEST", 1000)
    packed = tmp_path / "copies.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../../A-1.pdf", PDF)
        made.writestr("in\\A-2.pdf", PDF + bytes(100_000))
        made.writestr("inner.zip", b"PK")
        made.writestr("B-1.pdf", PDF)
        made.writestr("A-1 again.pdf", PDF + b"x")
    done = add(ledger, packed)
    assert {one.file for one in done.added} == {"A-1.pdf", "B-1.pdf"}
    assert reasons(done) == {"A-2.pdf": "too-large", "inner.zip": "not-a-pdf", "copies.zip: 1 more": "too-many"}


def test_a_copy_is_fetched_by_those_who_may_see_its_customer(ledger: Desk, folder: Path) -> None:
    add(ledger, folder)
    fetch = FetchDocument(ledger.work, DiskArchive(ledger.folder / "archive"))
    found = fetch(DocumentWanted(actor=ledger.actor, document=1))
    assert (found.document.number, found.file.read_bytes()) == ("A-1", PDF)
    stranger = Actor(tenant=ledger.tenant, user=UserId(9), name="Ben", role="colleague", own_only=True)
    with pytest.raises(NotFound):
        fetch(DocumentWanted(actor=stranger, document=1))
    listing = ListDocuments(ledger.work)
    assert [one.number for one in listing(DocumentsQuestion(actor=ledger.actor))] == ["A-2", "A-1"]
    assert listing(DocumentsQuestion(actor=stranger)) == []


def test_who_may_not_import_adds_nothing_and_a_missing_path_is_refused(ledger: Desk, folder: Path) -> None:
    with pytest.raises(NotAllowed):
        add(ledger, folder, role="collector")
    with pytest.raises(BadInput, match="nowhere"):
        add(ledger, folder / "nowhere")


def test_the_name_that_an_import_gave_is_believed(desk: Desk, tmp_path: Path) -> None:
    header = "customer_code,number,issued_on,due_on,amount,document"
    desk.rows("C1,A-1,2026-01-05,2026-02-10,100,Scan 7.PDF", header=header)
    file = tmp_path / "scan 7.pdf"
    file.write_bytes(PDF)
    assert [one.number for one in add(desk, file).added] == ["A-1"]


def test_copies_vanish_with_the_items_of_an_undone_import(ledger: Desk, folder: Path) -> None:
    add(ledger, folder)
    assert foreseen(ledger, 1).losses.documents == 2
    undo(ledger, 1)
    assert ledger.select("select count(*) from documents") == [(0,)]
