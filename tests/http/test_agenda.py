"""The agenda over HTTP: what it shows, what deeds do, what each role sees of them."""

import re

import pytest
from sqlalchemy import insert, select, update

from relance.adapters.store.tables.collection import actions
from relance.adapters.store.tables.customers import customers
from relance.adapters.store.tables.ledger import items as items_table
from relance.adapters.store.tables.qualification import holds
from relance.core.tenancy.users import Actor
from relance.main.container import House
from tests.http.conftest import Visitor
from tests.http.ledger import add_person

pytestmark = pytest.mark.usefixtures("collected")


def state_of(house: House, action: int) -> str:
    with house.engine().connect() as connection:
        return str(connection.execute(select(actions.c.state).where(actions.c.action_id == action)).scalar_one())


def message_rows(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'name="id" value="(\d+)"(?! disabled)[^>]*aria-label="[^"]*">', text)]


def first_message(visitor: Visitor) -> int:
    return message_rows(visitor.get("/t/acme/agenda").text)[0]


def seen_in(visitor: Visitor, path: str) -> str:
    """The state of the action that a page's form was made for."""
    return re.search(r'name="seen" value="(\d+)"', visitor.get(path, htmx=True).text)[1]  # type: ignore[index]  # there


def test_the_agenda_groups_what_waits_and_shows_why_and_the_real_message(lucie: Visitor) -> None:
    text = lucie.get("/t/acme/agenda").text
    for words in ("Messages to confirm", "Calls", "Tasks", "First reminder, because", "days past its due date"):
        assert words in text
    assert "Transports Delaunay" in text
    assert "Step 2 of 5, in French" in text
    assert "€31,840.25" in text
    assert re.search(r'<iframe sandbox="[^"]*" src="/t/acme/agenda/\d+/message"', text)


def test_the_message_is_served_for_its_frame_only(lucie: Visitor) -> None:
    answer = lucie.get(f"/t/acme/agenda/{first_message(lucie)}/message")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "script-src" not in policy and "sandbox" in policy
    assert "<script" not in answer.text


def test_confirming_takes_the_row_away_moves_the_counters_and_opens_the_next(lucie: Visitor, house: House) -> None:
    chosen, following = message_rows(lucie.get("/t/acme/agenda").text)[:2]
    answer = lucie.post(f"/t/acme/agenda/{chosen}/confirm", htmx=True, next=following)
    assert state_of(house, chosen) == "confirmed"
    assert f'<div id="row-{chosen}" hx-swap-oob="delete">' in answer.text
    assert f"/t/acme/agenda/{following}/confirm" in answer.text
    trigger = answer.headers["hx-trigger"]
    assert f'"focus-row": "row-{following}"' in trigger
    assert f"/t/acme/agenda/{chosen}/recall" in trigger


def test_a_confirmation_can_be_taken_back(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    lucie.post(f"/t/acme/agenda/{chosen}/confirm", htmx=True)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/recall", htmx=True)
    assert state_of(house, chosen) == "to-confirm"
    assert answer.headers["hx-redirect"] == f"/t/acme/agenda?action={chosen}&done=recalled"


def test_without_a_script_confirming_leads_back_to_the_list(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/confirm")
    assert (answer.status_code, answer.headers["location"]) == (303, "/t/acme/agenda?done=confirmed")
    assert "Confirmed." in lucie.get("/t/acme/agenda?done=confirmed").text


def test_confirming_twice_says_that_it_changed_meanwhile(lucie: Visitor) -> None:
    chosen = first_message(lucie)
    lucie.post(f"/t/acme/agenda/{chosen}/confirm", htmx=True)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/confirm", htmx=True)
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.json()["detail"]


def test_many_are_reviewed_and_the_refused_are_named_with_the_reason(lucie: Visitor, house: House) -> None:
    chosen = message_rows(lucie.get("/t/acme/agenda").text)
    page = lucie.get("/t/acme/agenda/review?" + "&".join(f"id={number}" for number in chosen)).text
    assert f"Review {len(chosen)} messages" in page
    answer = lucie.client.post(
        "/t/acme/agenda/review", data={"csrf": lucie.token, "id": [str(number) for number in chosen]}
    )
    assert f"{len(chosen) - 1} messages confirmed" in answer.text
    assert "No collection contact" in answer.text and "Hotelli Saarinen Oy" in answer.text
    assert sorted({state_of(house, number) for number in chosen}) == ["confirmed", "held"]
    held = lucie.get("/t/acme/agenda?view=held").text
    assert "Hotelli Saarinen Oy" in held and "Open the customer" in held


def test_what_nobody_can_tell_is_resolved_by_a_person_with_a_reason(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    with house.engine().begin() as connection:
        connection.execute(update(actions).where(actions.c.action_id == chosen).values(state="unknown"))
    assert "To resolve" in lucie.get("/t/acme/agenda").text
    without = lucie.post(f"/t/acme/agenda/{chosen}/resolve", htmx=True, **{"as": "cancel"})
    assert without.status_code == 422
    lucie.post(f"/t/acme/agenda/{chosen}/resolve", htmx=True, **{"as": "cancel", "comment": "not in the log"})
    assert state_of(house, chosen) == "cancelled"


def test_a_viewer_sees_everything_and_has_no_button(viewer: Visitor) -> None:
    text = viewer.get("/t/acme/agenda").text
    assert "Transports Delaunay" in text
    assert "/confirm" not in text and "/skip" not in text and "/promise" not in text
    assert "Review and send" not in text


def test_a_colleague_sees_only_his_own_customers(visitor: Visitor, house: House, system: Actor) -> None:
    add_person(house, system, "cole@acme.example", "Cole Ague", "colleague")
    with house.engine().begin() as connection:
        connection.execute(update(customers).where(customers.c.customer_id == 4).values(collector_id=3))
    visitor.sign_in("cole@acme.example")
    text = visitor.get("/t/acme/agenda").text
    assert "Transports Delaunay" in text and "Kessler" not in text
    assert "of 1</span> done" in text
    with house.engine().connect() as connection:
        other = connection.execute(select(actions.c.action_id).where(actions.c.customer_id == 5)).scalar_one()
    assert visitor.get(f"/t/acme/agenda/{other}").status_code == 404
    assert visitor.get(f"/t/acme/agenda/{other}/message").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "view=confirm",
        "view=leaving",
        "view=upcoming",
        "view=held",
        "view=resolve",
        "view=done",
        "mine=1",
        "step=call",
        "over=10000",
        "sort=amount",
        "sort=oldest",
        "view=nonsense&sort=nonsense&over=x&after=1~2&action=x",
        "over=99999999",
        "action=999999",
    ],
)
def test_every_view_filter_and_order_is_a_page(lucie: Visitor, query: str) -> None:
    assert lucie.get(f"/t/acme/agenda?{query}").status_code == 200


def test_filters_that_leave_nothing_say_how_to_drop_them(lucie: Visitor) -> None:
    text = lucie.get("/t/acme/agenda?over=50000000").text
    assert "The filters leave nothing" in text and 'href="/t/acme/agenda"' in text


def test_an_old_page_that_comes_back_is_read_further_behind_its_last_row(lucie: Visitor, house: House) -> None:
    with house.engine().begin() as connection:
        row = connection.execute(select(actions).where(actions.c.kind == "email")).mappings().first()
        assert row
        theirs = select(customers).where(customers.c.customer_id == row["customer_id"])
        one = dict(connection.execute(theirs).mappings().one())
        numbers = range(1000, 1150)
        connection.execute(insert(customers), [one | {"customer_id": n, "code": f"N{n}"} for n in numbers])
        connection.execute(insert(actions), [dict(row) | {"action_id": n, "customer_id": n} for n in numbers])
    seen: list[int] = []
    path, text = "/t/acme/agenda?sort=oldest", ""
    while path:
        text = lucie.get(path, htmx=bool(seen)).text
        seen += [int(number) for number in re.findall(r'id="row-(\d+)"', text)]
        more = re.search(r'hx-get="([^"]*after=[^"]*)"', text)
        path = more.group(1).replace("&amp;", "&") if more else ""
    assert len(seen) == len(set(seen)) == 163


def test_a_first_day_offers_to_import(visitor: Visitor, house: House, system: Actor) -> None:
    from tests.http.ledger import found

    found(house, "fresh", "Fresh Start")
    visitor.sign_in("admin@fresh.example")
    text = visitor.get("/t/fresh/agenda").text
    assert "Nothing to collect yet" in text and "/t/fresh/imports" in text


def test_french_is_spoken_on_the_agenda(lucie: Visitor) -> None:
    text = lucie.client.get("/t/acme/agenda", headers={"accept-language": "fr"}).text
    assert "À faire" in text and "Lundi 23 novembre" in text
    assert "31\u00a0840,25\u00a0€" in text


def test_a_promise_for_all_items_takes_the_action_away_and_can_be_undone(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    form = lucie.get(f"/t/acme/agenda/{chosen}/promise", htmx=True).text
    assert "When will they pay?" in form and "FA-26-1009" in form
    items = re.findall(r'name="item" value="(\d+)"', form)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/promise", htmx=True, item=items, until="2026-11-27", comment="Claire")
    assert f'<div id="row-{chosen}" hx-swap-oob="delete">' in answer.text
    assert state_of(house, chosen) == "cancelled"
    undo = re.search(r'"undo": "([^"]+)"', answer.headers["hx-trigger"])
    assert undo
    assert lucie.post(undo.group(1), htmx=True).status_code == 200
    with house.engine().connect() as connection:
        assert connection.execute(select(items_table.c.hold).where(items_table.c.hold.is_not(None))).first() is None


def test_a_promise_for_some_items_leaves_the_action_with_the_rest(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    items = re.findall(r'name="item" value="(\d+)"', lucie.get(f"/t/acme/agenda/{chosen}/promise", htmx=True).text)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/promise", htmx=True, item=items[-1], until="2026-11-27")
    assert re.search(rf'id="row-{chosen}" hx-swap-oob="true"', answer.text)
    assert state_of(house, chosen) == "to-confirm"


@pytest.mark.parametrize("until", ["", "other", "soon", "2026-11-01"])
def test_a_promise_without_a_day_to_come_is_asked_again(lucie: Visitor, until: str) -> None:
    chosen = first_message(lucie)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/promise", htmx=True, item="9", until=until)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#dialog-body"
    assert 'role="alert"' in answer.text


def test_a_dispute_is_recorded_with_its_cause(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    items = re.findall(r'name="item" value="(\d+)"', lucie.get(f"/t/acme/agenda/{chosen}/dispute", htmx=True).text)
    lucie.post(f"/t/acme/agenda/{chosen}/dispute", htmx=True, item=items, cause="Price", comment="not as quoted")
    with house.engine().connect() as connection:
        assert connection.execute(select(holds.c.comment)).scalars().first() == "Price: not as quoted"


def test_a_call_is_noted_as_done_with_what_came_of_it(lucie: Visitor, house: House) -> None:
    with house.engine().connect() as connection:
        call = connection.execute(select(actions.c.action_id).where(actions.c.kind == "call")).scalars().first()
    assert "What came of it?" in lucie.get(f"/t/acme/agenda/{call}/done", htmx=True).text
    lucie.post(f"/t/acme/agenda/{call}/done", htmx=True, comment="Will pay on Friday")
    assert state_of(house, call) == "done"
    assert f'id="row-{call}"' in lucie.get("/t/acme/agenda?view=done").text


def test_a_step_is_skipped_only_with_a_reason(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    assert lucie.post(f"/t/acme/agenda/{chosen}/skip", htmx=True).status_code == 422
    answer = lucie.post(f"/t/acme/agenda/{chosen}/skip", htmx=True, comment="they moved house")
    assert answer.status_code == 200
    assert state_of(house, chosen) == "cancelled"


def test_a_step_that_another_tab_confirmed_is_not_skipped_unseen(lucie: Visitor, house: House) -> None:
    chosen = first_message(lucie)
    seen = seen_in(lucie, f"/t/acme/agenda/{chosen}/skip")
    lucie.post(f"/t/acme/agenda/{chosen}/confirm", htmx=True)
    answer = lucie.post(f"/t/acme/agenda/{chosen}/skip", htmx=True, comment="they moved house", seen=seen)
    assert answer.status_code == 409 and "changed meanwhile" in answer.text
    assert state_of(house, chosen) == "confirmed"
    now = seen_in(lucie, f"/t/acme/agenda/{chosen}/skip")
    lucie.post(f"/t/acme/agenda/{chosen}/skip", htmx=True, comment="they moved house", seen=now)
    assert state_of(house, chosen) == "cancelled"


def test_what_was_put_off_leaves_the_list_and_no_older_page_confirms_it(lucie: Visitor, house: House) -> None:
    chosen, following = message_rows(lucie.get("/t/acme/agenda").text)[:2]
    seen = seen_in(lucie, f"/t/acme/agenda/{chosen}")
    review = lucie.get(f"/t/acme/agenda/review?id={chosen}&id={following}").text
    put_off = lucie.post(f"/t/acme/agenda/{chosen}/snooze", htmx=True, until="+3", next=following)
    assert f'<div id="row-{chosen}" hx-swap-oob="delete">' in put_off.text
    assert f"/t/acme/agenda/{following}/confirm" in put_off.text and f"/{chosen}/confirm" not in put_off.text
    assert lucie.post(f"/t/acme/agenda/{chosen}/confirm", htmx=True, seen=seen).status_code == 409
    sent = lucie.post("/t/acme/agenda/review", id=[chosen, following], seen=re.findall(r'"seen" value="(.*?)"', review))
    assert "This action changed meanwhile" in sent.text
    assert (state_of(house, chosen), state_of(house, following)) == ("to-confirm", "confirmed")


def test_words_that_another_tab_changed_are_not_written_over(lucie: Visitor) -> None:
    chosen = first_message(lucie)
    edit, seen = f"/t/acme/agenda/{chosen}/edit", seen_in(lucie, f"/t/acme/agenda/{chosen}/edit")
    assert lucie.post(edit, htmx=True, subject="A", body="First. [items]", language="en", seen=seen).status_code == 200
    late = lucie.post(edit, htmx=True, subject="B", body="Second. [items]", language="en", seen=seen)
    assert late.status_code == 409
    assert "First." in lucie.get(edit).text


def test_a_refused_form_of_the_agenda_keeps_what_was_typed(lucie: Visitor) -> None:
    chosen = first_message(lucie)
    asked = lucie.post(f"/t/acme/agenda/{chosen}/promise", htmx=True, until="other", other="", comment="By phone")
    assert asked.status_code == 422
    assert 'value="other" checked' in asked.text and ">By phone</textarea>" in asked.text
    assert not re.search(r'name="item" value="\d+" checked', asked.text)


def test_all_sending_is_stopped_with_a_reason_that_every_page_shows(lucie: Visitor) -> None:
    assert lucie.post("/t/acme/sending", reason=" ").status_code == 422
    lucie.post("/t/acme/sending", reason="wrong figures in the import")
    page = lucie.get("/t/acme/customers").text
    assert "wrong figures in the import" in page and "Let messages leave again" in page
    assert "Let messages leave again?" in lucie.get("/t/acme/sending").text
    lucie.post("/t/acme/sending", deed="resume")
    assert "wrong figures" not in lucie.get("/t/acme/customers").text
