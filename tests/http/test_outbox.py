"""The outbox page: what a trial wrote instead of sending, and the banner that says so on every page."""

import asyncio
import re
from pathlib import Path

import msgspec
import pytest
from dependency_injector import providers
from litestar.testing import TestClient

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.main.web import web_of
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.dispatch import DispatchRequest
from tests.http.conftest import AT_HOME, Visitor
from tests.http.ledger import decide, found, house_at, write_ledger


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose messages become files."""
    monkeypatch.setenv("RELANCE_OUTBOX", str(tmp_path / "outbox"))
    house = house_at(tmp_path)
    inside = msgspec.structs.replace(house.environment(), outbox=str(tmp_path / "outbox"))
    house.environment.override(providers.Object(inside))
    return house


def test_written_messages_are_listed_and_every_page_says_that_nothing_leaves(trial: House, tmp_path: Path) -> None:
    system: Actor = found(trial)
    write_ledger(trial, system.tenant)
    decide(trial, system)
    trial.confirm_actions()(Confirmation(actor=system))
    asyncio.run(trial.dispatch()(DispatchRequest(tenants=(system.tenant,), ignore_windows=True)))
    with TestClient(web_of(trial), base_url=AT_HOME) as client:
        visitor = Visitor(client)
        visitor.sign_in("admin@acme.example")
        text = visitor.get("/t/acme/outbox").text
        assert "messages are written to the outbox and do not leave" in visitor.get("/me").text
    assert len(re.findall(r"/t/acme/agenda/\d+", text)) == len(list((tmp_path / "outbox").glob("*.eml"))) > 0


def test_where_messages_really_leave_there_is_no_outbox(lucie: Visitor) -> None:
    assert lucie.get("/t/acme/outbox").status_code == 404
    assert "do not leave" not in lucie.get("/me").text
