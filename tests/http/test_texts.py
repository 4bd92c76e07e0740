"""The page of message texts: matrix, editor, refusals with their line, preview in a frame, a test to oneself."""

import re

from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor

TEXT = "/t/acme/templates/first-reminder"


def test_the_matrix_shows_every_text_in_every_language(lucie: Visitor) -> None:
    page = lucie.get("/t/acme/templates").text
    assert "First reminder" in page and "Formal notice" in page
    assert 'aria-label="Formal notice, Japanese: version 1"' in page
    assert "supplied text" not in page


def test_a_text_is_drafted_previewed_on_a_customer_published_and_restored(lucie: Visitor, collected: Actor) -> None:
    words = {"lang": "de", "subject": "Mahnung {{ customer.code }}", "body": "Hallo,\r\n\r\n[items]", "deed": "save"}
    assert lucie.post(TEXT, **words, customer="C10077").status_code == 303
    page = lucie.get(f"{TEXT}?lang=de&customer=C10077").text
    assert "Mahnung C10077" in page and "draft" in page and "<iframe" in page
    framed = lucie.get(f"{TEXT}/message?lang=de&customer=C10077")
    assert "Hallo," in framed.text and "sandbox" in framed.headers["content-security-policy"]
    assert lucie.post(TEXT, **words | {"deed": "publish"}).status_code == 303
    assert "version 2 is sent" in lucie.get(f"{TEXT}?lang=de").text
    assert lucie.post(f"{TEXT}/restore", lang="de", version="1").status_code == 303
    assert "Zahlungserinnerung: {{ total }}" in lucie.get(f"{TEXT}?lang=de").text
    assert lucie.post(f"{TEXT}/discard", lang="de").status_code == 303
    assert "Mahnung {{ customer.code }}" in lucie.get(f"{TEXT}?lang=de").text


def test_what_could_not_be_sent_is_shown_again_with_its_line(lucie: Visitor) -> None:
    refused = lucie.post(TEXT, lang="fi", subject="Muistutus", body="Hei\n{{ customer.iban }}", deed="publish")
    assert refused.status_code == 422
    assert "body, line 2: &#39;customer.iban&#39; is not known" in refused.text and "Hei\n" in refused.text
    assert "not published" in lucie.get(f"{TEXT}?lang=fi").text


def test_two_people_do_not_write_over_each_other(lucie: Visitor) -> None:
    seen = re.findall(r'name="seen" value="(\w+)"', lucie.get(f"{TEXT}?lang=de").text)[0]
    words = {"lang": "de", "subject": "Eins", "body": "Eins", "deed": "save", "seen": seen}
    assert lucie.post(TEXT, **words).status_code == 303
    late = lucie.post(TEXT, **words | {"subject": "Zwei"})
    assert late.status_code == 422 and "somebody changed this text" in late.text and 'value="Zwei"' in late.text


def test_a_customer_is_found_by_name_and_an_unknown_one_is_said(lucie: Visitor, collected: Actor) -> None:
    assert "Total" in lucie.get(f"{TEXT}/message?lang=en").text
    assert "No customer is found by this" in lucie.get(f"{TEXT}?lang=en&customer=zzzz").text
    assert lucie.get(f"{TEXT}/message?lang=en&customer=zzzz").status_code == 404


def test_a_new_text_begins_with_another_and_any_language(lucie: Visitor) -> None:
    assert lucie.post("/t/acme/templates", code="Key!", language="en").status_code == 422
    on = lucie.post("/t/acme/templates", code="Key account", language="fi", like="first-reminder")
    assert on.headers["location"] == "/t/acme/templates/key-account?lang=fi&like=first-reminder"
    page = lucie.get(on.headers["location"]).text
    assert "Key account" in page and "According to our records" in page and "Save it to see it here" in page


def test_a_test_is_sent_to_the_person_who_asks(lucie: Visitor, house: House, collected: Actor) -> None:
    answer = lucie.post(f"{TEXT}/test", lang="en", customer="C10077")
    assert answer.status_code == 200 and "The test was " in answer.text


def test_a_viewer_does_not_see_texts(viewer: Visitor) -> None:
    assert viewer.get("/t/acme/templates").status_code == 403
