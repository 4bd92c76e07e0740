"""The screen on which a customer is changed: fields, contacts, and what is typed stays (A5, S1.11, S2.2)."""

import re

from relance.core.tenancy.users import Actor
from tests.http.conftest import Visitor

FILE = "/t/acme/customers/C10077"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found.group(1).replace("&#34;", '"')


def test_fields_are_changed_and_say_who_set_them(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get(f"{FILE}/edit").text
    assert "No import of customers has come yet" in page and "Who collects, and how" in page
    typed = {"seen": seen(page), "name": "Marchetti", "country": "FR", "language": "fr", "credit_limit": "1,500.25"}
    typed |= {"collection_stop": "on", "paused_until": "2026-12-24", "new-name": "Region", "new-value": "Nord"}
    assert lucie.post(f"{FILE}/edit", **typed).status_code == 303
    page = lucie.get(f"{FILE}/edit").text
    assert 'value="1500.25"' in page and "Set by Lucie Brandt" in page and 'name="custom.Region"' in page
    shown = lucie.get(FILE).text
    assert "Collection stopped" in shown and "€1,500.25" in shown and "Nord" in shown
    assert "No late penalties" in shown and "interest=1" not in shown


def test_what_cannot_be_kept_comes_back_as_it_was_typed(lucie: Visitor, collected: Actor) -> None:
    refused = lucie.post(f"{FILE}/edit", name="Marchetti & Fils", terms="soonish", credit_limit="", currency="")
    assert refused.status_code == 422
    assert "Marchetti &amp; Fils" in refused.text and 'value="soonish"' in refused.text
    assert "Payment terms: Write days, such as 30" in refused.text and 'aria-invalid="true"' in refused.text
    assert "soonish" not in lucie.get(f"{FILE}/edit").text


def test_somebody_who_was_faster_is_told_and_a_second_save_keeps(lucie: Visitor, collected: Actor) -> None:
    old = seen(lucie.get(f"{FILE}/edit").text)
    lucie.post(f"{FILE}/edit", seen=old, name="First", country="FR", language="fr")
    late = lucie.post(f"{FILE}/edit", seen=old, name="Second", country="FR", language="fr")
    assert late.status_code == 422 and "Save again" in late.text
    again = lucie.post(f"{FILE}/edit", seen=seen(late.text), name="Second", country="FR", language="fr")
    assert again.status_code == 303
    assert "Second" in lucie.get(FILE).text


def test_a_contact_is_added_and_removed(lucie: Visitor, collected: Actor) -> None:
    lucie.post(f"{FILE}/contacts/0", name="Neu", email="neu@client.example")
    number = max(int(n) for n in re.findall(r"/contacts/(\d+)", lucie.get(f"{FILE}/edit").text))
    assert "Remove contact" in lucie.get(f"{FILE}/contacts/{number}").text
    assert lucie.post(f"{FILE}/contacts/{number}/remove").status_code == 303
    assert "neu@client.example" not in lucie.get(FILE).text
    assert lucie.post(f"{FILE}/contacts/{number}/works").status_code == 404


def test_who_may_only_look_has_no_such_screen(viewer: Visitor, collected: Actor) -> None:
    assert f"{FILE}/edit" not in viewer.get(FILE).text
    assert viewer.get(f"{FILE}/edit").status_code == 403
