"""Sessions, links and counted tries on SQLite and PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.adapters.store.sessions import SqlSignInDirectory
from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.usecases.tenancy.make_sign_in_link import LinkFor
from relance.usecases.tenancy.opening import SignInRefused
from relance.usecases.tenancy.sign_in import Credentials, TooManyTries
from tests.http.ledger import PASSWORD, found, house_on

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def house(engine: Engine, tmp_path: Path) -> House:
    return house_on(engine, tmp_path)


@pytest.fixture
def system(house: House) -> Actor:
    return found(house)


def test_signing_in_resuming_and_signing_out(house: House, system: Actor) -> None:
    found = house.sign_in()(Credentials(email="ADMIN@acme.example", password=PASSWORD, address="192.0.2.1"))
    assert found.opened is not None
    who = house.resume_session()(found.opened.cookie)
    assert who is not None and who.user.name == "Lucie Brandt" and who.tenant.code == "acme"
    house.sign_out()(found.opened.cookie)
    assert house.resume_session()(found.opened.cookie) is None


@pytest.mark.parametrize("cookie", ["", "1", "1-", "x-y", "1-" + "A" * 43, "2-" + "A" * 43, "-" * 50, "9" * 30 + "-a"])
def test_no_session_comes_of_what_was_never_issued(house: House, system: Actor, cookie: str) -> None:
    assert house.resume_session()(cookie) is None


def test_ten_tries_at_once_are_ten_and_the_eleventh_is_not_checked(engine: Engine) -> None:
    directory = SqlSignInDirectory(engine)
    since = NOW - timedelta(minutes=15)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: directory.reserve("account:x", 10, since, NOW), range(24)))
    assert sum(answers) == 10
    later = NOW + timedelta(minutes=16)
    assert directory.reserve("account:x", 10, later - timedelta(minutes=15), later)


def test_guessing_is_stopped_for_unknown_people_too(house: House, system: Actor) -> None:
    for _ in range(10):
        with pytest.raises(SignInRefused):
            house.sign_in()(Credentials(email="ghost@acme.example", password="x", address="192.0.2.2"))
    with pytest.raises(TooManyTries):
        house.sign_in()(Credentials(email="ghost@acme.example", password="x", address="192.0.2.2"))


def test_two_clicks_on_a_link_at_once_give_one_session(house: House, system: Actor) -> None:
    word = house.make_sign_in_link()(LinkFor(tenant=system.tenant, user=2))

    def click(_: int) -> bool:
        try:
            house.open_link()(word)
        except SignInRefused:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(click, range(4))) == 1


def test_a_database_that_is_away_is_not_ready(house: House, tmp_path: Path) -> None:
    from relance.adapters.store.engine import engine_for

    assert house.check_ready()()
    assert not SqlSignInDirectory(engine_for(f"sqlite:///{tmp_path}/empty.db")).reachable()
