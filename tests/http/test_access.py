"""Who may reach which address: the register of routes against roles, strangers, other tenants and foreign forms."""

import html
import re
from typing import get_args

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient
from sqlalchemy import func, select

from relance.adapters.store.schema import metadata
from relance.core.tenancy.users import ROLES, Actor, Right, Role, may
from relance.main.container import House
from tests.http.conftest import AT_HOME, Visitor
from tests.http.ledger import PASSWORD, add_person, found

NEEDS = {"open", "entry", "public", "signed-in", *get_args(Right)}
FILLED = {
    "{tenant:str}": "acme",
    "{action:int}": "999",
    "{item:int}": "999",
    "{number:int}": "999",
    "{user:int}": "999",
    "{contact:int}": "999",
    "{customer:int}": "999",
    "{document:int}": "999",
    "{specific:int}": "999",
    "{place:int}": "1",
    "{generation:int}": "1",
    "{batch:int}": "999",
    "{entry:int}": "999",
    "{code:str}": "C999",
    "{section:str}": "company",
    "{word:str}": "1-none",
}


def routes(app: Litestar) -> list[tuple[str, str, str | None]]:
    """Method, address with its parts filled in, and what it needs; OPTIONS is the framework's own answer."""
    known = []
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                path = re.sub(r"\{[^}]+\}", lambda part: FILLED.get(part.group(), "x"), route.path)
                known.append((str(method), path, handler.opt.get("needs")))
    return known


def pages(app: Litestar) -> list[tuple[str, str, str]]:
    return [(method, path, str(needs)) for method, path, needs in routes(app) if not path.startswith("/api/")]


def contents(house: House) -> dict[str, int]:
    """How many rows each table has, tries to sign in left out."""
    tables = [table for name, table in metadata.tables.items() if name != "sign_in_attempts"]
    with house.engine().connect() as connection:
        return {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in tables
        }


def test_every_route_declares_what_it_needs(app: Litestar) -> None:
    assert [path for _, path, needs in routes(app) if needs not in NEEDS] == []


def test_open_and_entry_are_what_they_are_meant_for(app: Litestar) -> None:
    opened = {path for _, path, needs in pages(app) if needs in {"open", "entry", "public"}}
    assert opened == {
        "/webhooks/bounces/acme",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/address/1-none",
        "/login",
        "/login/link/1-none",
        "/logout",
        "/static/x",
        "/tw/acme/x",
        "/tw/acme/replies/x",
        *(path for path in opened if path.startswith("/schema")),
    }


def test_a_stranger_reaches_no_page_and_changes_nothing(visitor: Visitor, house: House) -> None:
    before = contents(house)
    for method, path, needs in pages(visitor.client.app):
        answer = visitor.client.request(method, path, follow_redirects=False)
        if needs not in {"open", "entry", "public"}:
            expected = {303} if method == "GET" else {401, 403}
            assert answer.status_code in expected, (method, path)
    assert contents(house) == before


def test_a_stranger_learns_nothing_from_the_api(visitor: Visitor, house: House) -> None:
    before = contents(house)
    for method, path, _ in routes(visitor.client.app):
        if path.startswith("/api/"):
            answer = visitor.client.request(method, path)
            assert answer.status_code == 401, (method, path)
            assert answer.headers["content-type"].startswith("application/problem+json")
    assert contents(house) == before


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_what_its_rights_name_and_nothing_else(
    visitor: Visitor, house: House, system: Actor, role: Role
) -> None:
    add_person(house, system, f"{role}@roles.example", "Some Body", role)
    visitor.sign_in(f"{role}@roles.example")
    actor = Actor(tenant=system.tenant, user=None, name="x", role=role)
    for method, path, needs in pages(visitor.client.app):
        if needs not in get_args(Right):
            continue
        answer = visitor.get(path) if method == "GET" else visitor.post(path)
        allowed = may(actor, needs)  # type: ignore[arg-type] # what is left is a right
        assert (answer.status_code != 403) == allowed, (method, path, answer.status_code)


def test_another_tenants_address_is_the_same_not_found_as_none_at_all(
    lucie: Visitor, house: House, system: Actor
) -> None:
    found(house, "globex", "Globex")
    there, nowhere = lucie.get("/t/globex/agenda"), lucie.get("/t/nowhere/agenda")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.text == nowhere.text


def test_an_unknown_address_is_a_friendly_page(lucie: Visitor) -> None:
    answer = lucie.get("/t/acme/nothing-here")
    assert answer.status_code == 404
    assert "This page does not exist" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    french = lucie.client.get("/t/acme/nothing-here", headers={"accept-language": "fr"}).text
    assert 'lang="fr"' in french and "This page" not in french and "Sign in" not in french


def test_htmx_gets_a_problem_it_can_show(lucie: Visitor) -> None:
    answer = lucie.get("/t/acme/agenda/999", htmx=True)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["type"] == "urn:relance:problem:not-found"


def test_htmx_without_a_session_is_led_to_the_sign_in_page(visitor: Visitor) -> None:
    answer = visitor.get("/t/acme/agenda", htmx=True)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login")


def test_one_comes_back_to_the_page_with_its_filters(visitor: Visitor) -> None:
    answer = visitor.get("/t/acme/agenda?view=held")
    assert answer.headers["location"] == "/login?next=/t/acme/agenda%3Fview%3Dheld"
    assert 'value="/t/acme/agenda?view=held"' in visitor.get(answer.headers["location"]).text


def test_what_was_typed_when_the_session_had_ended_waits_in_the_sign_in_page_and_is_sent_after_it(
    lucie: Visitor, house: House
) -> None:
    lucie.client.cookies.clear()
    asked = lucie.post("/t/acme/groups", name='Key "accounts"')
    assert asked.status_code == 401 and "What you typed is kept here" in asked.text
    typed = {"email": "admin@acme.example", "next": "/t/acme/groups"}
    kept = html.unescape(field(asked.text, "kept"))
    missed = lucie.client.post("/login", data=typed | {"password": "wrong", "kept": kept})
    assert html.unescape(field(missed.text, "kept")) == kept
    offered = lucie.client.post("/login", data=typed | {"password": PASSWORD, "kept": kept})
    lucie.token = field(offered.text, "csrf")
    sent = lucie.post("/t/acme/groups", name=html.unescape(field(offered.text, "name")))
    assert sent.status_code == 303
    assert "Key &#34;accounts&#34;" in lucie.get("/t/acme/groups").text


def test_a_form_of_another_site_or_a_password_is_never_kept(lucie: Visitor) -> None:
    lucie.client.cookies.clear()
    foreign = lucie.client.post("/t/acme/groups", data={"name": "x"}, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403 and 'name="kept"' not in foreign.text
    assert "secret word" not in lucie.post("/me/password", new_password="secret word").text


def field(text: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(f'name="{name}" value="([^"]*)"', text)
    assert found
    return found.group(1)


def test_a_form_without_the_sessions_token_changes_nothing(lucie: Visitor) -> None:
    lucie.token = "guessed"
    assert lucie.post("/me", language="fr").status_code == 403
    assert lucie.post("/me", htmx=True, language="fr").status_code == 403
    assert 'lang="en"' in lucie.get("/me").text


@pytest.mark.parametrize("header", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_from_another_site_is_refused_even_with_the_token(lucie: Visitor, header: dict[str, str]) -> None:
    answer = lucie.client.post("/me", data={"csrf": lucie.token}, headers=header, follow_redirects=False)
    assert answer.status_code == 403


def test_a_forgotten_declaration_closes_a_route(house: House) -> None:
    from litestar import get

    from relance.http.access import admit

    @get("/forgotten", sync_to_thread=False)
    def forgotten() -> str:
        return "secret"

    with TestClient(
        Litestar([forgotten], guards=[admit], logging_config=None), base_url=AT_HOME, raise_server_exceptions=False
    ) as client:
        assert "secret" not in client.get("/forgotten").text


def test_a_fault_of_ours_is_said_in_one_sentence_and_tells_nothing(
    lucie: Visitor, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    from dependency_injector import providers

    def broken() -> object:
        raise ZeroDivisionError("internals: password=hunter2")

    with house.show_agenda.override(providers.Callable(lambda: lambda asked: broken())):
        answer = lucie.get("/t/acme/agenda")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Something went wrong on our side" in answer.text
    assert "unexpected error at GET /t/acme/agenda" in caplog.text
