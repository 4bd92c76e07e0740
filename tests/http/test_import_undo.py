"""An import is undone from its report: what would be lost is said before, and who may not is not offered it."""

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.intake.import_file import FileToImport
from tests.http.conftest import Visitor

HEADER = "customer_code,customer_name,number,issued_on,due_on,amount"
LINES = ("C1,Anna,A-1,2026-01-05,2026-02-10,100", "C1,Anna,A-2,2026-01-05,2026-02-10,50")


def import_lines(house: House, system: Actor, *lines: str) -> int:
    file = house.environment().data_folder / "open.csv"
    file.write_text("\n".join((HEADER, *lines)) + "\n")
    wanted = FileToImport(actor=system, kind="items", file=file, file_name="open.csv", source="erp")
    return house.import_file()(wanted).number


def test_the_latest_import_is_undone_after_its_losses_were_shown(house: House, lucie: Visitor, system: Actor) -> None:
    first = import_lines(house, system, *LINES)
    second = import_lines(house, system, *LINES, "C2,Ben,B-1,2026-01-05,2026-02-10,70")
    report = lucie.get(f"/t/acme/imports/{second}").text
    assert f"/t/acme/imports/{second}/undo" in report
    assert "Effect by amount" in report
    waits = lucie.get(f"/t/acme/imports/{first}/undo").text
    assert "must be undone first" in waits
    assert "Undo this import" not in waits
    assert lucie.post(f"/t/acme/imports/{first}/undo").status_code == 409
    asked = lucie.get(f"/t/acme/imports/{second}/undo").text
    assert "Items that vanish" in asked
    assert "Customers that vanish" in asked
    done = lucie.post(f"/t/acme/imports/{second}/undo")
    assert done.status_code == 303
    report = lucie.get(done.headers["location"]).text
    assert "Undone" in report
    assert f"/t/acme/imports/{second}/undo" not in report
    assert "B-1" not in lucie.get("/t/acme/items").text
    assert "Undone" in lucie.get("/t/acme/imports").text


def test_who_may_not_undo_is_not_let_in(house: House, viewer: Visitor, system: Actor) -> None:
    number = import_lines(house, system, *LINES)
    assert viewer.get(f"/t/acme/imports/{number}/undo").status_code == 403
    assert viewer.post(f"/t/acme/imports/{number}/undo").status_code == 403
