"""The feed that ERPs already send, through the addresses that they know."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.tenancy.add_key import KeyMade, NewKey

Api = TestClient[Litestar]
ITEMS = """client_code;item_number;item_date_issue;item_date_due;item_amount_initial_inc_tax;item_extra;
"C1";"F1";"2026/01/05";"2026/02/05";"1\u00a0200,50";"5" pipe";
"C2";"F2";"05/01/2026";"05/02/2026";"1200.00123";"";
"C2";;"20260105";"05-FEB-26";"-100";"";
"""


@pytest.fixture
def made(house: House, acme: Tenant) -> KeyMade:
    actor = Actor(tenant=acme.tenant, user=None, name="system")
    return house.add_key()(NewKey(actor=actor, name="erp", scopes=("import",)))


def secret_of(made: KeyMade) -> str:
    return made.key.rpartition("_")[2]


def test_a_stock_of_items_is_imported_as_it_comes(api: Api, made: KeyMade) -> None:
    answer = api.post(
        "/api/items?clear_items_not_modified=true",
        content=ITEMS.encode(),
        headers={"content-type": "text/csv"},
        auth=(made.id, secret_of(made)),
    )
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["state"], report["rows"], report["accepted"], report["new"]) == ("done", 3, 2, 2)
    assert report["sums"] == {"EUR": "2400.50"}
    assert [(row["line"], row["column"], row["code"]) for row in report["rejected"]] == [
        (4, "item_number", "missing-value")
    ]
