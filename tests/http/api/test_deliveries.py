"""Programs read deliveries and resolve what is unknown."""

from litestar.testing import TestClient

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.api.conftest import KeyMaker
from tests.http.ledger import decide, write_ledger
from tests.http.test_deliveries import doubt


def test_deliveries_are_read_page_by_page_and_resolved(
    api: TestClient, house: House, acme: Tenant, key: KeyMaker
) -> None:
    actor = Actor(tenant=acme.tenant, user=None, name="system")
    write_ledger(house, acme.tenant)
    decide(house, actor)
    doubt(house, actor)
    first = api.get("/api/v1/deliveries?limit=2", headers=key()).json()
    rest = api.get(f"/api/v1/deliveries?limit=500&cursor={first['cursor']}", headers=key()).json()
    assert rest["cursor"] is None
    assert len(first["rows"]) + len(rest["rows"]) == sum(first["counts"].values()) > 2
    action = first["rows"][0]["action"]
    told = api.get(f"/api/v1/deliveries/{action}", headers=key()).json()
    assert [one["outcome"] for one in told["attempts"]] == ["unknown"]
    answer = api.post(
        f"/api/v1/deliveries/{action}/resolve",
        json={"answer": "sent", "reason": "in the relay's log"},
        headers=key() | {"idempotency-key": "one"},
    )
    assert answer.json() == {"action": action, "state": "sent", "generation": 1}
    sent = api.get("/api/v1/deliveries?state=sent", headers=key()).json()
    assert [row["evidence"][-18:] for row in sent["rows"]] == ["in the relay's log"]
