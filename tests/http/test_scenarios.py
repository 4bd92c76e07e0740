"""Scenarios are made, edited, published and restored on their pages, with forms alone (wireframe C)."""

from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor

HERE = "/t/acme/scenarios"
STEP = {"days": "2", "when": "after", "kind": "email", "automation": "automatic", "template": "first-reminder"}
STEP |= {"done_by": "collector", "only_if": "", "listed_by": "", "days_ahead": "", "place": "", "code": ""}


def test_scenarios_show_their_steps_and_texts(lucie: Visitor) -> None:
    page = lucie.get(HERE).text
    assert "Formal notice" in page and "Default of new accounts" in page and "5 days late" in page
    assert "What it says" in lucie.get(f"{HERE}/standard?step=2").text
    assert lucie.get(f"{HERE}/nothing").status_code == 404


def test_a_step_is_previewed_in_a_language_with_a_customer(lucie: Visitor) -> None:
    page = lucie.get(f"{HERE}/standard?step=2&lang=ja&customer=nobody-is-called-so").text
    assert "/templates/first-reminder/message?lang=ja" in page and "No customer is found by this" in page
    assert "<iframe" not in lucie.get(f"{HERE}/standard?step=2").text
    other = lucie.get(f"{HERE}/standard?step=2&lang=xx").text
    assert "not written in this language" in other and "<iframe" not in other


def test_a_step_is_added_moved_undone_and_published(lucie: Visitor, collected: Actor, house: House) -> None:
    added = lucie.post(f"{HERE}/standard/steps", **STEP | {"revision": "0"})
    assert added.headers["location"] == f"{HERE}/standard?step=2&done=saved"
    page = lucie.get(f"{HERE}/standard").text
    assert "First reminder 2: new" in page.replace("&#43;", "") and "version 1 chases" in page
    moved = lucie.post(f"{HERE}/standard/move", place="2", step="first-reminder-2", way="later", revision="1")
    assert moved.headers["location"] == f"{HERE}/standard?step=2"
    assert "3 days late" in lucie.get(f"{HERE}/standard").text
    assert lucie.post(f"{HERE}/standard/undo").status_code == 303
    assert "2 days late" in lucie.get(f"{HERE}/standard").text
    asked = lucie.get(f"{HERE}/standard/publish").text
    assert "accounts follow this scenario" in asked and "keep their place" in asked
    assert lucie.post(f"{HERE}/standard/publish", revision="1", in_flight="keep", note="sooner").status_code == 303
    assert "version 2 chases" in lucie.get(f"{HERE}/standard").text
    assert "sooner" in lucie.get(f"{HERE}/standard").text
    old = lucie.get(f"{HERE}/standard?version=1").text
    assert "Draft this version again" in old and "Save the step" not in old
    assert lucie.post(f"{HERE}/standard/restore", version="1").status_code == 303
    assert "First reminder 2: taken away" in lucie.get(f"{HERE}/standard").text


def test_what_is_wrong_is_said_at_its_field_and_stops_the_publication(lucie: Visitor, system: Actor) -> None:
    typed = lucie.post(f"{HERE}/standard/steps", **STEP | {"revision": "0", "days": "soon"})
    assert typed.status_code == 422 and "whole number" in typed.text and 'value="soon"' in typed.text
    lucie.post(f"{HERE}/standard/steps", **STEP | {"revision": "0", "days": "5", "only_if": "nonsense > 1"})
    page = lucie.get(f"{HERE}/standard?step=3").text
    assert "each step has a day of its own" in page and "The condition cannot be read" in page
    refused = lucie.post(f"{HERE}/standard/publish", revision="1", in_flight="keep", note="")
    assert refused.status_code == 422 and "cannot be published" in refused.text
    stale = lucie.post(f"{HERE}/standard/steps", **STEP | {"revision": "0"})
    assert stale.status_code == 422 and "changed meanwhile" in stale.text


def test_a_new_scenario_is_like_another_and_travels_as_text(lucie: Visitor, system: Actor) -> None:
    assert lucie.post(HERE, name="Key accounts", like="gentle").headers["location"] == f"{HERE}/key-accounts"
    details = {"name-en": "Key", "name-fr": "Clés", "per_invoice": "on", "revision": "1"}
    lucie.post(f"{HERE}/key-accounts/details", **details)
    lucie.post(f"{HERE}/key-accounts/remove", place="1", revision="2")
    text = lucie.get(f"{HERE}/key-accounts/text").text
    assert "fr: Clés" in text and "per-invoice: true" in text
    assert lucie.post(f"{HERE}/key-accounts/discard").headers["location"] == HERE
    assert lucie.get(f"{HERE}/key-accounts").status_code == 404
    assert lucie.post(f"{HERE}/import", text=text).status_code == 303
    assert "not published" in lucie.get(f"{HERE}/key-accounts").text
    wrong = lucie.post(f"{HERE}/import", text="code: x\nwhat: y\n")
    assert wrong.status_code == 422 and "line 2" in wrong.text


def test_thresholds_are_kept_compared_and_stop_the_publication_when_they_are_no_amounts(lucie: Visitor) -> None:
    details = {"name-en": "Standard", "minimum": "EUR=much", "ignore": "EUR=5"}
    assert lucie.post(f"{HERE}/standard/details", revision="0", **details).status_code == 303
    page = lucie.get(f"{HERE}/standard").text
    assert "Write amounts by currency" in page and "Small items none → EUR=5" in page
    assert lucie.post(f"{HERE}/standard/publish", revision="1", in_flight="keep", note="").status_code == 422
    lucie.post(f"{HERE}/standard/details", revision="1", **details | {"minimum": "EUR=150.00"})
    assert lucie.post(f"{HERE}/standard/publish", revision="2", in_flight="keep", note="").status_code == 303
    assert 'value="EUR=150.00"' in lucie.get(f"{HERE}/standard").text


def test_the_coming_weeks_are_shown_before_publishing(lucie: Visitor, collected: Actor) -> None:
    lucie.post(f"{HERE}/standard/steps", **STEP | {"revision": "0"})
    page = lucie.get(f"{HERE}/standard/simulation?weeks=2&in_flight=move").text
    assert "Week by week" in page and "Emails, draft" in page and "Customers who would jump steps" in page
    assert lucie.get(f"{HERE}/standard/simulation?weeks=99").status_code == 422


def test_a_viewer_designs_nothing(viewer: Visitor) -> None:
    assert viewer.get(HERE).status_code == 403
    assert viewer.post(f"{HERE}/standard/undo").status_code == 403
