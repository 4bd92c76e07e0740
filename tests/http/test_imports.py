"""A file is handed in, its columns are chosen, its effect is seen, and then it is imported."""

import re
import time
from html import unescape

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
    fields = {name: unescape(value) for name, value in re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', page)}
    fields |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" checked', page))
    for name, body in re.findall(r'<select class="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        fields[name] = unescape(chosen.group(1)) if chosen else ""
    return {name: value for name, value in fields.items() if not name.startswith("answer.")}


@pytest.fixture
def columns(lucie: Visitor) -> dict[str, str]:
    return form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *ROWS]) + "\n")).text)


def run(visitor: Visitor, fields: dict[str, str], deed: str):
    """Where a run has led: its page once it has ended."""
    sent = fields | {"csrf": visitor.token, "deed": deed}
    answer = visitor.client.post("/t/acme/imports/run", data=sent, follow_redirects=False)
    while answer.status_code == 303:
        answer = visitor.get(answer.headers["location"])
        if "data-events" in answer.text:
            time.sleep(0.1)
            answer = visitor.get(answer.request.url.path)
    return answer


def number_of(answer) -> str:
    return str(answer.request.url.path).rpartition("/")[2]


def test_columns_days_and_decimals_are_suggested(columns: dict[str, str]) -> None:
    chosen = {value for name, value in columns.items() if name.startswith("column.")}
    assert {"customer_code", "number", "issued_on", "due_on", "amount"} <= chosen
    assert columns["option.date"] == "%d/%m/%Y"
    assert columns["option.decimal"] == ","
    assert columns["name"] == "open items.csv"


def test_a_check_writes_nothing_and_an_import_does(lucie: Visitor, columns: dict[str, str]) -> None:
    checked = run(lucie, columns, "check")
    assert "nothing is written yet" in checked.text
    assert "Import 20 rows" in checked.text
    assert "No open items" in lucie.get("/t/acme/items").text
    done = run(lucie, form_of(checked.text), "import")
    assert "rows are fine" in done.text
    assert "F7" in lucie.get("/t/acme/items").text
    assert lucie.get(f"/t/acme/imports/{number_of(done)}/original").text.startswith(HEADER)


def test_half_a_list_is_held_and_goes_in_only_when_a_person_types_what_it_does(
    lucie: Visitor, columns: dict[str, str]
) -> None:
    run(lucie, columns, "import")
    half = form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *ROWS[:8]]) + "\n")).text)
    held = run(lucie, half, "import")
    assert "settle more items by absence" in held.text
    assert "Import anyway" in held.text
    again = form_of(held.text)
    assert again["must"] == "12"
    assert run(lucie, again, "override").status_code == 422
    assert "rows are fine" in run(lucie, again | {"typed": "12"}, "override").text


def test_a_broken_cell_is_listed_with_its_line(lucie: Visitor, columns: dict[str, str]) -> None:
    broken = [*ROWS[:3], ROWS[3].replace("/11/2026", "/13/2026"), *ROWS[4:]]
    fields = form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *broken]) + "\n")).text)
    checked = run(lucie, fields | {"option.date": "%d/%m/%Y"}, "check")
    assert "Not a date" in checked.text
    assert "5,Échéance,14/13/2026,bad-date" in lucie.get(f"{checked.request.url.path}/rejected").text
    done = run(lucie, form_of(checked.text), "import")
    assert "5,Échéance,14/13/2026,bad-date" in lucie.get(f"/t/acme/imports/{number_of(done)}/rejected").text


def test_pasted_rows_are_a_file_too(lucie: Visitor) -> None:
    pasted = "\r\n".join(line.replace(";", "\t") for line in [HEADER, *ROWS])
    answer = lucie.post("/t/acme/imports/new", pasted=pasted)
    assert answer.status_code == 303
    fields = form_of(lucie.get(answer.headers["location"]).text)
    assert (fields["name"], fields["option.delimiter"]) == ("pasted.txt", "\t")
    assert "Import 20 rows" in run(lucie, fields, "check").text


def test_a_column_that_is_asked_for_is_answered(lucie: Visitor) -> None:
    unclear = "\n".join([HEADER.replace("Pièce", "Zz"), *ROWS]) + "\n"
    asked = run(lucie, form_of(lucie.get(hand_in(lucie, unclear)).text), "check")
    assert "Which column holds “Item number”?" in asked.text
    answered = form_of(asked.text) | {"answer.0": '["map", "number", "Zz"]'}
    assert "Import 20 rows" in run(lucie, answered, "check").text


def test_what_is_left_of_an_amount_is_proposed(lucie: Visitor) -> None:
    paid = "\n".join([f"{HEADER};Montant réglé", *(f"{row};234,00" for row in ROWS)]) + "\n"
    asked = lucie.get(hand_in(lucie, paid))
    (proposed,) = re.findall(r'<input type="radio" name="answer.0" value="([^"]*)" required checked', asked.text)
    answered = form_of(asked.text) | {"answer.0": unescape(proposed)}
    checked = run(lucie, answered, "check")
    assert "Import 20 rows" in checked.text
    assert "20,010.90" in unescape(checked.text)


def test_a_run_tells_how_it_goes_and_where_it_ends(lucie: Visitor, columns: dict[str, str]) -> None:
    checked = run(lucie, columns, "check")
    events = lucie.get(f"{checked.request.url.path}/events")
    assert events.headers["content-type"].startswith("text/event-stream")
    assert "event: end" in events.text
    assert checked.request.url.path in events.text
    assert lucie.get("/t/acme/imports/runs/99").status_code == 404


def test_two_columns_for_one_field_are_refused_and_the_choice_stays(lucie: Visitor, columns: dict[str, str]) -> None:
    twice = columns | {"column.1": "number"}
    answer = run(lucie, twice, "check")
    assert answer.status_code == 422
    assert "Two columns are chosen for Item number" in answer.text


def test_no_file_and_a_foreign_file_are_refused(lucie: Visitor, collected: Actor) -> None:
    assert lucie.post("/t/acme/imports/new", kind="items").status_code == 422
    assert lucie.get("/t/acme/imports/columns?ref=../../etc/passwd&kind=items").status_code == 404
    assert lucie.get("/t/acme/imports/columns?ref=0000&kind=nothing").status_code in {404, 422}
    assert lucie.post("/t/acme/imports/run", ref="0000", kind="items", deed="check").status_code == 404


def test_a_file_like_one_before_is_read_as_it_was_and_can_be_read_afresh(
    lucie: Visitor, columns: dict[str, str]
) -> None:
    run(lucie, columns | {"column.1": "reference", "profile": "Sage", "source": ""}, "import")
    again = hand_in(lucie, "\n".join([HEADER, *ROWS[:19]]) + "\n", source="")
    page = lucie.get(again).text
    assert "as last time" in page and "remembered from before" in page
    fields = form_of(page)
    assert (fields["profile"], fields["use"], fields["column.1"]) == ("Sage", "Sage", "reference")
    assert "Settled by absence" in run(lucie, fields, "check").text

    sent = fields | {"csrf": lucie.token, "deed": "look", "use": ""}
    afresh = lucie.client.post("/t/acme/imports/run", data=sent, follow_redirects=False)
    fields = form_of(lucie.get(afresh.headers["location"]).text)
    assert (fields["profile"], fields["use"], fields["column.1"]) == ("", "", "")


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("items", HEADER, ROWS[0]),
        ("customers", "Code client;Raison sociale;Adresse;Ville", "C1;Alpha;1 rue A;Paris"),
        ("contacts", "Code client;Nom;Prénom;Email", "C1;Durand;Anne;anne@alpha.example"),
        ("payments", "Code client;Date règlement;Montant", "C1;13/10/2026;100,00"),
        ("users", "email;name;role", "anne@acme.example;Anne;collector"),
    ],
)
def test_what_a_file_holds_is_recognised(lucie: Visitor, kind: str, header: str, row: str) -> None:
    page = lucie.get(hand_in(lucie, f"{header}\n{row}\n", kind="")).text
    assert form_of(page)["kind"] == kind


def test_a_picture_is_refused_where_another_file_can_be_chosen(lucie: Visitor) -> None:
    answer = lucie.get(hand_in(lucie, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", kind=""))
    assert answer.status_code in {200, 422}
    assert 'role="alert"' in answer.text


def test_unknown_customers_are_created_or_left_out_as_a_person_chooses(lucie: Visitor, columns: dict[str, str]) -> None:
    run(lucie, columns, "import")
    strangers = [row.replace(f"C{n};", f"X{n};").replace(f"F{n};", f"G{n};") for n, row in enumerate(ROWS[:3], 1)]
    fields = form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *ROWS, *strangers]) + "\n")).text)
    checked = run(lucie, fields, "check")
    assert "3 customers of this file are not known yet" in checked.text
    form = form_of(checked.text) | {"option.create-customers": "no"}
    form.pop("keep_newcomers")
    without = run(lucie, form, "check")
    assert "Unknown customer" in without.text
    assert "Import 20 rows" in without.text
    assert "22,N° client,X1,unknown-customer" in lucie.get(f"{without.request.url.path}/rejected").text
    again = form_of(without.text)
    assert again["option.create-customers"] == "no"
    done = run(lucie, again, "import")
    assert "X1" in lucie.get(f"/t/acme/imports/{number_of(done)}/rejected").text
