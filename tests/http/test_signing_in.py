"""Signing in: fixation, stuffing, dead sessions, one-time links (T12, I-23)."""

import pytest
from sqlalchemy import func, select, update

from relance.adapters.store.tables.tenancy import sessions, users
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.tenancy.make_sign_in_link import LinkFor
from tests.http.conftest import Visitor
from tests.http.ledger import PASSWORD, add_person, found

ADMIN = "admin@acme.example"


def kept_sessions(house: House) -> int:
    with house.engine().connect() as connection:
        return int(connection.execute(select(func.count()).select_from(sessions)).scalar_one())


def test_a_stranger_is_sent_to_the_sign_in_page_and_comes_back_after_it(visitor: Visitor) -> None:
    answer = visitor.get("/t/acme/agenda")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/t/acme/agenda")


def test_the_session_cookie_cannot_be_read_by_scripts_and_is_kept_only_as_a_hash(
    visitor: Visitor, house: House
) -> None:
    answer = visitor.client.post("/login", data={"email": ADMIN, "password": PASSWORD}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    token = visitor.client.cookies["relance"].partition("-")[2]
    with house.engine().connect() as connection:
        assert token not in str(connection.execute(select(sessions)).all())


def test_over_https_the_cookie_carries_the_host_prefix_and_secure(visitor: Visitor) -> None:
    answer = visitor.client.post(
        "https://relance.example/login",
        data={"email": ADMIN, "password": PASSWORD},
        headers={"origin": "https://relance.example"},
        follow_redirects=False,
    )
    assert answer.headers["set-cookie"].startswith("__Host-relance=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


def test_a_session_that_the_client_chose_is_never_adopted(visitor: Visitor) -> None:
    planted = "1-" + "A" * 43
    visitor.client.cookies.set("relance", planted)
    visitor.client.post("/login", data={"email": ADMIN, "password": PASSWORD})
    issued = [cookie.value for cookie in visitor.client.cookies.jar if cookie.name == "relance"]
    assert any(value != planted for value in issued)
    visitor.client.cookies.clear()
    visitor.client.cookies.set("relance", planted)
    assert visitor.get("/me").status_code == 303


def test_signing_in_again_gives_another_session(visitor: Visitor) -> None:
    visitor.sign_in(ADMIN)
    before = visitor.client.cookies["relance"]
    visitor.sign_in(ADMIN)
    assert visitor.client.cookies["relance"] != before


@pytest.mark.parametrize("email", [ADMIN, "nobody@acme.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor: Visitor, email: str) -> None:
    answer = visitor.client.post("/login", data={"email": email, "password": "wrong"})
    assert answer.status_code == 401
    assert "The address or the password is not right." in answer.text
    assert f'value="{email}"' in answer.text


def test_after_ten_wrong_tries_even_the_right_password_waits_but_a_link_still_opens(
    visitor: Visitor, house: House, system: Actor
) -> None:
    for _ in range(10):
        assert visitor.client.post("/login", data={"email": ADMIN, "password": "wrong"}).status_code == 401
    answer = visitor.client.post("/login", data={"email": ADMIN, "password": PASSWORD})
    assert answer.status_code == 429
    word = house.make_sign_in_link()(LinkFor(tenant=system.tenant, user=2))
    assert visitor.client.post(f"/login/link/{word}", follow_redirects=False).status_code == 303


def test_a_right_password_forgets_the_wrong_tries_before_it(visitor: Visitor) -> None:
    for _ in range(3):
        for _ in range(9):
            visitor.client.post("/login", data={"email": ADMIN, "password": "wrong"})
        visitor.sign_in(ADMIN)


def test_a_password_too_long_to_hash_is_refused(visitor: Visitor) -> None:
    assert visitor.client.post("/login", data={"email": ADMIN, "password": "x" * 5000}).status_code == 401


def test_looking_at_a_link_does_not_use_it_up_and_using_it_does(visitor: Visitor, house: House, system: Actor) -> None:
    word = house.make_sign_in_link()(LinkFor(tenant=system.tenant, user=2))
    for _ in range(3):
        assert visitor.get(f"/login/link/{word}").status_code == 200
    assert kept_sessions(house) == 0
    assert visitor.client.post(f"/login/link/{word}", follow_redirects=False).status_code == 303
    assert visitor.client.post(f"/login/link/{word}", follow_redirects=False).status_code == 401


def test_somebody_of_two_companies_chooses_after_the_password(visitor: Visitor, house: House, system: Actor) -> None:
    other = found(house, "globex", "Globex")
    for actor in (system, other):
        add_person(house, actor, "both@two.example", "Bo Th", "viewer")
    answer = visitor.client.post("/login", data={"email": "both@two.example", "password": PASSWORD})
    assert "Atelier Vernier SAS" in answer.text and "Globex" in answer.text
    assert "relance" not in visitor.client.cookies
    links = [part.partition('"')[0] for part in answer.text.split('action="')[1:]]
    entered = visitor.client.post(links[1], follow_redirects=False)
    assert entered.headers["location"] == "/t/globex/agenda"


def test_signing_out_ends_the_session_on_the_server(lucie: Visitor, house: House) -> None:
    cookie = lucie.client.cookies["relance"]
    lucie.post("/logout")
    assert kept_sessions(house) == 0
    lucie.client.cookies.clear()
    lucie.client.cookies.set("relance", cookie)
    assert lucie.get("/me").status_code == 303


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"active": False}, {"password_hash": "x"}])
def test_a_session_is_dead_once_the_role_the_state_or_the_password_changes(
    lucie: Visitor, house: House, change: dict[str, object]
) -> None:
    assert lucie.get("/me").status_code == 200
    with house.engine().begin() as connection:
        connection.execute(update(users).where(users.c.email == ADMIN).values(**change))
    assert lucie.get("/me").status_code == 303


def test_an_idle_session_ends(lucie: Visitor, house: House) -> None:
    from datetime import timedelta

    from relance.usecases.tenancy.opening import IDLE

    with house.engine().begin() as connection:
        row = connection.execute(select(sessions.c.seen_at)).scalar_one()
        connection.execute(update(sessions).values(seen_at=row - IDLE - timedelta(seconds=1)))
    assert lucie.get("/me").status_code == 303


def test_a_new_password_ends_every_other_session_and_keeps_this_one(lucie: Visitor, house: House) -> None:
    lucie.client.post("/login", data={"email": ADMIN, "password": PASSWORD})
    lucie.token = lucie.page_token("/me")
    answer = lucie.post("/me/password", current=PASSWORD, new="a much better sentence")
    assert answer.status_code == 303
    assert kept_sessions(house) == 1
    assert lucie.get("/me").status_code == 200


def test_the_current_password_is_asked_for(lucie: Visitor) -> None:
    assert lucie.post("/me/password", current="guess", new="a much better sentence").status_code == 422
    assert lucie.post("/me/password", current=PASSWORD, new="short").status_code == 422


def test_the_way_back_leads_only_to_our_own_pages(visitor: Visitor) -> None:
    answer = visitor.client.post(
        "/login",
        data={"email": ADMIN, "password": PASSWORD, "next": "https://evil.example/t/"},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/t/acme/agenda"
