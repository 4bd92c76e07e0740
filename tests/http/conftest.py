"""A house with one small company, and browsers that do not render: Litestar's client on it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.web import web_of
from tests.http.ledger import PASSWORD, add_person, decide, found, house_at, write_ledger

AT_HOME = "http://127.0.0.1"


class Visitor:
    """A client that keeps its cookie and sends the page's token, as a browser would."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self.client, self.token = client, ""

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        answer = self.client.post("/login", data={"email": email, "password": password}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        self.token = self.page_token("/me")

    def page_token(self, path: str) -> str:
        found = re.search(r'x-csrftoken":"([^"]*)"', self.client.get(path).text)
        assert found
        return found.group(1)

    def post(self, path: str, htmx: bool = False, **fields: object):
        headers = {"hx-request": "true", "x-csrftoken": self.token} if htmx else {}
        data = fields if htmx else fields | {"csrf": self.token}
        return self.client.post(path, data=data, headers=headers, follow_redirects=False)

    def get(self, path: str, htmx: bool = False):
        return self.client.get(path, headers={"hx-request": "true"} if htmx else {}, follow_redirects=False)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = house_at(tmp_path)
    yield house
    house.engine().dispose()


@pytest.fixture
def system(house: House) -> Actor:
    return found(house)


@pytest.fixture
def collected(house: House, system: Actor) -> Actor:
    """The company with its ledger and the day decided."""
    write_ledger(house, system.tenant)
    decide(house, system)
    return system


@pytest.fixture
def app(house: House) -> Litestar:
    return web_of(house)


@pytest.fixture
def visitor(app: Litestar, system: Actor) -> Iterator[Visitor]:
    with TestClient(app, base_url=AT_HOME, raise_server_exceptions=False) as client:
        yield Visitor(client)


@pytest.fixture
def lucie(visitor: Visitor) -> Visitor:
    """The administrator, signed in."""
    visitor.sign_in("admin@acme.example")
    return visitor


@pytest.fixture
def viewer(house: House, visitor: Visitor, system: Actor) -> Visitor:
    """Somebody who may only look."""
    add_person(house, system, "vera@acme.example", "Vera Lind", "viewer")
    visitor.sign_in("vera@acme.example")
    return visitor
