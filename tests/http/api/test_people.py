"""People, invitations, deputies, groupings and keys of one person, through the API (B5, B16, B17, A22)."""

from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor, Role
from relance.main.container import House
from relance.usecases.intake.import_file import FileToImport
from relance.usecases.tenancy.add_key import NewKey
from relance.usecases.tenancy.add_user import NewUser
from relance.usecases.tenancy.change_user import UserChange
from tests.http.api.conftest import KeyMaker


def administer(api: TestClient[Litestar], head: dict[str, str]) -> None:
    """One administrator must stay."""
    boss = {"email": "boss@acme.example", "name": "Boss", "role": "administrator"}
    assert api.post("/api/v1/users", json=boss, headers=head).status_code == 201


@pytest.mark.parametrize(
    ("role", "ticked", "allowed"),
    [
        ("viewer", (), True),
        ("viewer", ("-export",), False),
        ("collector", (), True),
        ("colleague", (), False),
        ("colleague", ("export",), True),
    ],
)
def test_a22_a_table_leaves_as_a_file_only_for_who_may_export(
    api: TestClient[Litestar],
    house: House,
    acme: Tenant,
    key: KeyMaker,
    role: Role,
    ticked: tuple[str, ...],
    allowed: bool,
) -> None:
    administer(api, key("settings"))
    system = Actor(tenant=acme.tenant, user=None, name="system")
    added = house.add_user()(NewUser(actor=system, email="zoe@acme.example", name="Zoe", role=role))
    house.change_user()(UserChange(actor=system, user=added.user, name="Zoe", role=role, active=True, rights=ticked))
    made = house.add_key()(NewKey(actor=system, name="k", scopes=("read",), email="zoe@acme.example"))
    answer = api.get("/api/v1/customers/C1/statement", headers={"authorization": f"Bearer {made.key}"})
    assert answer.status_code == (404 if allowed else 403), "404: allowed, and there is no such customer"


def test_a_person_is_added_invited_changed_and_named_as_a_deputy(
    api: TestClient[Litestar], acme: Tenant, key: KeyMaker
) -> None:
    head = key("settings")
    administer(api, head)
    wanted = {"email": "ben@acme.example", "name": "Ben", "role": "collector"}
    ben = api.post("/api/v1/users", json=wanted, headers=head).json()
    invited = api.post(f"/api/v1/users/{ben['id']}/invitation", headers=head).json()
    assert (invited["mailed"], invited["reason"]) == (False, "no-site")
    changed = api.patch(f"/api/v1/users/{ben['id']}", json={"sees": "own", "rights": ["assign"]}, headers=head)
    assert changed.status_code == 200, changed.text
    assert (changed.json()["sees"], changed.json()["rights"], changed.json()["name"]) == ("own", ["assign"], "Ben")
    assert api.patch(f"/api/v1/users/{ben['id']}", json={"sees": None}, headers=head).json()["sees"] is None
    [ann] = [row for row in api.get("/api/v1/users", headers=head).json()["rows"] if row["role"] == "collector"][:1]
    days = {"user": ann["id"], "deputy": ben["id"], "first_on": "2030-01-01", "last_on": "2030-01-05"}
    named = api.post("/api/v1/deputies", json=days, headers=head).json()
    assert api.post("/api/v1/deputies", json=days, headers=head).status_code == 409
    [row] = api.get("/api/v1/deputies", headers=head).json()["rows"]
    assert (row["deputy_name"], row["last_on"]) == ("Ben", "2030-01-05")
    assert api.delete(f"/api/v1/deputies/{named['number']}", headers=head).status_code == 204
    assert api.get("/api/v1/deputies", headers=head).json()["rows"] == []


def test_a_task_moves_in_its_order(api: TestClient[Litestar], acme: Tenant, key: KeyMaker) -> None:
    head = key("settings", "assign")
    for value in ("North", "South"):
        api.post("/api/v1/assignment/tasks", json={"attribute": "group", "value": value}, headers=head)
    rows = api.post("/api/v1/assignment/tasks/2/move", json={"up": True}, headers=head).json()["rows"]
    assert [row["value"] for row in rows] == ["South", "North"]
    wanted = {"attribute": "group", "value": "West", "search": "country = FR"}
    changed = api.patch("/api/v1/assignment/tasks/2", json=wanted, headers=head).json()
    assert (changed["value"], changed["search"], changed["position"]) == ("West", "country = FR", 1)


def test_a22_a_key_of_a_person_sees_and_may_no_more_than_the_person(
    api: TestClient[Litestar], house: House, acme: Tenant, key: KeyMaker
) -> None:
    api.post(
        "/api/v1/users",
        json={"email": "cora@acme.example", "name": "Cora", "role": "colleague"},
        headers=key("settings"),
    )
    administer(api, key("settings"))
    system = Actor(tenant=acme.tenant, user=None, name="system")
    made = house.add_key()(
        NewKey(actor=system, name="Cora's own", scopes=("read", "settings"), email="cora@acme.example")
    )
    head = {"authorization": f"Bearer {made.key}"}
    assert api.get("/api/v1/customers", headers=head).json()["count"] == 0
    assert api.get("/api/v1/users", headers=head).status_code == 403
    [cora] = [user for user in house.list_users()(system) if user.name == "Cora"]
    api.patch(f"/api/v1/users/{cora.user}", json={"active": False}, headers=key("settings"))
    assert api.get("/api/v1/customers", headers=head).status_code == 401


def test_b5_accounts_are_collected_together_and_apart_again(
    api: TestClient[Litestar], house: House, acme: Tenant, key: KeyMaker, tmp_path: Path
) -> None:
    file, system = tmp_path / "items.csv", Actor(tenant=acme.tenant, user=None, name="system")
    file.write_text(
        "customer_code,customer_name,number,issued_on,due_on,amount\n"
        "C1,One,F1,2026-01-01,2026-02-01,100\nC2,Two,F2,2026-01-01,2026-02-01,50\n"
    )
    house.import_file()(FileToImport(actor=system, kind="items", file=file, file_name=file.name))
    head, wanted = key("read", "assign"), {"lead": "C1", "members": ["C2"]}
    [joined] = api.post("/api/v1/groupings", json=wanted, headers=head).json()["rows"]
    assert (joined["customer"], joined["lead_name"]) == ("C2", "One")
    again = api.post("/api/v1/groupings", json=wanted, headers=head).json()
    assert (again["already"], len(again["rows"])) == (["C2"], 1)
    refused = api.post("/api/v1/groupings", json={"lead": "C2", "members": ["C1"]}, headers=head)
    assert refused.status_code == 409
    assert [row["customer"] for row in api.get("/api/v1/groupings", headers=head).json()["rows"]] == ["C2"]
    assert api.delete("/api/v1/groupings/C2", headers=head).status_code == 204
    assert api.delete("/api/v1/groupings/C2", headers=head).status_code == 404
