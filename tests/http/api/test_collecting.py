"""A program confirms, holds and releases."""

from dataclasses import dataclass

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import update

from relance.adapters.store.tables.ledger import items
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.run_day import NewDay
from tests.http.api.conftest import KeyMaker
from tests.http.api.test_imports_and_lists import hand_in, rows

Api = TestClient[Litestar]


@dataclass
class Program:
    """The API with a key."""

    api: Api
    headers: dict[str, str]

    def ask(self, path: str, **body: object) -> tuple[int, dict[str, object]]:
        answer = self.api.post(f"/api/v1/{path}", headers=self.headers, json=body)
        return answer.status_code, answer.json()


@pytest.fixture
def program(api: Api, key: KeyMaker) -> Program:
    headers = key()
    hand_in(api, headers, rows(6))
    return Program(api, headers)


def test_what_is_held_is_shown_as_held_until_it_is_released(program: Program) -> None:
    held = program.ask("items/hold", items=["C1/INV-1", "C1/INV-4"], kind="dispute", comment="wrong price")
    assert held == (201, {"changed": 2, "items": held[1]["items"], "until": None})
    shown = program.api.get("/api/v1/items?view=held", headers=program.headers).json()["rows"]
    assert [(row["number"], row["hold"]) for row in shown] == [("INV-1", "dispute"), ("INV-4", "dispute")]
    assert program.ask("items/release", items=["C1/INV-1"]) == (201, {"changed": 1})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"items": ["C1/INV-1"], "kind": "promise"}, 422),
        ({"items": ["C1/INV-1"], "kind": "promise", "until": "2020-01-01"}, 422),
        ({"items": ["C1/INV-1"], "kind": "rage"}, 422),
        ({"items": [], "kind": "dispute"}, 422),
        ({"items": ["C1/NOTHING"], "kind": "dispute"}, 404),
    ],
)
def test_a_hold_that_says_too_little_is_refused(program: Program, body: dict[str, object], status: int) -> None:
    assert program.ask("items/hold", **body)[0] == status


def test_confirming_says_how_many_and_why_not_the_others(program: Program, house: House, acme: Tenant) -> None:
    house.run_day()(NewDay(actor=Actor(tenant=acme.tenant, user=None, name="system")))
    listed = [
        program.api.get(f"/api/v1/actions?limit=2&cursor={cursor}", headers=program.headers).json() for cursor in ("",)
    ]
    after = program.api.get(f"/api/v1/actions?limit=2&cursor={listed[0]['cursor']}", headers=program.headers).json()
    assert [row["customer"] for page in (*listed, after) for row in page["rows"]] == ["C1", "C2", "C0"]
    assert (after["cursor"], after["count"]) == (None, 3)
    status, answer = program.ask("actions/confirm", all=True)
    assert (status, answer["changed"]) == (201, 0)
    assert {refusal["reason"] for refusal in answer["refused"]} == {"no-collection-contact"}
    assert program.ask("actions/confirm", actions=[99])[1]["refused"] == [{"action": 99, "reason": "not-found"}]
    assert program.ask("actions/confirm", all=True, actions=[1])[0] == 422
    assert program.ask("actions/confirm")[0] == 422


def test_a_program_begins_repeats_and_ends_a_specific_action_and_logs_a_call(program: Program) -> None:
    words = {"language": "en", "subject": "Our invoice", "body": "Hello,\n\n[items]"}
    status, begun = program.ask("customers/C1/specifics", items=["C1/INV-1"], **words)
    assert (status, begun["state"], begun["items"]) == (201, "to-confirm", 1)
    again = program.ask(f"specifics/{begun['specific']}/repeat")
    assert (again[0], again[1]["type"]) == (409, "urn:relance:problem:occurrence-open")
    put_off = program.ask(f"actions/{begun['action']}/snooze", until="2099-01-05")
    assert put_off == (201, {"changed": 1})
    edited = program.ask(f"actions/{begun['action']}/edit", words=words | {"subject": "Anew"}, on="2099-01-06")
    assert (edited[1]["due_on"], edited[1]["own_words"]) == ("2099-01-06", True)
    assert program.ask(f"actions/{begun['action']}/edit", cc=["collector"])[0] == 201
    unknown = program.ask(f"actions/{begun['action']}/edit", to=["nobody@client.example"])
    assert unknown[0] == 422 and "no contact of this customer" in unknown[1]["detail"]
    shown = program.api.get("/api/v1/customers/C1/specifics", headers=program.headers).json()["rows"]
    assert [row["items"] for row in shown] == [["INV-1"]]
    assert program.ask(f"specifics/{begun['specific']}/end", outcome="agreed") == (201, {"items": 1})
    called = program.ask("customers/C1/calls", outcome="call-back", until="2099-01-05", comment="ask for Zoé")
    assert called[0] == 201 and called[1]["call_back"]
    made = program.api.get("/api/v1/customers/C1/statement?format=xlsx", headers=program.headers)
    assert made.content.startswith(b"PK")


def test_what_is_past_the_last_step_is_told_until_it_is_qualified(program: Program, house: House) -> None:
    """S3.18: page by page, the oldest first."""
    with house.engine().begin() as connection:
        connection.execute(update(items).where(items.c.number.in_(("INV-1", "INV-4"))).values(step_done=9))
    first = program.api.get("/api/v1/to-qualify?limit=1", headers=program.headers).json()
    after = program.api.get(f"/api/v1/to-qualify?limit=1&cursor={first['cursor']}", headers=program.headers).json()
    assert [row["number"] for page in (first, after) for row in page["rows"]] == ["INV-1", "INV-4"]
    assert (after["cursor"], after["count"]) == (None, 2)
    program.ask("items/hold", items=["C1/INV-1"], kind="dispute")
    assert program.api.get("/api/v1/to-qualify", headers=program.headers).json()["count"] == 1
