"""An SMS on the pages: its number and length beside the agenda, its text in the editor, its step in a scenario."""

from sqlalchemy import update

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import contacts
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor
from tests.http.test_scenarios import HERE, STEP


def test_an_sms_is_read_beside_the_agenda_and_in_the_editor(lucie: Visitor, house: House, collected: Actor) -> None:
    with house.engine().begin() as connection:
        changed = {"kind": "sms", "channel": "sms", "template": "sms-reminder"}
        connection.execute(update(actions).where(actions.c.action_id == 1).values(changed))
        connection.execute(update(contacts).values(mobile="06 39 98 01 23", mobile_e164="+33639980123"))
    pane = lucie.get("/t/acme/agenda/1").text
    assert "+33639980123" in pane and "SMS in 2 parts, 179 signs." in pane and "<iframe" not in pane
    assert 'name="subject"' not in lucie.get("/t/acme/agenda/1/edit").text
    assert lucie.post("/t/acme/agenda/1/edit", language="en", body="Please pay {{ total }}.").status_code == 303
    assert "Please pay €15,460.00." in lucie.get("/t/acme/agenda/1").text
    text = lucie.get("/t/acme/templates/sms-reminder?lang=fr").text
    assert "SMS in 2 parts" in text and "Without a subject it is the text of an SMS" in text
    shown = lucie.get("/t/acme/templates/sms-reminder/message?lang=fr")
    assert shown.headers["content-type"].startswith("text/plain") and "échus sur votre compte" in shown.text


def test_a_step_by_sms_wants_a_text_for_sms(lucie: Visitor, collected: Actor) -> None:
    sms = STEP | {"kind": "sms", "revision": "0", "days": "3"}
    assert lucie.post(f"{HERE}/standard/steps", **sms).status_code == 303
    assert "Choose a text of this channel" in lucie.get(f"{HERE}/standard?step=2").text
    good = sms | {"template": "sms-reminder", "revision": "1", "place": "2"}
    assert lucie.post(f"{HERE}/standard/steps", **good).status_code == 303
    page = lucie.get(f"{HERE}/standard?step=2&lang=de").text
    assert "Choose a text of this channel" not in page and "SMS in" in page
    written = lucie.get(f"{HERE}/standard/text").text
    assert "kind: sms" in written and "template: sms-reminder" in written
