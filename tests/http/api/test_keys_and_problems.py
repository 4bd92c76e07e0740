"""Who may call the API, and how it refuses."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from relance.core.tenancy.tenants import Tenant
from relance.http.api.router import HANDLERS
from tests.house.tree import ROOT
from tests.http.api.conftest import KeyMaker

Api = TestClient[Litestar]
NEW = {"email": "zoe@acme.example", "name": "Zoe", "role": "viewer"}


def test_every_address_declares_a_scope() -> None:
    assert not [handler for handler in HANDLERS if handler.opt.get("scope") is None]


@pytest.mark.parametrize("path", ["/api/v1/customers", "/api/v1/settings", "/api/v1/users"])
def test_without_a_good_key_the_answer_is_always_the_same(api: Api, key: KeyMaker, path: str) -> None:
    good = key()["Authorization"]
    wrong = [{"Authorization": f"Bearer {text}"} for text in ("rl_1_nothing_x", "nonsense", good[7:-1], good[7:] + "0")]
    answers = {(api.get(path, headers=headers).status_code, api.get(path, headers=headers).text) for headers in wrong}
    assert len(answers) == 1
    assert answers.pop()[0] == 401
    assert api.get(path).status_code == 401
    assert api.get(f"{path}?key={good[7:]}").status_code == 401


def test_a_key_does_what_its_scopes_say(api: Api, key: KeyMaker) -> None:
    reader = key("read")
    assert api.get("/api/v1/customers", headers=reader).status_code == 200
    for answer in (api.get("/api/v1/users", headers=reader), api.post("/api/v1/users", headers=reader, json=NEW)):
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:relance:problem:scope-missing")


def test_a_key_sees_its_own_tenant_only(api: Api, key: KeyMaker, globex: Tenant) -> None:
    rows = api.get("/api/v1/users", headers=key(tenant=globex)).json()["rows"]
    assert [row["email"] for row in rows] == ["ann@globex.example"]


def test_problems_are_problems(api: Api, key: KeyMaker) -> None:
    for path, status in (("items?limit=0", 422), ("customers?cursor=torn", 422), ("items?view=mine", 422), ("no", 404)):
        answer = api.get(f"/api/v1/{path}", headers=key())
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) >= {"type", "title", "status", "detail"}


@pytest.mark.parametrize(
    "body",
    [
        b'{"email": "a@b.example", "name": "A", "role": "viewer", "tenant_id": 2}',
        b'{"email": "a@b.example", "email": "c@d.example", "name": "A", "role": "viewer"}',
        b'{"email": 1, "name": "A", "role": "viewer"}',
        b'{"email": "a@b.example"}',
        b"[" * 100,
        b"{",
        b"",
    ],
)
def test_a_body_says_each_thing_once_and_nothing_else(api: Api, key: KeyMaker, body: bytes) -> None:
    headers = key() | {"Content-Type": "application/json"}
    answer = api.post("/api/v1/users", headers=headers, content=body)
    assert answer.status_code == 422
    assert len(api.get("/api/v1/users", headers=key()).json()["rows"]) == 1


def test_settings_change_under_the_version_that_was_read(api: Api, key: KeyMaker) -> None:
    headers = key()
    shown = api.get("/api/v1/settings", headers=headers)
    etag = {"If-Match": shown.headers["etag"]}
    change = {"settings": {"grace-days": "4"}}
    first = api.patch("/api/v1/settings", headers=headers | etag, json=change)
    assert first.json()["settings"]["grace-days"] == "4"
    again = api.patch("/api/v1/settings", headers=headers | etag, json={"settings": {"grace-days": "5"}})
    assert (again.status_code, again.json()["title"]) == (412, "settings-changed")


def test_the_same_request_twice_has_one_effect(api: Api, key: KeyMaker) -> None:
    headers = key() | {"Idempotency-Key": "first"}
    answers = [api.post("/api/v1/users", headers=headers, json=NEW) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    other = api.post("/api/v1/users", headers=headers, json=NEW | {"name": "Other"})
    assert (other.status_code, other.json()["title"]) == (422, "idempotency-key-of-another-request")


def test_a_refused_request_gives_its_key_back(api: Api, key: KeyMaker) -> None:
    headers = key() | {"Idempotency-Key": "second"}
    assert api.post("/api/v1/users", headers=headers, json=NEW | {"role": "owner"}).status_code == 422
    assert api.post("/api/v1/users", headers=headers, json=NEW).status_code == 201


def test_twenty_at_once_have_one_effect(api: Api, key: KeyMaker) -> None:
    headers = key() | {"Idempotency-Key": "at-once"}
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: api.post("/api/v1/users", headers=headers, json=NEW), range(20)))
    assert set(Counter(answer.status_code for answer in answers)) <= {201, 409}
    assert len({answer.text for answer in answers if answer.status_code == 201}) == 1
    assert len(api.get("/api/v1/users", headers=headers).json()["rows"]) == 2


def test_the_description_names_every_address_of_the_api_and_no_page(api: Api) -> None:
    described = api.get("/schema/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1" + re.sub(r":\w+", "", path) for handler in HANDLERS for path in handler.paths
    }
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_the_reference_page_lists_every_address_with_its_scope() -> None:
    page = (ROOT / "docs/reference/api.md").read_text()
    written = set(re.findall(r"^\| `([A-Z]+) (/\S+)` \| .+ \| `(\w+)` \|$", page, re.M))
    served = {
        (method.value if hasattr(method, "value") else str(method), re.sub(r":\w+", "", path), handler.opt["scope"])
        for handler in HANDLERS
        for path in handler.paths
        for method in handler.http_methods
    }
    assert written == served
