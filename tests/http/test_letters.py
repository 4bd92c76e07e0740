"""Print batches on screen and for programs: sealed, fetched once, handed over once."""

import re

import pytest
from sqlalchemy import update

from relance.adapters.store.tables.customers import customers
from relance.core.tenancy.keys import SCOPES
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.tenancy.add_key import NewKey
from relance.usecases.tenancy.change_settings import NewSettings
from tests.http.conftest import Visitor
from tests.http.ledger import add_person, decide, write_ledger


@pytest.fixture
def confirmed(house: House, system: Actor) -> Actor:
    """The formal notices of the day, confirmed; Monday morning, nine in Paris."""
    write_ledger(house, system.tenant, notice="letter")
    decide(house, system)
    with house.engine().begin() as connection:
        place = {"street": "18 rue des Fleurs", "zip": "69002", "city": "Lyon"}
        connection.execute(update(customers).where(customers.c.tenant_id == system.tenant).values(**place))
    house.confirm_actions()(Confirmation(actor=system))
    return system


def test_confirmed_letters_are_sealed_printed_and_handed_over(confirmed: Actor, lucie: Visitor) -> None:
    page = lucie.get("/t/acme/letters").text
    waiting = int(re.search(r"(\d+) confirmed letters? wait", page)[1])  # type: ignore[index]  # it is there
    assert waiting > 0
    answer = lucie.post("/t/acme/letters")
    assert (answer.status_code, answer.headers["location"]) == (303, "/t/acme/letters/1?done=sealed")
    shown = lucie.get("/t/acme/letters/1").text
    assert f"{waiting} letter" in shown
    assert "Waits for the post" in shown
    file = lucie.post("/t/acme/letters/1/file")
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == 'attachment; filename="acme-letters-1.pdf"'
    assert b"%PDF-" in file.content[:10]
    assert "acme-letters-1-copy.pdf" in lucie.post("/t/acme/letters/1/file").headers["content-disposition"]
    assert lucie.post("/t/acme/letters/1/hand-over").status_code == 422
    assert lucie.post("/t/acme/letters/1/hand-over", posted="yes", note="16:40").status_code == 303
    after = lucie.get("/t/acme/letters/1").text
    assert "Handed over" in after
    assert "16:40" in after
    assert lucie.post("/t/acme/letters/1/hand-over", posted="yes").status_code == 422
    action = re.search(r"/agenda/(\d+)/attached/1", after)
    assert action
    assert lucie.get(f"/t/acme/agenda/{action[1]}/attached/1").content.startswith(b"%PDF-")
    handed = lucie.get(f"/t/acme/deliveries/{action[1]}/1/raw")
    assert (handed.headers["content-type"], handed.content[:5]) == ("application/pdf", b"%PDF-")
    assert f"/deliveries/{action[1]}/1/picture" in lucie.get(f"/t/acme/deliveries/{action[1]}").text
    assert lucie.get(f"/t/acme/deliveries/{action[1]}/1/picture").content.startswith(b"\x89PNG")
    assert f"/agenda/{action[1]}/letter" in lucie.get(f"/t/acme/agenda/{action[1]}").text
    assert lucie.get(f"/t/acme/agenda/{action[1]}/letter").content.startswith(b"\x89PNG")


def test_a_tracking_number_is_kept_with_its_letter_and_a_batch_can_be_withdrawn(
    confirmed: Actor, lucie: Visitor
) -> None:
    lucie.post("/t/acme/letters")
    action = re.search(r"/letters/1/(\d+)/tracking", lucie.get("/t/acme/letters/1").text)
    assert action
    assert lucie.post(f"/t/acme/letters/1/{action[1]}/tracking", number="RR 1").status_code == 303
    assert 'value="RR1"' in lucie.get("/t/acme/letters/1").text
    assert lucie.post(f"/t/acme/letters/1/{action[1]}/tracking", number="?").status_code == 422
    assert lucie.post("/t/acme/letters/1/withdraw", reason="").status_code == 422
    assert lucie.post("/t/acme/letters/1/withdraw", reason="wrong paper").status_code == 303
    page = lucie.get("/t/acme/letters").text
    assert "Withdrawn" in page
    assert "Seal a batch" in page
    assert lucie.get("/t/acme/letters/9").status_code == 404


def test_without_letters_the_page_says_what_it_is_for(lucie: Visitor) -> None:
    assert "No letters yet" in lucie.get("/t/acme/letters").text
    answer = lucie.post("/t/acme/letters")
    assert answer.status_code == 409
    assert "No letter may leave now" in answer.text


def test_who_does_not_confirm_sees_no_print_batches(house: House, confirmed: Actor, visitor: Visitor) -> None:
    add_person(house, confirmed, "vera@acme.example", "Vera Lind", "viewer")
    visitor.sign_in("vera@acme.example")
    assert visitor.get("/t/acme/letters").status_code == 403
    assert visitor.post("/t/acme/letters/1/hand-over", posted="yes").status_code == 403


def test_who_sees_their_own_customers_only_is_not_led_to_the_print_batches(
    house: House, confirmed: Actor, visitor: Visitor
) -> None:
    add_person(house, confirmed, "paul@acme.example", "Paul", "collector")
    house.change_settings()(NewSettings(actor=confirmed, values={"collectors-see": "own"}))
    visitor.sign_in("paul@acme.example")
    assert visitor.get("/t/acme/letters").status_code == 403
    assert '/t/acme/letters"' not in visitor.get("/t/acme/customers").text


def test_programs_seal_fetch_and_hand_over(house: House, confirmed: Actor, visitor: Visitor) -> None:
    made = house.add_key()(NewKey(actor=confirmed, name="test", scopes=SCOPES))
    key = {"Authorization": f"Bearer {made.key}"}
    api = visitor.client
    waiting = api.get("/api/v1/letters", headers=key).json()["waiting"]
    sealed = api.post("/api/v1/letters", headers=key | {"idempotency-key": "one"}).json()
    assert sealed == api.post("/api/v1/letters", headers=key | {"idempotency-key": "one"}).json()
    assert sealed["batch"]["letters"] == waiting > 0
    letters = api.get("/api/v1/letters/1", headers=key).json()["letters"]
    assert [line["position"] for line in letters] == list(range(1, waiting + 1))
    assert api.post("/api/v1/letters/1/file", headers=key).content.startswith(b"%PDF-")
    path = f"/api/v1/letters/1/{letters[0]['action']}/tracking"
    assert api.post(path, json={"number": "rr 7"}, headers=key).json()["tracking"] == "RR7"
    done = api.post("/api/v1/letters/1/hand-over", json={"note": "by courier"}, headers=key).json()
    assert (done["state"], done["note"]) == ("handed-over", "by courier")
    again = api.post("/api/v1/letters/1/withdraw", json={"reason": "no"}, headers=key)
    assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (409, "batch-moved")
