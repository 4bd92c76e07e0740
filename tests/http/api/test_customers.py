"""A customer's fields and contacts through the API."""

from pathlib import Path

import pytest

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.intake.import_file import FileToImport


@pytest.fixture
def ledger(house: House, acme: Tenant, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("code,name,city\nA-1,Un,Lille\n")
    actor = Actor(tenant=acme.tenant, user=None, name="system")
    house.import_file()(FileToImport(actor=actor, kind="customers", file=file, file_name=file.name))


def test_fields_are_read_and_set(api, key, ledger: None) -> None:  # type: ignore[no-untyped-def]  # fixtures of the folder
    read, collect = key("read"), key("read", "collect")
    path = "/api/v1/customers/A-1"
    assert api.patch(path, headers=read, json={"city": "Lens"}).status_code == 403
    set_ = api.patch(path, headers=collect, json={"city": "Lens", "credit_limit": "12.50", "custom": {"Rank": "A"}})
    assert set_.json() == {"code": "A-1", "changed": {"city": "Lens", "credit_limit": "12.50", "custom.Rank": "A"}}
    found = api.get(path, headers=read).json()
    assert (found["fields"]["city"], found["fields"]["credit_limit"]) == ("Lens", "12.50")
    assert "city" in found["imported"] and "city" in found["written"]
    assert api.patch(path, headers=collect, json={"nonsense": 1}).status_code == 422
    assert api.patch(path, headers=collect, json={"name": ""}).status_code == 422


def test_contacts_come_change_and_go(api, key, ledger: None) -> None:  # type: ignore[no-untyped-def]  # as above
    both, path = key("read", "collect"), "/api/v1/customers/A-1/contacts"
    made = api.post(path, headers=both, json={"name": "Ann", "email": "ann@un.example", "collection": True})
    assert made.status_code == 201
    number = made.json()["number"]
    assert api.patch(f"{path}/{number}", headers=both, json={"phone": "1"}).json()["email"] == "ann@un.example"
    assert [row["phone"] for row in api.get(path, headers=both).json()["rows"]] == ["1"]
    assert api.patch(f"{path}/{number}", headers=both, json={"role": "legal"}).json()["role"] == "legal"
    refused = api.patch(f"{path}/{number}", headers=both, json={"role": "wizard"})
    assert refused.status_code == 422 and "accounting, purchasing" in refused.json()["detail"]
    assert api.patch(f"{path}/99", headers=both, json={"phone": "1"}).status_code == 404
    assert api.delete(f"{path}/{number}", headers=both).status_code == 204
    assert api.delete(f"{path}/{number}", headers=both).status_code == 404


def test_a_group_gets_another_name_and_goes(api, key, ledger: None) -> None:  # type: ignore[no-untyped-def]  # as above
    mine = key("read", "assign")
    number = api.post("/api/v1/groups", headers=mine, json={"name": "Key"}).json()["number"]
    path = f"/api/v1/groups/{number}"
    [row] = api.get("/api/v1/groups", headers=mine).json()["rows"]
    assert (row["name"], row["sales_from"], row["figures"]) == ("Key", None, []), "no history of sales yet (B19)"
    api.post("/api/v1/searches", headers=mine, json={"name": "S", "search": "group = Key"})
    assert api.patch(path, headers=mine, json={"name": "Large"}).json() == {"number": number, "name": "Large"}
    assert [row["search"] for row in api.get("/api/v1/searches", headers=mine).json()["rows"]] == ["group = Large"]
    assert api.patch(path, headers=key("read"), json={"name": "X"}).status_code == 403
    assert api.delete(path, headers=mine).status_code == 204
    assert api.delete(path, headers=mine).status_code == 404
