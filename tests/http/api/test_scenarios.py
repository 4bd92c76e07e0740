"""Scenarios over the API: text in, publish, simulate, restore; and a day foreseen."""

from litestar import Litestar
from litestar.testing import TestClient

from tests.http.api.conftest import KeyMaker

HERE = "/api/v1/scenarios"


def test_a_scenario_comes_as_text_is_simulated_and_published(api: TestClient[Litestar], key: KeyMaker) -> None:
    mine = key("settings", "collect")
    text = api.get(f"{HERE}/gentle/text", headers=mine).json()["text"]
    changed = text.replace("day: 10", "day: 12")
    kept = api.post(f"{HERE}/import", json={"text": changed}, headers=mine)
    assert kept.json() == {"code": "gentle", "revision": 1}
    seen = api.get(f"{HERE}/gentle", headers=mine).json()
    assert seen["differences"][0]["changes"] == [{"field": "day", "before": 10, "after": 12}]
    weeks = api.get(f"{HERE}/gentle/simulation", params={"weeks": 2}, headers=mine).json()
    assert weeks["drafted"]["emails"] == weeks["live"]["emails"] == 0
    done = api.post(f"{HERE}/gentle/publish", json={"note": "later"}, headers=mine)
    assert (done.status_code, done.json()["version"]) == (201, 2)
    assert api.post(f"{HERE}/gentle/publish", json={}, headers=mine).status_code == 404
    restored = api.post(f"{HERE}/gentle/restore", json={"version": 1}, headers=mine)
    assert restored.json()["code"] == "gentle"
    assert api.delete(f"{HERE}/gentle/draft", headers=mine).status_code == 204
    rows = {row["code"]: row for row in api.get(HERE, headers=mine).json()["rows"]}
    assert rows["gentle"]["version"] == 2 and not rows["gentle"]["draft"]


def test_what_is_wrong_is_said_and_other_scopes_design_nothing(api: TestClient[Litestar], key: KeyMaker) -> None:
    mine = key("settings")
    wrong = api.post(f"{HERE}/import", json={"text": "code: x\nname: 3\n"}, headers=mine)
    assert (
        wrong.status_code == 422
        and wrong.json()["type"].endswith("text-unreadable")
        and "line 2" in wrong.json()["detail"]
    )
    faulty = "code: x\nname: {en: X}\nsteps:\n  - {code: a, day: 1, kind: email, template: none-such}\n"
    assert api.post(f"{HERE}/import", json={"text": faulty}, headers=mine).status_code == 201
    refused = api.post(f"{HERE}/x/publish", json={}, headers=mine).json()
    assert refused["type"].endswith("scenario-faulty") and "no-such-template" in refused["detail"]
    assert api.get(HERE, headers=key("read")).status_code == 403


def test_a_day_is_foreseen(api: TestClient[Litestar], key: KeyMaker) -> None:
    seen = api.get("/api/v1/tomorrow", headers=key("collect"))
    assert seen.status_code == 200 and seen.json()["page"] == 1
    assert api.get("/api/v1/tomorrow", headers=key("read")).status_code == 403
