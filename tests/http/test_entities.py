"""A second legal entity: made by an administrator, filled by a file, and never mixed with the first (A23)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput, Conflict, NotFound
from relance.core.kernel.identifiers import ActionId
from relance.core.tenancy.entities import Entity
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.web import web_of
from relance.ports.store.customer_file import CustomerSort
from relance.usecases.collection.preview_action import PreviewRequest
from relance.usecases.insight.browse_customers import CustomersWanted
from relance.usecases.insight.browse_items import ItemsWanted
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted
from relance.usecases.intake.preparing import FileToImport
from relance.usecases.tenancy.add_entity import NewEntity
from relance.usecases.tenancy.change_entity import EntityChange
from relance.usecases.tenancy.change_settings import NewSettings
from tests.http.conftest import AT_HOME, Visitor
from tests.http.ledger import decide, found, house_at
from tests.http.test_imports import form_of, hand_in, run

ITEMS = """Company code;Customer;Customer name;Invoice;Invoice date;Due date;Amount
FR01;C001;Dupont SA;F-1;2026-07-01;2026-08-01;100.00
BE01;C001;Janssens NV;B-1;2026-07-01;2026-08-01;250.00
BE01;C002;Peeters NV;B-2;2026-07-01;2026-08-01;70.00
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = house_at(tmp_path_factory.mktemp("entities"))
    yield house
    house.engine().dispose()


@pytest.fixture(scope="module")
def two(house: House, tmp_path_factory: pytest.TempPathFactory) -> Actor:
    """Two entities of one tenant, with one customer code that both use."""
    system = found(house)
    house.change_settings()(NewSettings(actor=system, values={"bank-iban": "FR76 1111", "company-city": "Lyon"}))
    details = {"iban": "BE68 5390", "country": "BE"}
    house.add_entity()(NewEntity(actor=system, code="BE01", name="Vernier Belgium NV", details=details))
    file = tmp_path_factory.mktemp("files") / "items.csv"
    file.write_text(ITEMS)
    done = house.import_file()(_items(system, file))
    assert (done.state, done.accepted) == ("done", 3)
    decide(house, system)
    return system


@pytest.fixture(scope="module")
def lucie(house: House, two: Actor) -> Iterator[Visitor]:
    with TestClient(app=web_of(house), base_url=AT_HOME) as client:
        visitor = Visitor(client)
        visitor.sign_in("admin@acme.example")
        yield visitor


def _items(actor: Actor, file: Path) -> FileToImport:
    return FileToImport(actor=actor, kind="items", file=file, file_name=file.name, source="erp")


@pytest.mark.parametrize("search", ["", "code in (C002, C001)"])
def test_a_page_that_ends_between_two_customers_of_one_code_loses_neither(
    house: House, two: Actor, search: str
) -> None:
    seen, after = [], None
    for _ in range(9):
        sort: CustomerSort = "listed" if search else "code"
        found = house.browse_customers()(
            CustomersWanted(actor=two, criteria=parse(search), sort=sort, after=after, limit=1)
        )
        seen += [(line.code, line.name) for line in found.lines]
        if not found.more:
            break
        last = found.lines[-1]
        place = {"C002": 0, "C001": 1}[last.code] if search else last.code
        after = (place, last.code, last.currency, last.customer)
    one, other = ("C001", "Dupont SA"), ("C001", "Janssens NV")
    assert seen == ([("C002", "Peeters NV"), one, other] if search else [one, other, ("C002", "Peeters NV")])


def test_a_message_is_signed_by_the_entity_that_is_owed_and_asks_for_its_bank(house: House, two: Actor) -> None:
    said = [house.preview_action()(PreviewRequest(actor=two, action=ActionId(n))).text for n in (1, 2, 3)]
    first, belgian = (next(text for text in said if number in text) for number in ("F-1", "B-1"))
    assert "Vernier Belgium NV" in belgian and "BE68 5390" in belgian and "FR76" not in belgian
    assert "Atelier Vernier SAS" in first and "FR76 1111" in first and "BE68" not in first


def test_a_code_that_two_entities_use_names_no_customer_alone(lucie: Visitor) -> None:
    assert lucie.get("/t/acme/customers/C001").status_code == 409
    assert "Janssens NV" in lucie.get("/t/acme/customers/BE01:C001").text
    assert "Dupont SA" in lucie.get("/t/acme/customers/FR01:C001").text
    assert "Peeters NV" in lucie.get("/t/acme/customers/C002").text


def test_screens_say_which_entity_and_lead_to_its_customer(lucie: Visitor) -> None:
    shown = lucie.get("/t/acme/customers").text
    assert "/t/acme/customers/BE01%3AC001" in shown
    assert "<td" in shown and "BE01</td>" in shown
    assert "BE01" in lucie.get("/t/acme/items").text
    assert "BE01" in lucie.get("/t/acme/agenda").text
    assert "Vernier Belgium NV" in lucie.get("/t/acme/customers/BE01:C001").text
    assert "Vernier Belgium NV" in lucie.get("/t/acme/reports/aged-balance?by=entity").text
    assert lucie.get("/t/acme/items/export?format=csv").text.splitlines()[0].lstrip("\ufeff").startswith("Entity")


def test_search_and_aged_balance_tell_the_entities_apart(house: House, two: Actor) -> None:
    found = house.browse_customers()(CustomersWanted(actor=two, criteria=parse("entity = BE01")))
    assert {line.name for line in found.lines} == {"Janssens NV", "Peeters NV"}
    balance = house.show_aged_balance()(AgedBalanceWanted(actor=two, by="entity"))
    assert {row.of: row.total for row in balance.rows} == {"FR01": 10000, "BE01": 32000}


def test_the_wizard_takes_the_entity_from_a_column_or_for_every_row(lucie: Visitor, house: House, two: Actor) -> None:
    more = ITEMS.replace("F-1", "F-8").replace("B-1", "B-8").replace("B-2", "B-9")
    fields = form_of(lucie.get(hand_in(lucie, more, source="web", mode="delta")).text)
    assert "entity" in {value for name, value in fields.items() if name.startswith("column.")}
    assert run(lucie, fields, "import").status_code == 200
    bare = "".join(line.partition(";")[2] for line in more.splitlines(True)[:2]).replace("F-8", "W-1")
    fields = form_of(lucie.get(hand_in(lucie, bare, source="web2", mode="delta")).text)
    fields |= {"entity": "BE01"}
    assert run(lucie, fields, "import").status_code == 200
    found = house.browse_items()(ItemsWanted(actor=two, view="all"))
    of = {line.item.number: found.entities[line.entity] for line in found.lines}
    assert {number: of[number] for number in ("F-8", "B-8", "B-9", "W-1")} == {
        "F-8": "FR01",
        "B-8": "BE01",
        "B-9": "BE01",
        "W-1": "BE01",
    }


def test_the_settings_page_adds_renames_and_refuses(lucie: Visitor, house: House, two: Actor) -> None:
    refused = lucie.post("/t/acme/settings/entities/new", code="BE 01", name="X", country="FR")
    assert refused.status_code == 422
    assert lucie.post("/t/acme/settings/entities/new", code="be01", name="X", country="FR").status_code == 422
    assert (
        lucie.post("/t/acme/settings/entities/new", code="DE01", name="Vernier GmbH", country="DE").status_code == 303
    )
    saved = lucie.post("/t/acme/settings/entities/DE01", name="Vernier Deutschland GmbH", iban="DE02", country="DE")
    assert saved.status_code == 303
    last = house.list_entities()(two)[-1]
    assert (last.name, last.iban, last.code) == ("Vernier Deutschland GmbH", "DE02", "DE01")
    assert "Vernier Deutschland GmbH" in lucie.get("/t/acme/settings/entities").text


def test_the_first_entity_signs_as_the_company_of_the_settings(house: House, two: Actor) -> None:
    with pytest.raises(BadInput, match="settings"):
        house.change_entity()(EntityChange(actor=two, code="FR01", details={"iban": "X"}))
    with pytest.raises(NotFound):
        house.change_entity()(EntityChange(actor=two, code="XX", name="X"))
    with pytest.raises(Conflict):
        house.add_entity()(NewEntity(actor=two, code="BE01", name="Again"))
    house.change_settings()(NewSettings(actor=two, values={"name": "Atelier Vernier SA"}))
    assert house.list_entities()(two)[0].name == "Atelier Vernier SA"
    house.change_settings()(NewSettings(actor=two, values={"name": "Atelier Vernier SAS"}))


def test_where_there_is_one_entity_no_screen_says_so(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    system = found(house)
    file = tmp_path / "items.csv"
    file.write_text(
        ITEMS.replace("Company code;", "").replace("FR01;", "").replace("BE01;C001", "C003").replace("BE01;", "")
    )
    house.import_file()(_items(system, file))
    shown = house.browse_customers()(CustomersWanted(actor=system))
    assert "entity" not in shown.columns
    assert house.list_entities()(system) == [
        Entity(entity=shown.lines[0].entity, code="FR01", name="Atelier Vernier SAS")
    ]
    house.engine().dispose()
