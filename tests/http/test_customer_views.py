"""The list of customers shows what each person chose, orders it, keeps it as a view, and exports what it shows."""

import io
import zipfile

import pytest

from relance.core.customers.columns import checked_columns, checked_sort
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor
from tests.http.ledger import add_person

LIST = "/t/acme/customers"


def test_columns_are_a_persons_own_and_go_back(lucie: Visitor, collected: Actor, house: House) -> None:
    assert "Over 90 d" not in lucie.get(LIST).text
    assert lucie.post(f"{LIST}/columns", column=["over-90", "code", "city"]).status_code == 303
    page = lucie.get(LIST).text
    assert "Over 90 d" in page and ">City<" in page and "Oldest due" not in page
    assert 'value="over-90" checked' in lucie.get(f"{LIST}/columns").text
    add_person(house, collected, "marc@acme.example", "Marc", "collector")
    lucie.post("/logout")
    lucie.sign_in("marc@acme.example")
    assert "Over 90 d" not in lucie.get(LIST).text
    lucie.post(f"{LIST}/columns", column=["over-90"])
    lucie.post(f"{LIST}/columns", do="usual", column=["over-90"])
    assert "Over 90 d" not in lucie.get(LIST).text
    assert lucie.post(f"{LIST}/columns", column=["passwords"]).status_code == 422


def test_a_heading_orders_and_turns_the_list(lucie: Visitor, collected: Actor) -> None:
    first, last = "Ferreira Distribuição SA", "Zanetti Marmi Spa"
    falling, rising = (lucie.get(f"{LIST}?sort={sort}").text for sort in ("overdue", "-overdue"))
    assert falling.index(first) < falling.index(last) and rising.index(first) > rising.index(last)
    assert 'aria-sort="descending"><a href="/t/acme/customers?sort=-overdue"' in falling
    assert 'aria-sort="ascending"><a href="/t/acme/customers?sort=overdue"' in rising
    assert lucie.get(f"{LIST}?sort=nonsense").status_code == 422


def test_a_saved_view_keeps_its_columns_and_order(lucie: Visitor, collected: Actor) -> None:
    form = lucie.get("/t/acme/searches/save?target=customers&where=country+%3D+FR&cols=code,country&sort=-name").text
    assert 'name="cols" value="code,country"' in form and 'name="sort" value="-name"' in form
    kept = {"target": "customers", "name": "French", "where": "country = FR", "cols": "code,country", "sort": "-name"}
    assert lucie.post("/t/acme/searches/save", **kept, keep="1").status_code == 303
    page = lucie.get(f"{LIST}?s=4").text
    assert ">Country<" in page and "Oldest due" not in page
    assert page.index("Transports Delaunay") < page.index("Atelier Morin")
    beside = lucie.post(f"{LIST}/columns", s="4", column=["city"])
    assert beside.headers["location"].endswith("?s=4&cols=city")
    lucie.post(f"{LIST}/columns", s="4", column=["city"], keep="1")
    assert ">City<" in lucie.get(f"{LIST}?s=4").text
    assert "Oldest due" in lucie.get(LIST).text


def test_a_view_without_a_filter_may_be_kept_for_its_columns(lucie: Visitor, collected: Actor) -> None:
    bare = {"target": "customers", "name": "All", "where": ""}
    assert lucie.post("/t/acme/searches/save", **bare).status_code == 422
    assert lucie.post("/t/acme/searches/save", **bare, cols="code,city", keep="1").status_code == 303


def test_the_export_is_what_the_list_shows_and_says_what_narrows_it(lucie: Visitor, collected: Actor) -> None:
    path = f"{LIST}/export?where=country+%3D+FR&cols=country,overdue&sort=-overdue"
    rows = lucie.get(f"{path}&format=csv").content.decode("utf-8-sig").split("\r\n")
    assert rows[0] == "Code,Customer,Currency,Country,Overdue"
    assert rows[1] == "C10539,Boulangerie Perrault,EUR,France,2406.60"
    assert rows[5:8] == ["", "Customers on 23 Nov 2026: 4.", "Filters: Country: France"]
    book = zipfile.ZipFile(io.BytesIO(lucie.get(path).content))
    texts = book.read("xl/sharedStrings.xml").decode()
    assert all(f"<t>{text}</t>" in texts for text in (*rows[0].split(","), *rows[6:8]))


def test_who_sees_only_their_own_exports_only_these(lucie: Visitor, collected: Actor, house: House) -> None:
    add_person(house, collected, "cora@acme.example", "Cora", "colleague")
    lucie.post("/t/acme/customers/C10077/assign", collector="1", scenario="", links="1", colleague=["3"])
    lucie.post("/logout")
    lucie.sign_in("cora@acme.example")
    assert lucie.get(f"{LIST}/export?format=csv").status_code == 403
    assert "Transports Delaunay" not in lucie.get(f"{LIST}?cols=colleagues").text


def test_columns_stand_in_their_own_order_and_unknown_ones_are_refused() -> None:
    assert checked_columns(["balance", "code", "balance"]) == ("code", "balance")
    assert checked_sort("-over-90") == ("over-90", True)
    with pytest.raises(BadInput):
        checked_columns(["code", "secret"])
    with pytest.raises(BadInput):
        checked_sort("--name")
