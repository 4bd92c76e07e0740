"""The screen of suppressed addresses, and the address to which mail providers report."""

import time

from relance.core.collection.bounce_signing import secret_of, signature
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.tenancy.change_settings import NewSettings
from tests.http.conftest import Visitor


def test_an_address_is_suppressed_and_lifted_with_a_note(lucie: Visitor) -> None:
    assert "No address is suppressed" in lucie.get("/t/acme/suppressions").text
    assert lucie.post("/t/acme/suppressions", address="no mailbox", note="x").status_code == 422
    assert lucie.post("/t/acme/suppressions", address="a@b.example", note="asked by phone").status_code == 303
    page = lucie.get("/t/acme/suppressions").text
    assert "a@b.example" in page
    assert "asked by phone" in page
    assert lucie.post("/t/acme/suppressions/lift", lifted="a@b.example", why=" ").status_code == 422
    assert lucie.post("/t/acme/suppressions/lift", lifted="a@b.example", why="works").status_code == 303
    assert "No address is suppressed" in lucie.get("/t/acme/suppressions").text


def test_a_signed_report_marks_a_contact_and_suggests_its_address(
    house: House, collected: Actor, lucie: Visitor
) -> None:
    house.change_settings()(NewSettings(actor=collected, values={"bounce-webhook": "1"}))
    body = b'{"events":[{"id":"e1","address":"compta1@client.example","type":"hard","detail":"550 unknown"}]}'
    moment = str(int(house.clock().now().timestamp()))
    signed = signature(secret_of("acme", 1, house.reference_key()), moment, body)
    headers = {"x-relance-timestamp": moment, "x-relance-signature": signed}
    post = lucie.client.post
    assert post("/webhooks/bounces/acme", content=body, headers=headers).json() == {"kept": 1}
    assert post("/webhooks/bounces/acme", content=body, headers=headers).json() == {"kept": 0}
    forged = headers | {"x-relance-signature": signed[:-1] + ("0" if signed[-1] != "0" else "1")}
    assert post("/webhooks/bounces/acme", content=body, headers=forged).status_code == 403
    assert post("/webhooks/bounces/globex", content=body, headers=headers).status_code == 403
    late = headers | {"x-relance-timestamp": str(int(time.time()) - 10**6)}
    assert post("/webhooks/bounces/acme", content=body, headers=late).status_code == 403
    assert "550 unknown" in lucie.get("/t/acme/suppressions").text
