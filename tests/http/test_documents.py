"""Copies of invoices are handed in on a page, shown with their items, and leave as attachments only."""

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.intake.import_file import FileToImport
from tests.http.conftest import Visitor
from tests.http.test_import_undo import LINES, import_lines

PDF = b"%PDF-1.4\n<script>alert(1)</script>"


def hand_in(visitor: Visitor, name: str, content: bytes = PDF) -> str:
    files = {"file": (name, content, "text/html")}
    answer = visitor.client.post("/t/acme/imports/copies", data={"csrf": visitor.token}, files=files)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def test_a_copy_is_handed_in_shown_with_its_item_and_downloaded(house: House, lucie: Visitor, system: Actor) -> None:
    import_lines(house, system, *LINES)
    assert "No copy yet" in lucie.get("/t/acme/imports/copies").text
    assert "1 copy added" in hand_in(lucie, "..\\..\\Facture A-1.pdf")
    assert "This copy is there already." in hand_in(lucie, "Facture A-1.pdf")
    assert "No item bears a number" in hand_in(lucie, "<b>Z-9.pdf", PDF)
    assert "This is no PDF." in hand_in(lucie, "A-2.pdf", b"<html>")
    assert 'href="/t/acme/documents/1" download' in lucie.get("/t/acme/customers/C1").text
    assert 'href="/t/acme/documents/1" download' in lucie.get("/t/acme/items/1").text
    answer = lucie.get("/t/acme/documents/1")
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Facture%20A-1.pdf"
    assert lucie.get("/t/acme/documents/9").status_code == 404
    assert lucie.post("/t/acme/imports/copies").status_code == 422


def test_an_address_that_the_file_gave_is_only_linked(house: House, lucie: Visitor, system: Actor) -> None:
    file = house.environment().data_folder / "open.csv"
    rows = ("C1,A-1,2026-01-05,2026-02-10,100,https://erp.example/a1", "C1,A-2,2026-01-05,2026-02-10,5,javascript:x")
    file.write_text("\n".join(("customer_code,number,issued_on,due_on,amount,document", *rows)) + "\n")
    wanted = FileToImport(actor=system, kind="items", file=file, file_name="open.csv")
    assert house.import_file()(wanted).state == "done"
    assert 'href="https://erp.example/a1" rel="noopener noreferrer"' in lucie.get("/t/acme/items/1").text
    assert 'href="javascript' not in lucie.get("/t/acme/items/2").text


def test_who_may_only_look_downloads_and_hands_nothing_in(house: House, viewer: Visitor, system: Actor) -> None:
    import_lines(house, system, *LINES)
    assert viewer.get("/t/acme/imports/copies").status_code == 403
    assert viewer.get("/t/acme/documents/1").status_code == 404
