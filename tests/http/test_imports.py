"""A file is handed in, its columns are chosen, its effect is seen, and then it is imported."""

import re

import pytest

from relance.core.tenancy.users import Actor
from tests.http.conftest import Visitor

HEADER = "N° client;Nom;Pièce;Date;Échéance;Montant TTC"
ROWS = [f"C{n};Client {n};F{n};0{n % 9 + 1}/10/2026;1{n % 9}/11/2026;1 234,5{n % 10}" for n in range(1, 21)]


def hand_in(visitor: Visitor, text: str, **fields: str) -> str:
    """The address of the columns page."""
    answer = visitor.client.post(
        "/t/acme/imports/new",
        data={"csrf": visitor.token, "kind": "items", "mode": "stock", "source": "erp"} | fields,
        files={"file": ("..\\..\\etc\\open items.csv", text.encode(), "text/csv")},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def form_of(page: str) -> dict[str, str]:
    """What the browser would send back of the columns page."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    for name, body in re.findall(r'<select class="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        fields[name] = chosen.group(1) if chosen else ""
    return fields


@pytest.fixture
def columns(lucie: Visitor) -> dict[str, str]:
    return form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *ROWS]) + "\n")).text)


def run(visitor: Visitor, fields: dict[str, str], deed: str):
    return visitor.client.post(
        "/t/acme/imports/run", data=fields | {"csrf": visitor.token, "deed": deed}, follow_redirects=False
    )


def test_columns_days_and_decimals_are_suggested(columns: dict[str, str]) -> None:
    chosen = {value for name, value in columns.items() if name.startswith("column.")}
    assert {"customer_code", "number", "issued_on", "due_on", "amount"} <= chosen
    assert columns["date"] == "%d/%m/%Y"
    assert columns["decimal"] == ","
    assert columns["name"] == "open items.csv"


def test_a_check_writes_nothing_and_an_import_does(lucie: Visitor, columns: dict[str, str]) -> None:
    checked = run(lucie, columns, "check")
    assert checked.status_code == 200
    assert "nothing is written yet" in checked.text
    assert "No open items" in lucie.get("/t/acme/items").text
    done = run(lucie, columns, "import")
    assert done.status_code == 303
    report = lucie.get(done.headers["location"]).text
    assert "Accepted" in report
    assert "F7" in lucie.get("/t/acme/items").text
    number = done.headers["location"].split("?")[0].rpartition("/")[2]
    assert lucie.get(f"/t/acme/imports/{number}/original").text.startswith(HEADER)


def test_half_a_list_is_held_and_goes_in_only_when_a_person_insists(lucie: Visitor, columns: dict[str, str]) -> None:
    run(lucie, columns, "import")
    half = form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *ROWS[:8]]) + "\n")).text)
    held = run(lucie, half, "import")
    assert held.status_code == 200
    assert "settle more items by absence" in held.text
    assert "Import anyway" in held.text
    assert run(lucie, half, "override").status_code == 303


def test_a_broken_cell_is_listed_with_its_line(lucie: Visitor, columns: dict[str, str]) -> None:
    broken = [*ROWS[:3], ROWS[3].replace("/11/2026", "/13/2026"), *ROWS[4:]]
    fields = form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *broken]) + "\n")).text) | {"date": "%d/%m/%Y"}
    done = run(lucie, fields, "import")
    page = lucie.get(done.headers["location"]).text
    assert "Not a date" in page
    number = done.headers["location"].split("?")[0].rpartition("/")[2]
    assert "5,Échéance,14/13/2026,bad-date" in lucie.get(f"/t/acme/imports/{number}/rejected").text


def test_two_columns_for_one_field_are_refused_and_the_choice_stays(lucie: Visitor, columns: dict[str, str]) -> None:
    twice = columns | {"column.1": "number"}
    answer = run(lucie, twice, "check")
    assert answer.status_code == 422
    assert "Two columns are chosen for Item number" in answer.text


def test_no_file_and_a_foreign_file_are_refused(lucie: Visitor, collected: Actor) -> None:
    assert lucie.post("/t/acme/imports/new", kind="items").status_code == 422
    assert lucie.get("/t/acme/imports/columns?ref=../../etc/passwd&kind=items").status_code == 404
    assert lucie.get("/t/acme/imports/columns?ref=0000&kind=nothing").status_code in {404, 422}
