"""The aged balance and the items on screen and as files: the same figures, and nothing that a spreadsheet would run."""

import csv
import io
import zipfile

from sqlalchemy import update

from relance.adapters.store.tables.customers import customers
from relance.core.customers.mass_changes import Changes, Selection
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.customers.change_many import ManyChanges
from tests.http.conftest import Visitor
from tests.http.ledger import LEDGER

HOSTILE = '=HYPERLINK("http://evil.example","pay")'


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def rename(house: House, name: str) -> None:
    with house.engine().begin() as connection:
        connection.execute(update(customers).where(customers.c.customer_id == 1).values(name=name))


def test_the_balance_sums_to_the_ledger(lucie: Visitor, collected: Actor) -> None:
    owed = sum(amount for *_, invoices in LEDGER for _, amount in invoices)
    last = rows(lucie.get("/t/acme/reports/aged-balance/export?format=csv").text)[-1]
    assert last["Customer"] == "Total"
    assert last["Total"].replace(".", "") == str(owed)
    parts = ("Not due", "1 to 30 d", "31 to 60 d", "61 to 90 d", "Over 90 d", "Credits")
    assert sum(int(last[part].replace(".", "")) for part in parts) == owed


def test_the_screen_shows_what_the_file_holds(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get("/t/acme/reports/aged-balance").text
    for row in rows(lucie.get("/t/acme/reports/aged-balance/export?format=csv").text):
        assert f"{float(row['Total']):,.2f}" in page


def test_a_search_narrows_rows_and_totals_together(lucie: Visitor, collected: Actor) -> None:
    found = rows(lucie.get("/t/acme/reports/aged-balance/export?format=csv&q=kessler").text)
    assert [row["Total"] for row in found] == ["12705.00", "12705.00"]


def test_a_past_day_says_that_history_begins_later(lucie: Visitor, collected: Actor) -> None:
    assert "taken back" in lucie.get("/t/acme/reports/aged-balance?as_of=2026-11-01").text


def test_a_day_that_is_none_is_refused(lucie: Visitor, collected: Actor) -> None:
    assert lucie.get("/t/acme/reports/aged-balance?as_of=yesterday").status_code == 422


def test_a_hostile_name_stays_text_on_screen_and_in_files(lucie: Visitor, collected: Actor, house: House) -> None:
    rename(house, HOSTILE)
    for path in ("/t/acme/reports/aged-balance", "/t/acme/customers", "/t/acme/items"):
        shown = rows(lucie.get(f"{path}/export?format=csv&q=evil.example").text)
        assert any("'" + HOSTILE in row.values() for row in shown)
        book = zipfile.ZipFile(io.BytesIO(lucie.get(f"{path}/export?q=evil.example").content))
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "evil.example" in book.read("xl/sharedStrings.xml").decode()
    rename(house, "<script>alert(1)</script>")
    for path in ("/t/acme/reports/aged-balance", "/t/acme/customers", "/t/acme/items?view=all", "/t/acme/items/1"):
        page = lucie.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_an_export_is_on_record_with_its_rows(lucie: Visitor, collected: Actor) -> None:
    lucie.get("/t/acme/items/export?format=csv&view=overdue")
    trail = lucie.get("/t/acme/settings/audit?q=exported").text
    assert "table:items" in trail
    assert "overdue" in trail


def test_items_are_read_page_by_page(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get("/t/acme/items?view=overdue").text
    assert page.count('class="doc"') == sum(late > 0 for *_, invoices in LEDGER for late, _ in invoices)
    assert lucie.get("/t/acme/items?after=zzz").status_code == 422


def test_an_item_tells_its_story_and_a_foreign_one_is_not_found(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get("/t/acme/items/1").text
    assert "FA-26-1001" in page
    assert "History" in page
    assert lucie.get("/t/acme/items/99999").status_code == 404


def test_s0_7_the_aged_balance_is_narrowed_to_a_colleague_or_a_search(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    wanted = Changes(add_colleagues=("admin@acme.example",))
    house.change_many()(ManyChanges(actor=collected, selection=Selection(codes=("C10077",)), wanted=wanted))
    place = "/t/acme/reports/aged-balance"
    kept = rows(lucie.get(f"{place}/export?format=csv&colleague=admin@acme.example").text)
    assert [row["Customer"] for row in kept] == ["C10077", "Total"]
    page = lucie.get(f"{place}?colleague=admin@acme.example").text
    assert "Groupe Marchetti" in page and "Nordlys" not in page
    page = lucie.get(f"{place}?where=country+%3D+NO&by=country").text
    assert "Country: Norway" in page and "where=" in page and "48,215" not in page
    assert "at character" in lucie.get(f"{place}?where=country").text
    assert lucie.get(f"{place}/export?format=csv&where=country").status_code == 422
