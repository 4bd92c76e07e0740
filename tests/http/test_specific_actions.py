"""Specific actions begun, repeated and ended from the customer's file, and by programs."""

import re

from relance.core.tenancy.users import Actor
from tests.http.conftest import Visitor

FILE = "/t/acme/customers/C10077"


def ids(page: str) -> list[str]:
    return re.findall(r'name="item" value="(\d+)"', page)


def test_the_dialog_starts_from_words_in_the_customers_language(lucie: Visitor, collected: Actor) -> None:
    chosen = ids(lucie.get(FILE).text)[:2]
    query = "&".join(f"item={number}" for number in chosen)
    dialog = lucie.get(f"{FILE}/specifics/new?{query}", htmx=True).text
    assert ids(dialog) == chosen
    assert "[items]" in dialog and "{%" not in dialog
    other = lucie.get(f"{FILE}/specifics/new?{query}&topic=dispute&language=fr", htmx=True).text
    assert "réclamation" in other


def test_a_message_for_now_is_read_before_it_leaves_and_its_items_leave_the_scenario(
    lucie: Visitor, collected: Actor
) -> None:
    chosen = ids(lucie.get(FILE).text)[:1]
    words = {"language": "fr", "subject": "Votre facture", "body": "Bonjour,\n\n[items]"}
    done = lucie.post(
        f"{FILE}/specifics", htmx=True, item=chosen, kind="email", topic="reminder", away="on", on="", **words
    )
    opened = done.headers["hx-redirect"]
    assert re.fullmatch(r"/t/acme/agenda/\d+", opened)
    assert "Votre facture" in lucie.get(opened).text
    page = lucie.get(FILE).text
    assert "Specific actions" in page and ">Specific action</span>" in page
    ending = re.search(r'href="([^"]+/specifics/\d+/end)"', page)
    assert ending
    assert "back to their scenario" in lucie.get(ending.group(1), htmx=True).text
    over = lucie.post(ending.group(1), htmx=True, outcome="paid soon")
    assert "Specific actions" not in over.text


def test_what_cannot_be_begun_comes_back_with_what_was_typed(lucie: Visitor, collected: Actor) -> None:
    chosen = ids(lucie.get(FILE).text)[:1]
    typed = {"kind": "email", "topic": "reminder", "language": "fr", "subject": "Hello", "body": "{{ nothing }}"}
    answer = lucie.post(f"{FILE}/specifics", htmx=True, item=chosen, on="", **typed)
    assert answer.status_code == 422
    assert "is not known" in answer.text and "{{ nothing }}" in answer.text


def test_a_task_for_a_colleague_waits_in_the_file(lucie: Visitor, collected: Actor) -> None:
    done = lucie.post(
        f"{FILE}/specifics", htmx=True, kind="task", topic="other", title="Find the slip", on="other", other="+3"
    )
    assert "Find the slip" in done.text


def test_a_call_says_what_came_of_it_and_holds_what_was_promised(lucie: Visitor, collected: Actor) -> None:
    chosen = ids(lucie.get(f"{FILE}/call", htmx=True).text)
    assert chosen, "without a choice the call is about what is overdue"
    said = {"outcome": "promise", "until": "other", "other": "+3", "comment": "Zoé will pay on Friday"}
    done = lucie.post(f"{FILE}/call", htmx=True, item=chosen[:1], **said)
    assert "Promised for" in done.text and "They promised to pay." in done.text
    refused = lucie.post(f"{FILE}/call", htmx=True, item=chosen[:1], outcome="promise", until="other", other="")
    assert refused.status_code == 422


def test_an_action_is_put_off_and_written_anew_from_the_agenda(lucie: Visitor, collected: Actor) -> None:
    opened = re.search(r'href="(/t/acme/agenda/\d+)', lucie.get("/t/acme/agenda").text)
    assert opened
    pane = opened.group(1)
    form = lucie.get(f"{pane}/edit", htmx=True).text
    assert "[items]" in form and "{%" not in form
    words = {"language": "en", "subject": "Our call", "body": "Hello,\n\n[items]"}
    assert lucie.post(f"{pane}/edit", htmx=True, **words).headers["hx-redirect"].startswith("/t/acme/agenda?action=")
    assert "Our call" in lucie.get(pane).text
    assert lucie.post(f"{pane}/edit", htmx=True, **(words | {"body": "{{ x }}"})).status_code == 422
    gone = lucie.post(f"{pane}/snooze", htmx=True, until="other", other="+3")
    assert gone.status_code == 200 and "unsnooze" in gone.headers["hx-trigger"]
    assert lucie.post(f"{pane}/unsnooze", htmx=True).status_code == 200


def test_the_statement_comes_in_one_click_and_can_be_sent(lucie: Visitor, collected: Actor) -> None:
    made = lucie.get(f"{FILE}/statement")
    assert made.headers["content-type"].startswith("application/pdf") and made.content.startswith(b"%PDF-")
    book = lucie.get(f"{FILE}/statement?format=xlsx")
    assert "statement-C10077-" in book.headers["content-disposition"] and book.content.startswith(b"PK")
    dialog = lucie.get(f"{FILE}/specifics/new?topic=statement", htmx=True).text
    assert "Send the statement" in dialog
    words = {"language": "en", "subject": "Statement", "body": "Please find it attached."}
    done = lucie.post(f"{FILE}/specifics", htmx=True, kind="email", topic="statement", on="", **words)
    opened = done.headers["hx-redirect"]
    link = re.search(r'href="([^"]+/attached/1)"', lucie.get(opened).text)
    assert link and lucie.get(link.group(1)).content.startswith(b"%PDF-")


def test_b6_contacts_are_ticked_and_colleagues_get_copies(lucie: Visitor, collected: Actor) -> None:
    lucie.post(f"{FILE}/contacts/0", name="Legal", email="legal@client.example")
    lucie.post(f"{FILE}/contacts/0", name="Silent")
    chosen = ids(lucie.get(FILE).text)[:1]
    dialog = lucie.get(f"{FILE}/specifics/new?item={chosen[0]}", htmx=True).text
    ticks = re.findall(r'<input type="checkbox" name="to" value="(\d+)"( checked)?( disabled)?>', dialog)
    assert [(bool(ticked), bool(off)) for _, ticked, off in ticks].count((True, False)) == 1
    assert "no usable address" in dialog and "Mend it" in dialog and "Every colleague of the customer" in dialog
    again = lucie.get(
        f"{FILE}/specifics/new?item={chosen[0]}&topic=dispute&to={ticks[1][0]}&cc=collector", htmx=True
    ).text
    assert f'value="{ticks[1][0]}" checked' in again and again.count('" checked>') >= 2
    assert 'name="cc" value="collector" checked' in again and f'name="to" value="{ticks[0][0]}" checked' not in again
    assert 'value="nobody"' in lucie.get("/t/acme/customers/C10462/specifics/new?kind=sms", htmx=True).text
    legal = next(number for number, ticked, off in ticks if not ticked and not off)
    asked = {"item": chosen, "kind": "email", "topic": "reminder", "away": "on", "on": "", "addressed": "1"}
    words = {"language": "fr", "subject": "Votre facture", "body": "Bonjour,\n\n[items]"}
    refused = lucie.post(f"{FILE}/specifics", htmx=True, **asked, **words)
    assert refused.status_code == 422 and "Choose at least one contact" in refused.text
    done = lucie.post(f"{FILE}/specifics", htmx=True, to=[legal], cc=["collector"], **asked, **words)
    read = lucie.get(done.headers["hx-redirect"]).text
    assert "legal@client.example" in read and "<dt>Copy</dt>" in read
    number = done.headers["hx-redirect"].rpartition("/")[2]
    form = lucie.get(f"/t/acme/agenda/{number}/edit").text
    assert f'name="to" value="{legal}" checked' in form and 'name="cc" value="collector" checked' in form
    usual = next(one for one, ticked, _ in ticks if ticked)
    words |= {"addressed": "1", "on": ""}
    assert lucie.post(f"/t/acme/agenda/{number}/edit", **words).status_code == 422
    assert lucie.post(f"/t/acme/agenda/{number}/edit", to=[usual], **words).status_code == 303
    read = lucie.get(f"/t/acme/agenda/{number}").text
    assert "legal@client.example" not in read and "<dt>Copy</dt>" not in read
