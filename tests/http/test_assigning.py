"""The page of Search & Assign: tasks in order, a trial, a run (S0.20, S2.13, S4.10, B15, A2)."""

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.tenancy.change_user import UserChange
from tests.http.conftest import Visitor
from tests.http.ledger import add_person

PLACE = "/t/acme/assign"


def test_without_a_task_the_page_says_when_tasks_run(lucie: Visitor, collected: Actor) -> None:
    assert lucie.get(PLACE).headers["location"] == f"{PLACE}/collector"
    page = lucie.get(f"{PLACE}/collector").text
    assert "No task yet" in page and "after every import, once a day, and by hand" in page
    assert "Nothing would change" in lucie.get(f"{PLACE}/preview").text
    assert lucie.get(f"{PLACE}/nothing").status_code == 404


def test_a_task_is_added_tried_run_and_removed(lucie: Visitor, collected: Actor, house: House) -> None:
    made = lucie.post(f"{PLACE}/group", value="Key <b>", search="country = FR and overdue > 0")
    assert made.status_code == 303, made.text
    page = lucie.get(f"{PLACE}/group").text
    assert "Key &lt;b&gt;" in page and "4 customers now" in page and "Nothing yet" not in page
    trial = lucie.get(f"{PLACE}/preview").text
    assert "4 customers would get a value" in trial and "Task 1" in trial
    assert house.list_groups()(collected) == []
    done = lucie.post(f"{PLACE}/run").text
    assert "The tasks ran" in done and "4 customers got a value" in done
    [line] = house.list_groups()(collected)
    assert (line.group.name, line.customers) == ("Key <b>", 4)
    assert "Nothing would change" in lucie.get(f"{PLACE}/preview").text
    assert lucie.post(f"{PLACE}/tasks/1/remove", section="group").status_code == 303
    assert lucie.get(f"{PLACE}/tasks/1").status_code == 404


def test_a_task_is_changed_and_moved(lucie: Visitor, collected: Actor, house: House) -> None:
    for name in ("A", "B"):
        lucie.post(f"{PLACE}/group", value=name, search="", new_only="on")
    assert lucie.post(f"{PLACE}/tasks/2/move", section="group", up="1").status_code == 303
    assert [task.value for task in house.list_tasks()(collected)] == ["B", "A"]
    form = lucie.get(f"{PLACE}/tasks/2").text
    assert 'value="B"' in form and "Remove this task" in form
    refused = lucie.post(f"{PLACE}/tasks/2", value="B", search="countri = FR")
    assert refused.status_code == 422 and "countri" in refused.text
    lucie.post(f"{PLACE}/tasks/2", value="B", search="country = FR", remove="on")
    [first, _] = house.list_tasks()(collected)
    assert (first.task, first.new_only, first.remove) == (2, False, True)


def test_what_cannot_be_a_task_is_shown_again(lucie: Visitor, collected: Actor) -> None:
    refused = lucie.post(f"{PLACE}/collector", value="nobody@acme.example", search="country = FR")
    assert refused.status_code == 422 and "nobody@acme.example" in refused.text and "country = FR" in refused.text
    assert lucie.post(f"{PLACE}/tasks/9/move", section="group", up="1").status_code == 404


def test_the_default_is_chosen_here_too(lucie: Visitor, collected: Actor, house: House) -> None:
    assert 'value="lucie@acme.example" selected' in lucie.get(f"{PLACE}/default").text
    lucie.post(f"{PLACE}/default", collector="admin@acme.example", scenario="gentle")
    shown = house.show_assignment()(collected)
    assert (shown.collector, shown.scenario) == ("admin@acme.example", "gentle")
    assert lucie.post(f"{PLACE}/default", collector="no@one.example", scenario="gentle").status_code == 422


def test_a_manager_runs_tasks_and_only_an_administrator_writes_them(
    visitor: Visitor, house: House, collected: Actor
) -> None:
    add_person(house, collected, "max@acme.example", "Max Bauer", "manager")
    visitor.sign_in("max@acme.example")
    page = visitor.get(f"{PLACE}/collector").text
    assert "Add a task" not in page and visitor.post(f"{PLACE}/run").status_code == 200
    assert visitor.post(f"{PLACE}/collector", value="max@acme.example").status_code == 403


def test_a_viewer_does_not_see_it(viewer: Visitor) -> None:
    assert viewer.get(f"{PLACE}/collector").status_code == 403
    assert "/t/acme/assign" not in viewer.get("/t/acme/customers").text


def test_a_task_on_a_saved_search_names_it_and_keeps_it_from_being_removed(lucie: Visitor, collected: Actor) -> None:
    assert "Late in" not in lucie.get(f"{PLACE}/group").text
    lucie.post("/t/acme/searches/save", name="Late in <b>", where="country = FR and overdue > 0", shared="on")
    assert "Late in &lt;b&gt;</option>" in lucie.get(f"{PLACE}/group").text
    made = lucie.post(f"{PLACE}/group", value="Key", saved="4", search="not even a search (")
    assert made.status_code == 303, made.text
    page = lucie.get(f"{PLACE}/group").text
    assert "Saved search" in page and "Late in &lt;b&gt;</a>" in page and "4 customers now" in page
    assert '<option value="4" selected>' in lucie.get(f"{PLACE}/tasks/1").text
    refused = lucie.post("/t/acme/searches/4/remove")
    assert refused.status_code == 409 and "group = Key" in refused.text
    assert lucie.post(f"{PLACE}/tasks/1", value="Key", saved="", search="").status_code == 303
    assert lucie.post("/t/acme/searches/4/remove").status_code == 303


def test_b15_a_task_by_rule_is_made_refused_changed_and_told_in_the_file(lucie: Visitor, collected: Actor) -> None:
    form = lucie.get(f"{PLACE}/collector?way=collector-by-rule").text
    assert 'name="setting.rules"' in form and 'name="setting.field"' in form
    typed = {"setting-name": ["field", "rules"], "setting.field": "country", "assigner": "collector-by-rule"}
    refused = lucie.post(f"{PLACE}/collector", **typed | {"setting.rules": "FR = nobody@acme.example"})
    assert refused.status_code == 422 and "FR = nobody@acme.example" in refused.text
    torn = lucie.post(f"{PLACE}/collector", **typed | {"setting.rules": "FR admin@acme.example"})
    assert torn.status_code == 422 and "no line such as" in torn.text
    made = lucie.post(f"{PLACE}/collector", **typed | {"setting.rules": "FR = admin@acme.example"})
    assert made.status_code == 303, made.text
    assert "FR = admin@acme.example" in lucie.get(f"{PLACE}/collector").text
    assert "FR = admin@acme.example</textarea>" in lucie.get(f"{PLACE}/tasks/1").text
    assert "Task 1, By rule: country = FR" in lucie.get(f"{PLACE}/preview").text
    lucie.post(f"{PLACE}/run")
    assert "By the rule Task 1 (By rule, country = FR)" in lucie.get("/t/acme/customers/C10077").text


def test_b15_turns_are_ticked_and_who_left_is_told_at_the_task(lucie: Visitor, collected: Actor, house: House) -> None:
    add_person(house, collected, "max@acme.example", "Max Bauer", "collector")
    typed = {"assigner": "colleague-in-turn", "setting-name": "among", "new_only": "on"}
    assert "Max Bauer" in lucie.get(f"{PLACE}/colleague?way=colleague-in-turn").text
    assert lucie.post(f"{PLACE}/colleague", **typed).status_code == 422
    both = ["max@acme.example", "admin@acme.example"]
    assert lucie.post(f"{PLACE}/colleague", **typed | {"setting.among": both}).status_code == 303
    assert lucie.get(f"{PLACE}/tasks/1").text.count('value="max@acme.example" checked') == 1
    lucie.post(f"{PLACE}/collector", value="max@acme.example", search="country = FR")
    [max_bauer] = [user for user in house.list_users()(collected) if user.name == "Max Bauer"]
    gone = UserChange(actor=collected, user=max_bauer.user, name=max_bauer.name, role="collector", active=False)
    house.change_user()(gone)
    assert "no active user is called max@acme.example" in lucie.get(f"{PLACE}/collector").text
    trial = lucie.get(f"{PLACE}/preview").text
    assert "Task 2 cannot do all of its work." in trial and "Run now" in trial
    refused = lucie.post(f"{PLACE}/default", collector="max@acme.example", scenario="gentle")
    assert refused.status_code == 422 and "Max Bauer is inactive" in refused.text
