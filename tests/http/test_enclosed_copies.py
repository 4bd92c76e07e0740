"""Copies of invoices in the preview and with the delivery, and the step that sends them along."""

import re
from io import BytesIO

import msgspec

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.ports.store.documents import NewDocument
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.list_actions import ActionsQuestion
from tests.delivery_ledger import NOW
from tests.http.conftest import Visitor

PDF = b"%PDF-1.7 the copy\n"


def with_copies(house: House, system: Actor) -> int:
    """An email to confirm whose step sends copies, of which one is kept; its number."""
    with house.work()(system.tenant) as unit:
        for scenario in unit.collection.scenarios():
            steps = [msgspec.structs.replace(one, attach=("copies",) * (one.kind == "email")) for one in scenario.steps]
            unit.collection.save_scenario(msgspec.structs.replace(scenario, steps=tuple(steps)))
    rows = house.list_actions()(ActionsQuestion(actor=system, state="to-confirm"))
    action = next(row.action for row in rows if row.kind == "email")
    with house.work()(system.tenant) as unit:
        item = unit.collection.action(action).items[0]
        new = NewDocument(
            item=item,
            file_name="scan.pdf",
            media_type="application/pdf",
            size=len(PDF),
            archive_ref=house.archive().keep_stream(system.tenant, BytesIO(PDF)),
            origin="upload",
        )
        unit.documents.add([new], "ann", NOW)
    return int(action)


def test_a_copy_is_opened_where_it_is_named(house: House, collected: Actor, lucie: Visitor) -> None:
    action = with_copies(house, collected)
    page = lucie.get(f"/t/acme/agenda/{action}").text
    [link] = re.findall(rf'href="(/t/acme/agenda/{action}/attached/\d+)"', page)
    answer = lucie.get(link)
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    assert lucie.get(f"/t/acme/agenda/{action}/attached/9").status_code == 404
    house.confirm_actions()(Confirmation(actor=collected))
    assert lucie.get(link).content == PDF
    page = lucie.get(f"/t/acme/deliveries/{action}").text
    [link] = re.findall(rf'href="(/t/acme/deliveries/{action}/1/attached/\d+)"', page)
    assert lucie.get(link).content == PDF


def test_the_editor_keeps_what_a_step_sends_along(house: House, collected: Actor, lucie: Visitor) -> None:
    lucie.get("/t/acme/scenarios/standard?step=2")
    step = {"days": "5", "when": "after", "template": "first-reminder", "automation": "to-confirm"}
    more = {"revision": "0", "place": "2", "code": "first-reminder", "only_if": "", "done_by": "collector"}
    blank = {"listed_by": "", "days_ahead": ""}
    kept = lucie.post("/t/acme/scenarios/standard/steps", **step | more | blank, kind="email", attach="copies")
    assert kept.status_code == 303
    assert re.search(r'name="attach" value="copies" checked', lucie.get("/t/acme/scenarios/standard?step=2").text)
    text = house.export_scenario()(collected, "standard", draft=True)
    assert "attach:\n      - copies\n" in text
    assert house.scenario_texts().write(house.scenario_texts().read(text)) == text
