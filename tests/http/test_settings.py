"""Settings, people, scenarios and the audit trail, for administrators."""

import re

import pytest

from relance.core.tenancy.users import Actor
from relance.http.pages.setting_fields import SECTIONS
from relance.main.container import House
from tests.http.conftest import Visitor
from tests.http.ledger import add_person

HOURS = {"slot0.mon": "on", "slot0.tue": "on", "slot0.thu": "on", "slot0.opens": "09:00", "slot0.closes": "16:30"}
SENDING = HOURS | {
    "hold-minutes": "5",
    "minimum-delay": "4",
    "late-step-days": "15",
    "daily-cap": "2000",
    "contact-budget": "0",
    "copies-most": "10",
    "copies-megabytes": "8",
    "freshness-scheduled": "2",
    "freshness-manual": "7",
}


def test_sending_hours_are_read_as_days_and_times(lucie: Visitor, house: House, system: Actor) -> None:
    assert lucie.post("/t/acme/settings/sending", **SENDING).status_code == 303
    values = house.show_settings()(system).values
    assert values["windows"] == "mon-tue 09:00-16:30, thu 09:00-16:30"
    assert values["pre-due-exempt"] == "off"
    assert "Last changed by Lucie Brandt" in lucie.get("/t/acme/settings/sending").text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"hold-minutes": "soon"}, "whole number"),
        ({"slot0.opens": ""}, "at least one day"),
        ({"slot0.closes": "08:00"}, "windows"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_reason(
    lucie: Visitor, house: House, system: Actor, changed: dict[str, str], words: str
) -> None:
    answer = lucie.post("/t/acme/settings/sending", **(SENDING | changed))
    assert answer.status_code == 422
    assert words in answer.text
    assert house.show_settings()(system).values["hold-minutes"] == "10"


@pytest.mark.parametrize("section", ["company", "sending", "guard", "defaults", "users", "audit"])
def test_every_section_can_be_read(lucie: Visitor, section: str) -> None:
    assert lucie.get(f"/t/acme/settings/{section}").status_code == 200


def test_a_person_is_added_given_a_right_and_a_link(lucie: Visitor, house: House, system: Actor) -> None:
    added = lucie.post(
        "/t/acme/settings/users/new", email="cora@acme.example", name="Cora", role="collector", active="on"
    )
    invitation = re.search(r'value="(http[^"]+/login/link/[^"]+)"', added.text)
    assert invitation and "No mail relay is set up" in added.text
    [cora] = [user for user in house.list_users()(system) if user.email == "cora@acme.example"]
    page = f"/t/acme/settings/users/{cora.user}"
    lucie.post(page, name="Cora C.", role="collector", active="on", right=["import", "export"])
    [cora] = [user for user in house.list_users()(system) if user.email == "cora@acme.example"]
    assert (cora.name, cora.rights) == ("Cora C.", ("import",))
    address = re.search(r'value="(http[^"]+/login/link/[^"]+)"', lucie.post(f"{page}/link").text)
    assert address
    assert "Sign in" in lucie.client.get(address.group(1)).text
    assert "Invitation link" in lucie.post(f"{page}/invitation").text


def test_the_last_administrator_stays_one(lucie: Visitor, house: House, system: Actor) -> None:
    [admin] = [user for user in house.list_users()(system) if user.role == "administrator"]
    answer = lucie.post(f"/t/acme/settings/users/{admin.user}", name=admin.name, role="viewer", active="on")
    assert answer.status_code == 422
    assert "administrator must stay" in answer.text


def test_a_person_without_access_is_signed_out_at_once(
    house: House, visitor: Visitor, system: Actor, lucie: Visitor
) -> None:
    from relance.usecases.tenancy.change_user import UserChange

    add_person(house, system, "max@acme.example", "Max", "manager")
    visitor.sign_in("max@acme.example")
    [max_] = [user for user in house.list_users()(system) if user.name == "Max"]
    house.change_user()(UserChange(actor=system, user=max_.user, name="Max", role="manager", active=False))
    assert visitor.get("/t/acme/customers").status_code == 303


def test_hostile_settings_stay_text(lucie: Visitor) -> None:
    company = {"name": '"><script>alert(1)</script>', "country": "FR", "language": "en", "currency": "EUR"}
    lucie.post("/t/acme/settings/company", timezone="Europe/Paris", **company)
    assert "<script>alert" not in lucie.get("/t/acme/settings/company").text
    assert "<script>alert" not in lucie.get("/t/acme/settings/audit").text


@pytest.mark.parametrize("section", list(SECTIONS))
def test_every_section_shows_its_fields_and_the_words_of_their_choices(lucie: Visitor, section: str) -> None:
    shown = lucie.get(f"/t/acme/settings/{section}")
    assert shown.status_code == 200
    assert all(f'name="{line.name}"' in shown.text for line in SECTIONS[section][1] if line.name != "windows")


def test_s0_2_a1_who_cannot_sign_in_is_told_to_collect_nobody_and_leads_to_those_customers(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    [collector] = [user for user in house.list_users()(collected) if user.email == "lucie@acme.example"]
    page = f"/t/acme/settings/users/{collector.user}"
    assert "Customers whom this person collects" in lucie.get(page).text
    lucie.post(page, name=collector.name, role="collector")
    shown = lucie.get(page).text
    assert "counts as having no collector" in shown
    where = "/t/acme/customers?where=collector+%3D+lucie%40acme.example"
    assert where in shown and "Groupe Marchetti" in lucie.get(where).text
    assert "13 accounts" in lucie.get("/t/acme/agenda").text
