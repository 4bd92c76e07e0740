"""Searches, tasks and changes of many customers over the API."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.http.api.conftest import KeyMaker

CUSTOMERS = "code,name,country\nC1,Un,FR\nC2,Deux,FR\nC3,Drei,DE\n"


@pytest.fixture
def ledger(api: TestClient[Litestar], key: KeyMaker) -> None:
    file = {"file": ("customers.csv", CUSTOMERS.encode())}
    made = api.post("/api/v1/imports", data={"kind": "customers"}, files=file, headers=key())
    assert made.json()["state"] == "done", made.text


def codes(api: TestClient[Litestar], headers: dict[str, str], where: str) -> list[str]:
    found = api.get("/api/v1/customers", params={"where": where}, headers=headers)
    return [row["code"] for row in found.json()["rows"]]


def test_a_search_finds_and_is_kept(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    mine = key("read")
    assert codes(api, mine, "country = FR") == ["C1", "C2"]
    assert "at character" in api.get("/api/v1/items", params={"where": "country"}, headers=mine).json()["detail"]
    kept = api.post("/api/v1/searches", json={"name": "France", "search": "country = FR"}, headers=mine)
    assert kept.status_code == 201
    [row] = api.get("/api/v1/searches", headers=mine).json()["rows"]
    assert (row["name"], row["search"], row["count"]) == ("France", "country = FR", 2)
    assert api.delete(f"/api/v1/searches/{row['number']}", headers=mine).status_code == 204
    assert api.delete(f"/api/v1/searches/{row['number']}", headers=mine).status_code == 404


def test_many_customers_change_and_change_back(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    mine = key("read", "assign")
    wanted = {"search": "country = FR", "codes": ["C1", "C9"], "add_groups": ["Key"]}
    dry = api.post("/api/v1/customers/changes", json=wanted | {"dry_run": True}, headers=mine).json()
    assert (dry["customers"], dry["unknown"], dry["changed"], dry["change"]) == (1, ["C9"], {"group": 1}, None)
    done = api.post("/api/v1/customers/changes", json=wanted, headers=mine).json()
    assert codes(api, mine, "group = Key") == ["C1"]
    back = api.post(f"/api/v1/customers/changes/{done['change']}/undo", json={}, headers=mine)
    assert back.json() == {"changed": {"group": 1}}
    assert codes(api, mine, "group = Key") == []
    again = api.post(f"/api/v1/customers/changes/{done['change']}/undo", json={}, headers=mine)
    assert again.status_code == 409


def test_tasks_are_added_run_and_removed(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    mine = key("read", "assign", "settings")
    task = {"attribute": "group", "value": "Key", "search": "country = DE", "all_customers": True}
    made = api.post("/api/v1/assignment/tasks", json=task, headers=mine)
    assert (made.status_code, made.json()["position"]) == (201, 1)
    dry = api.post("/api/v1/assignment/run", json={"dry_run": True}, headers=mine).json()
    assert [(row["customer"], row["value"]) for row in dry["assigned"]] == [("C3", "Key")]
    assert codes(api, mine, "group = Key") == []
    api.post("/api/v1/assignment/run", json={}, headers=mine)
    assert codes(api, mine, "group = Key") == ["C3"]
    [row] = api.get("/api/v1/assignment/tasks", headers=mine).json()["rows"]
    assert api.delete(f"/api/v1/assignment/tasks/{row['task']}", headers=mine).status_code == 204
    assert api.get("/api/v1/assignment/tasks", headers=mine).json() == {"rows": []}
    wrong = task | {"attribute": "collector", "value": "nobody@acme.example"}
    assert api.post("/api/v1/assignment/tasks", json=wrong, headers=mine).status_code == 422


def test_only_a_key_with_the_scope_assigns(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    refused = api.post("/api/v1/customers/changes", json={"add_groups": ["Key"]}, headers=key("read"))
    assert refused.status_code == 403


def test_groups_are_created_and_alerts_are_counted(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    mine = key("read", "assign")
    assert api.post("/api/v1/groups", json={"name": "Key"}, headers=mine).status_code == 201
    assert api.post("/api/v1/groups", json={"name": "key"}, headers=mine).status_code == 409
    items = "customer_code,customer_name,number,issued_on,due_on,amount\nC1,Un,F1,2026-01-01,2026-02-01,100.00\n"
    file = {"file": ("items.csv", items.encode())}
    api.post("/api/v1/imports", data={"kind": "items"}, files=file, headers=key())
    api.post("/api/v1/customers/changes", json={"search": "country = FR", "add_groups": ["Key"]}, headers=mine)
    [row] = api.get("/api/v1/groups", headers=mine).json()["rows"]
    assert (row["name"], row["origin"], row["customers"]) == ("Key", "person", 2)
    assert row["figures"] == [{"currency": "EUR", "balance": "100.00", "overdue": "100.00", "dso": None}]
    wanted = {"name": "French", "colour": "teal", "search": "country = FR"}
    assert api.post("/api/v1/alerts", json=wanted, headers=mine).status_code == 403
    kept = api.post("/api/v1/alerts", json=wanted, headers=key("settings")).json()["number"]
    own = api.get("/api/v1/alerts", headers=mine).json()["own"][-1]
    assert own == wanted | {"number": kept, "sign": "F", "customers": 2}
    assert api.delete(f"/api/v1/alerts/{kept}", headers=key("settings")).status_code == 204
    [alert] = api.get("/api/v1/alerts", headers=mine).json()["rows"]
    assert (alert["alert"], alert["customers"]) == ("no-collection-contact", 1)
    assert codes(api, mine, alert["where"]) == ["C1"]


def test_what_a_request_names_wrongly_is_said(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    head = key("read", "assign", "settings")
    task = {"attribute": "collector", "value": "ann@acme.example", "search": "country = FR"}
    missing = api.patch("/api/v1/assignment/tasks/99", json=task, headers=head)
    assert (missing.status_code, missing.json()["detail"]) == (404, "no task 99")
    wrong = api.post("/api/v1/assignment/tasks", json=task | {"attribute": "colour"}, headers=head)
    assert wrong.status_code in {400, 422} and "colour" in wrong.json()["detail"]
    ended = api.post("/api/v1/specifics/99/end", json={"outcome": "done"}, headers=key("collect"))
    assert (ended.status_code, ended.json()["detail"]) == (404, "no such specific action")


def test_b15_a_task_asks_an_assigner(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    head = key("read", "assign", "settings")
    rows = api.get("/api/v1/assignment/assigners", headers=head).json()["rows"]
    by_rule = next(row for row in rows if row["name"] == "group-by-rule")
    assert [(one["name"], one["kind"], one["required"]) for one in by_rule["settings"]] == [
        ("field", "text", True),
        ("rules", "pairs", True),
        ("otherwise", "text", False),
    ]
    task = {"attribute": "group", "assigner": "group-by-rule", "all_customers": True}
    wrong = api.post("/api/v1/assignment/tasks", json=task | {"settings": {"rules": {"FR": 3}}}, headers=head)
    assert wrong.status_code == 422 and "settings" in wrong.json()["detail"]
    settings = {"field": "country", "rules": {"FR": "France"}, "otherwise": "Rest"}
    made = api.post("/api/v1/assignment/tasks", json=task | {"settings": settings}, headers=head).json()
    assert (made["value"], made["assigner"], made["settings"]) == ("", "group-by-rule", settings)
    run = api.post("/api/v1/assignment/run", json={"dry_run": True}, headers=head).json()
    assert [(row["customer"], row["value"], row["reason"], row["detail"]) for row in run["assigned"]] == [
        ("C1", "France", "by-rule", "country = FR"),
        ("C2", "France", "by-rule", "country = FR"),
        ("C3", "Rest", "by-rule-otherwise", ""),
    ]
    assert run["problems"] == []


def test_a5_one_customer_is_assigned_and_says_why(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    head, path = key("read", "assign", "settings"), "/api/v1/customers/C1/assignment"
    api.post("/api/v1/users", json={"email": "bea@acme.example", "name": "Bea", "role": "collector"}, headers=head)
    wanted = {"collector": "Bea@acme.example", "groups": ["Key", "North"], "colleagues": ["bea@acme.example"]}
    done = api.patch(path, json=wanted, headers=head)
    assert done.status_code == 200, done.text
    shown = api.get(path, headers=head).json()
    assert shown == done.json()
    assert (shown["collector"]["value"], shown["collector"]["origin"]) == ("bea@acme.example", "person")
    assert [one["value"] for one in shown["groups"]] == ["Key", "North"]
    assert [(one["value"], one["name"]) for one in shown["colleagues"]] == [("bea@acme.example", "Bea")]
    kept = api.patch(path, json={"collector": None, "groups": ["North"]}, headers=head).json()
    assert (kept["collector"], [one["value"] for one in kept["groups"]], len(kept["colleagues"])) == (
        None,
        ["North"],
        1,
    )
    assert api.patch(path, json={"collector": "no@body.example"}, headers=head).status_code == 422
    assert api.patch(path, json={"colour": "red"}, headers=head).status_code == 422
    assert api.patch(path, json={"groups": []}, headers=key("read")).status_code == 403
    assert api.get("/api/v1/customers/C9/assignment", headers=head).status_code == 404


def test_s0_15_a_kept_search_is_changed(api: TestClient[Litestar], key: KeyMaker, ledger: None) -> None:
    mine = key("read")
    number = api.post("/api/v1/searches", json={"name": "A", "search": "country = FR"}, headers=mine).json()["number"]
    changed = api.patch(f"/api/v1/searches/{number}", json={"name": "B", "search": "country = DE"}, headers=mine)
    assert changed.json() == {"number": number}
    [row] = api.get("/api/v1/searches", headers=mine).json()["rows"]
    assert (row["name"], row["search"], row["count"]) == ("B", "country = DE", 1)
    assert api.patch("/api/v1/searches/99", json={"name": "B", "search": ""}, headers=mine).status_code == 404
