"""The feed that ERPs already send, through the addresses that they know, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from dependency_injector import providers
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Engine

from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.http.api.feed import HANDLERS
from relance.main.container import House
from relance.main.settings import Environment
from relance.main.web import web_of
from relance.usecases.tenancy.add_key import KeyMade, NewKey
from tests.http.api.conftest import found

Api = TestClient[Litestar]
HEADER = "client_code;item_number;item_date_issue;item_date_due;item_amount_initial_inc_tax;item_extra;\n"
ITEMS = (
    HEADER
    + """"C1";"F1";"2026/01/05";"2026/02/05";"1\u00a0200,50";"5" pipe";
"C2";"F2";"05/01/2026";"05/02/2026";"1200.00123";"";
"C2";;"20260105";"05-FEB-26";"-100";"";
"""
)
STOCK = "/api/items?clear_items_not_modified=true"


@pytest.fixture
def both(engine: Engine, tmp_path: Path) -> Iterator[Api]:
    """The web application on either database, with a tenant `acme`."""
    house = House()
    url = engine.url.render_as_string(hide_password=False)
    house.environment.override(providers.Object(Environment(database=url, secret="s" * 40, state=str(tmp_path))))
    found(house, "acme")
    with TestClient(web_of(house)) as client:
        client.app.state["house"] = house
        yield client
    house.engine().dispose()


def made_by(house: House, tenant: Tenant, *scopes: str) -> KeyMade:
    actor = Actor(tenant=tenant.tenant, user=None, name="system")
    return house.add_key()(NewKey(actor=actor, name="erp", scopes=scopes or ("import",)))


@pytest.fixture
def made(house: House, acme: Tenant) -> KeyMade:
    return made_by(house, acme)


def secret_of(made: KeyMade) -> str:
    return made.key.rpartition("_")[2]


def send(api: Api, made: KeyMade, path: str, text: str, kind: str = "text/csv"):
    auth = (made.id, secret_of(made))
    return api.post(path, content=text.encode(), headers={"content-type": kind}, auth=auth)


def test_nights_of_the_feed_are_imported_as_they_come(both: Api) -> None:
    house: House = both.app.state["house"]
    made = made_by(house, house.directory().by_code("acme"))
    clients = send(
        both, made, "/api/clients", "client_code;client_business_name;group\nC1;Acme;Key|North\nC2;Globex;\n"
    )
    assert (clients.status_code, clients.json()["new"]) == (200, 2)
    answer = send(both, made, STOCK, ITEMS)
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert (report["state"], report["rows"], report["accepted"], report["new"]) == ("done", 3, 2, 2)
    assert report["sums"] == {"EUR": "2400.50"}
    rejected = [(row["line"], row["column"], row["code"]) for row in report["rejected"]]
    assert rejected == [(4, "item_number", "missing-value")]
    users = "user_email;user_lastname;client_code\nbo@acme.example;Ek;C1\n"
    assert send(both, made, "/api/users?replace_users_association=1", users).json()["new"] == 1
    contacts = "client_code;contact_lastname;contact_email\nC1;Hart;zoe@c1.example\n"
    assert send(both, made, "/api/contacts", contacts).json()["new"] == 1
    delta = send(both, made, "/api/items", HEADER + "C2;F3;2026/01/05;2026/02/05;10;;\n").json()
    assert (delta["new"], delta["settled"]) == (1, 0)
    again = send(both, made, "/api/items", HEADER + "C2;F3;2026/01/05;2026/02/05;10;;\n").json()
    assert (again["state"], again["identical"]) == ("done", True)


def test_every_address_declares_its_scope() -> None:
    assert [handler.opt["scope"] for handler in HANDLERS] == ["import"] * 4


def test_who_does_not_come_with_a_good_key_is_asked_for_one(
    api: Api, house: House, acme: Tenant, made: KeyMade
) -> None:
    wrong = [
        (made.id, "0" * 48),
        ("nobody", secret_of(made)),
        (made.id, ""),
        (made.id, f"{made.key}0"),
        ("x", made.key),
    ]
    for auth in wrong:
        answer = api.post("/api/items", content=ITEMS.encode(), auth=auth)
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:relance:problem:key-refused")
        assert answer.headers["www-authenticate"].startswith("Basic ")
    assert api.post("/api/items", content=ITEMS.encode()).status_code == 401
    assert api.post("/api/items", headers={"authorization": "Basic !!"}, content=b"x").status_code == 401
    reader = made_by(house, acme, "read")
    answer = send(api, reader, "/api/items", ITEMS)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:relance:problem:scope-missing")
    foreign = api.post("/api/items", content=b"x", auth=(made.id, made.key), headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert api.get("/api/items", auth=(made.id, made.key)).status_code == 405


def test_the_keys_whole_text_is_a_good_secret_too(api: Api, made: KeyMade) -> None:
    assert api.post("/api/items", content=ITEMS.encode(), auth=(made.id, made.key)).status_code == 200


def test_a_form_with_one_file_is_the_same(api: Api, made: KeyMade) -> None:
    auth = (made.id, secret_of(made))
    form = {"file": ("items_20260302.txt", ITEMS.encode("latin-1"), "text/plain")}
    answer = api.post(f"{STOCK}&encoding=ISO-8859-1", files=form, auth=auth)
    assert (answer.status_code, answer.json()["new"]) == (200, 2)
    assert api.post("/api/items", files={"file": ("", b"")}, auth=auth).status_code == 422


def test_a_body_of_any_type_is_the_file(api: Api, made: KeyMade) -> None:
    """`curl --data-binary` says it is a form."""
    assert send(api, made, STOCK, ITEMS, "application/x-www-form-urlencoded").json()["new"] == 2


def test_what_is_held_or_refused_says_so_with_its_status(api: Api, made: KeyMade) -> None:
    many = "".join(f"C1;F{place};2026/01/05;2026/02/05;10;;\n" for place in range(30))
    assert send(api, made, STOCK, HEADER + many).status_code == 200
    held = send(api, made, STOCK, HEADER + "".join(many.splitlines(keepends=True)[:3]))
    assert (held.status_code, held.json()["state"]) == (409, "held")
    missing = send(api, made, STOCK, "client_code;item_number;item_date_issue\nC1;F1;2026/01/05\n")
    assert (missing.status_code, missing.json()["reason"]) == (409, "needs-answer")
    for path, text in (
        ("/api/items", ""),
        ("/api/items", HEADER),
        ("/api/items", HEADER + many[:40]),
        ("/api/items", "\0\0"),
        ("/api/items", "a;b\n1;2\n"),
        ("/api/clients", ITEMS),
        ("/api/items?clear_items_not_modified=perhaps", ITEMS),
        ("/api/items?encoding=klingon", ITEMS),
        ("/api/items?encoding=ascii", ITEMS),
    ):
        answer = send(api, made, path, text)
        assert answer.status_code == 422, (path, answer.text)


def test_a_body_over_the_limit_is_refused(api: Api, made: KeyMade) -> None:
    headers = {"content-length": "999999999", "content-type": "text/csv"}
    answer = api.post("/api/items", content=b"x", headers=headers, auth=(made.id, secret_of(made)))
    assert answer.status_code == 413
