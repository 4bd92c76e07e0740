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
