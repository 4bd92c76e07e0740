"""Programs look after channels and sender domains as administrators do."""

from dependency_injector import providers
from litestar.testing import TestClient

from relance.main.container import House
from tests.http.api.conftest import KeyMaker
from tests.usecases.tenancy.test_sender_domains import PublishedNames

_CHANNEL = "/api/v1/channels"


def test_a_channel_is_looked_at_paused_and_resumed(api: TestClient, house: House, key: KeyMaker) -> None:
    mine = key()
    rows = {one["channel"]: one for one in api.get(_CHANNEL, headers=mine).json()["rows"]}
    assert list(rows) == ["email", "sms", "letter"]
    assert (rows["sms"]["absent"], rows["sms"]["paused"]) == ("no-sms-account", False)
    assert api.post(f"{_CHANNEL}/sms/pause", headers=mine).json()["paused"]
    assert api.post(f"{_CHANNEL}/email/pause", headers=mine).json()["paused"]
    assert not api.post(f"{_CHANNEL}/sms/resume", headers=mine).json()["paused"]
    assert [one["paused"] for one in api.get(_CHANNEL, headers=mine).json()["rows"]] == [True, False, False]
    assert api.post(f"{_CHANNEL}/pigeon/pause", headers=mine).status_code == 404
    assert api.post(f"{_CHANNEL}/sms/pause", headers=key("read")).status_code == 403


def test_a_domain_is_added_checked_and_forgotten(api: TestClient, house: House, key: KeyMaker) -> None:
    house.names.override(providers.Object(PublishedNames({"_dmarc.acme.example": "v=DMARC1; p=none"})))
    mine = key()
    added = api.post("/api/v1/domains", json={"domain": "ACME.example"}, headers=mine).json()
    assert (added["domain"], added["verified"]) == ("acme.example", False)
    assert [record["sight"] for record in added["records"]] == ["unasked"] * 3
    checked = api.post("/api/v1/domains/acme.example/check", headers=mine).json()
    assert [record["sight"] for record in checked["records"]] == ["missing", "missing", "weak"]
    assert api.post("/api/v1/domains", json={"domain": "acme.example"}, headers=mine).status_code == 409
    assert api.post("/api/v1/domains", json={"domain": "none"}, headers=mine).status_code == 422
    assert api.post("/api/v1/domains/other.example/check", headers=mine).status_code == 404
    assert "private" not in api.get("/api/v1/domains", headers=mine).text.lower()
    assert api.delete("/api/v1/domains/acme.example", headers=mine).status_code == 204
    assert api.get("/api/v1/domains", headers=mine).json() == {"rows": []}
