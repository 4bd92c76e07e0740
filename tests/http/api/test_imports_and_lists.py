"""A program hands in the ledger and reads it back, in decimal text, page by page."""

import json
import time

from litestar import Litestar
from litestar.testing import TestClient

from relance.core.tenancy.tenants import Tenant
from tests.http.api.conftest import KeyMaker

Api = TestClient[Litestar]
MAPPING = {"customer_code": "Account", "number": "No", "issued_on": "Date", "due_on": "Due", "amount": "Open"}


def rows(count: int, start: int = 1) -> bytes:
    lines = [
        f"C{n % 3};INV-{n};2026-01-05;2026-02-{n % 27 + 1:02d};{n}.50;Firm {n % 3}" for n in range(start, start + count)
    ]
    return "\n".join(["Account;No;Date;Due;Open;Name", *lines, ""]).encode()


def hand_in(api: Api, headers: dict[str, str], content: bytes, **fields: str) -> object:
    form = {"kind": "items", "mapping": json.dumps(MAPPING | {"customer_name": "Name"}), **fields}
    return api.post("/api/v1/imports", headers=headers, data=form, files={"file": ("../ledger.csv", content)}).json()


def test_a_ledger_comes_in_once_and_is_read_page_by_page(api: Api, key: KeyMaker) -> None:
    headers = key()
    report = hand_in(api, headers | {"Idempotency-Key": "night"}, rows(7))
    assert (report["state"], report["accepted"], report["sums"]) == ("done", 7, {"EUR": "31.50"})
    assert hand_in(api, headers | {"Idempotency-Key": "night"}, rows(7)) == report
    seen, cursor = [], ""
    while cursor is not None:
        page = api.get(f"/api/v1/items?view=all&limit=3&cursor={cursor}", headers=headers).json()
        assert (page["count"], page["open"]) == (7, {"EUR": "31.50"})
        seen += [row["number"] for row in page["rows"]]
        cursor = page["cursor"]
    assert sorted(seen) == [f"INV-{n}" for n in range(1, 8)]
    assert [line["import"] for line in api.get("/api/v1/imports", headers=headers).json()["rows"]] == [1]
    assert api.get("/api/v1/imports/1", headers=headers).json()["file_name"] == "ledger.csv"


def test_customers_and_the_aged_balance_speak_in_decimal_text(api: Api, key: KeyMaker) -> None:
    headers = key()
    hand_in(api, headers, rows(4))
    first = api.get("/api/v1/customers?limit=1", headers=headers).json()
    assert first["rows"][0]["balance"] == "3.50"
    second = api.get(f"/api/v1/customers?limit=1&cursor={first['cursor']}", headers=headers).json()
    assert (second["rows"][0]["code"], second["rows"][0]["open_items"]) == ("C1", 2)
    aged = api.get("/api/v1/aged-balance?as_of=2026-02-03&by=currency", headers=headers).json()
    (total,) = aged["totals"]
    assert (total["not_due"], total["days_1_30"], total["total"]) == ("10.50", "1.50", "12.00")


def test_a_dry_run_and_a_question_write_nothing(api: Api, key: KeyMaker) -> None:
    headers = key()
    assert hand_in(api, headers, rows(3), dry_run="true")["state"] == "dry-run"
    asked = hand_in(api, headers, rows(3).replace(b"Account", b"Zz"), mapping="{}")
    assert (asked["state"], asked["reason"]) == ("held", "needs-answer")
    assert api.get("/api/v1/items", headers=headers).json()["count"] == 0


def test_a_torn_form_is_refused(api: Api, key: KeyMaker) -> None:
    headers = key()
    assert hand_in(api, headers, rows(1), mapping="[1]")["status"] == 422
    assert hand_in(api, headers, rows(1), kind="secrets")["status"] == 422
    assert hand_in(api, headers, b"")["state"] == "refused"


def test_a_file_is_looked_at_and_imported_beside_the_request(api: Api, key: KeyMaker) -> None:
    headers = key()
    file = {"file": ("ledger.csv", rows(5))}
    seen = api.post("/api/v1/imports/look", headers=headers, files=file).json()
    assert seen["kind"] == "items"
    assert seen["columns"][:2] == ["Account", "No"]
    assert {guess["name"] for guess in seen["understanding"]["guesses"]} >= {"delimiter", "date"}
    form = {"kind": "items", "mapping": json.dumps(MAPPING | {"customer_name": "Name"})}
    started = api.post("/api/v1/imports/runs", headers=headers, data=form, files=file).json()
    assert started == {"run": 1, "import": 1}
    for _ in range(50):
        run = api.get("/api/v1/imports/runs/1", headers=headers).json()
        if run["report"]:
            break
        time.sleep(0.1)
    assert (run["report"]["state"], run["report"]["accepted"]) == ("done", 5)
    assert api.get("/api/v1/imports/1", headers=headers).json()["state"] == "done"


def test_nobody_reads_the_import_of_another_tenant(api: Api, key: KeyMaker, globex: Tenant) -> None:
    hand_in(api, key(), rows(3))
    other = key(tenant=globex)
    assert api.get("/api/v1/imports", headers=other).json() == {"rows": []}
    assert api.get("/api/v1/imports/1", headers=other).status_code == 404
    assert api.get("/api/v1/customers", headers=other).json()["count"] == 0


def test_an_import_is_undone_by_a_key_that_may(api: Api, key: KeyMaker) -> None:
    headers = key()
    hand_in(api, headers, rows(3))
    asked = api.get("/api/v1/imports/1/undo", headers=headers).json()
    assert (asked["reason"], asked["losses"]["items"]) == ("", 3)
    done = api.post("/api/v1/imports/1/undo", headers=headers | {"Idempotency-Key": "back"})
    assert (done.status_code, done.json()["state"]) == (201, "undone")
    again = api.post("/api/v1/imports/1/undo", headers=headers | {"Idempotency-Key": "back"})
    assert again.json() == done.json()
    assert api.post("/api/v1/imports/1/undo", headers=headers).status_code == 409
    assert api.get("/api/v1/items?view=all", headers=headers).json()["count"] == 0
    assert api.post("/api/v1/imports/1/undo", headers=key("read", "import")).status_code == 403


def test_rejected_rows_come_back_as_they_were(api: Api, key: KeyMaker) -> None:
    headers = key()
    hand_in(api, headers, rows(3).replace(b"2026-02-03", b"soon"))
    answer = api.get("/api/v1/imports/1/rejects", headers=headers)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''ledger-rejected.csv"
    assert answer.content.splitlines()[1].startswith(b"C2;INV-2;")
    assert api.get("/api/v1/imports/1/rejects", headers=key("read")).content == answer.content, "as the import itself"
