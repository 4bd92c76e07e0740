"""The whole result of the list is changed after a review, and taken back (S0.13 to S0.17, S2.3, S4.6 to S4.8)."""

import re
from itertools import product

from relance.core.tenancy.users import Actor
from relance.http.pages.customer_changes import whole
from relance.http.pages.customers import VIEWS
from relance.main.container import House
from relance.usecases.insight.browse_customers import CustomersWanted
from relance.usecases.tenancy.add_user import NewUser
from tests.http.conftest import Visitor

NEW = "/t/acme/changes/new"
FRENCH = {"scope": "whole", "where": "country = FR"}


def groups_found(visitor: Visitor, name: str) -> int:
    return visitor.get(f"/t/acme/customers?where=group+%3D+{name}").text.count('name="code"')


def test_all_of_the_result_is_reviewed_changed_named_and_taken_back(lucie: Visitor, collected: Actor) -> None:
    form = lucie.post(NEW, do="whole", where="country = FR").text
    assert "Change all 4 customers of this result" in form
    review = lucie.post(NEW, do="review", add_groups="Key, Big", to_collector="admin@acme.example", **FRENCH)
    assert "4 customers are chosen" in review.text
    new = re.findall(r"<span>(Into group \w+)</span><b class=\"n\">new for (\d)", review.text)
    assert new == [("Into group Key", "4"), ("Into group Big", "4")], "a number for each, none is the sum of both"
    assert groups_found(lucie, "Key") == 0
    done = lucie.post(NEW, do="change", add_groups="Key, Big", **FRENCH).headers["location"]
    assert done == "/t/acme/customers?where=country+%3D+FR&changed=1"
    assert "4 customers changed: Into group Key; Into group Big" in lucie.get(done).text
    assert groups_found(lucie, "Key") == 4
    assert lucie.get(done).text.count(">Big, Key</span>") == 4
    assert "Into group Key" in lucie.get("/t/acme/changes").text
    assert lucie.post("/t/acme/changes/1/undo").headers["location"] == "/t/acme/changes?done=back"
    assert groups_found(lucie, "Key") == 0
    assert "Undone" in lucie.get("/t/acme/changes").text
    assert "customers changed" not in lucie.get(done).text


def test_b8_late_penalties_are_switched_off_for_all_of_the_result(lucie: Visitor, collected: Actor) -> None:
    assert "Late penalties: off" in lucie.post(NEW, do="review", to_penalties="no", **FRENCH).text
    lucie.post(NEW, do="change", to_penalties="no", **FRENCH)
    found = lucie.get("/t/acme/customers?where=penalties+%3D+no").text
    assert found.count('name="code"') == 4


def test_single_customers_are_ticked(lucie: Visitor, collected: Actor) -> None:
    done = lucie.post(NEW, do="change", scope="ticked", code=["C10077", "C10308"], add_groups="Key", q="ignored")
    assert done.status_code == 303
    assert groups_found(lucie, "Key") == 2


WRONG: tuple[dict[str, str], ...] = (
    {"do": "ticked"},
    {"do": "review", **FRENCH},
    {"do": "review", "to_scenario": "unheard-of", **FRENCH},
    {"do": "review", "to_collector": "nobody@acme.example", **FRENCH},
    {"do": "review", "scope": "whole", "where": "overdue > and", "add_groups": "Key"},
    {"do": "change", "scope": "whole", "where": "country = US", "add_groups": "Key"},
)


def test_what_cannot_be_done_is_said_and_stays_typed(lucie: Visitor, collected: Actor) -> None:
    for wrong in WRONG:
        answer = lucie.post(NEW, **wrong)
        assert answer.status_code == 422
        assert re.search(r'role="alert">[^<]+', answer.text)
        assert f'name="add_groups" value="{wrong.get("add_groups", "")}"' in answer.text


def test_only_who_may_assign_sees_ticks_and_changes(viewer: Visitor, collected: Actor) -> None:
    page = viewer.get("/t/acme/customers").text
    assert 'name="code"' not in page
    assert "/changes" not in page
    assert viewer.post(NEW, do="whole").status_code == 403
    assert viewer.get("/t/acme/changes").status_code == 403
    assert viewer.post("/t/acme/changes/1/undo").status_code == 403


def test_a_change_without_the_form_s_token_is_refused(lucie: Visitor, collected: Actor) -> None:
    lucie.token = "another"
    assert lucie.post(NEW, do="change", add_groups="Key", **FRENCH).status_code == 403


def test_what_the_list_counts_is_what_would_be_changed(house: House, collected: Actor) -> None:
    browse, offered = house.browse_customers(), house.suggest_values()(collected)
    collector = next(user.user for user in offered.users if user.name == "Lucie")
    narrowed: tuple[dict[str, object], ...] = ({}, {"search": "an"}, {"collector": collector})
    for view, more in product(VIEWS, narrowed):
        wanted = CustomersWanted(actor=collected, view=view, **more)  # type: ignore[arg-type]  # from the table
        same = CustomersWanted(actor=collected, criteria=whole(wanted, offered))
        assert browse(wanted).count == browse(same).count


def test_s0_3_s0_13_s0_17_several_colleagues_also_inactive_ones_are_associated_and_taken_off_at_once(
    lucie: Visitor, collected: Actor, house: House
) -> None:
    wanted = NewUser(actor=collected, email="ben@acme.example", name="Ben Ek", role="colleague", active=False)
    house.add_user()(wanted)
    both = ["ben@acme.example", "admin@acme.example"]
    form = lucie.post(NEW, do="whole", where="country = FR").text
    assert form.count('value="ben@acme.example"') == 2, "to associate, and to dissociate"
    review = lucie.post(NEW, do="review", add_colleague=both, **FRENCH).text
    assert all(f"Associated with {name}</span>" in review for name in ("Ben Ek", "Lucie Brandt"))
    again = lucie.post(NEW, do="edit", add_colleague=", ".join(both), **FRENCH).text
    assert again.count(" checked>") == 2
    assert lucie.post(NEW, do="change", add_colleague=", ".join(both), **FRENCH).status_code == 303
    found = "/t/acme/customers?where=colleague+%3D+ben%40acme.example"
    assert lucie.get(found).text.count('name="code"') == 4
    lucie.post(NEW, do="change", remove_colleague=both, **FRENCH)
    assert lucie.get(found).text.count('name="code"') == 0
