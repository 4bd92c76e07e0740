"""Letters by a print service over HTTP have the life of every message; number and price stay with them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import ActionId, TenantId
from relance.plugins.channels.print_api import PrintApi, PrintApiChannel
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.open_delivery import DeliveryWanted, OpenDelivery
from relance.usecases.collection.seal_letters import NoPaper
from tests.servers.printer import PrinterPlace
from tests.usecases.collection.letter_room import LetterRoom


@pytest.fixture(scope="module")
def place() -> Iterator[PrinterPlace]:
    made = PrinterPlace()
    yield made
    made.end()


@pytest.fixture
def room(engine: Engine, tenant: TenantId, tmp_path: Path, place: PrinterPlace) -> LetterRoom:
    room = LetterRoom(engine, tenant, tmp_path)
    with room.work(tenant) as unit:
        standard = unit.collection.scenario("standard")
        steps = tuple(msgspec.structs.replace(one, registered=one.kind != "call") for one in standard.steps)
        unit.collection.save_scenario(msgspec.structs.replace(standard, steps=steps))
    room.channels = [PrintApiChannel(PrintApi(url=place.url, answer_seconds=0.5), in_test=True)]
    room.confirm()
    place.says.clear()
    place.taken.clear()
    return room


def test_a_letter_leaves_by_itself_with_its_number_and_price(room: LetterRoom, place: PrinterPlace) -> None:
    place.gives = {"tracking": "RK1FR", "price": "6.34", "currency": "EUR"}
    assert room.dispatch() == Dispatched(sent=1)
    place.gives = {}
    assert place.taken[-1]["registered"]
    assert place.taken[-1]["document"].startswith(b"%PDF-")
    [kept] = OpenDelivery(room.work, room.archive)(DeliveryWanted(actor=room.actor, action=ActionId(1))).messages
    assert (kept.tracking, kept.cost, kept.frozen.message.registered) == ("RK1FR", "6.34 EUR", True)
    with room.work.reading(room.tenant) as unit:
        assert unit.customer_file.timeline(1, 9)[0].detail["tracking"] == "RK1FR"
    with pytest.raises(NoPaper):
        room.seal()


def test_a_letter_that_nobody_has_read_is_printed_as_it_leaves(
    engine: Engine, tenant: TenantId, tmp_path: Path, place: PrinterPlace
) -> None:
    room = LetterRoom(engine, tenant, tmp_path)
    room.channels = [PrintApiChannel(PrintApi(url=place.url, answer_seconds=0.5), in_test=True)]
    room.change_action(1, state="confirmed", automation="automatic", automatic=True)
    place.taken.clear()
    assert room.dispatch(ignore_windows=True) == Dispatched(sent=1)
    assert place.taken[-1]["document"].startswith(b"%PDF-")


def test_a_silent_service_leaves_it_unknown_until_it_is_found(room: LetterRoom, place: PrinterPlace) -> None:
    place.says[:] = ["reset"]
    assert room.dispatch() == Dispatched(unknown=1)
    assert room.dispatch() == Dispatched()
    room.clock.moment += timedelta(minutes=11)
    room.dispatch()
    assert room.state() == ("sent", "")
    assert len(place.taken) == 1


def test_a_busy_service_is_asked_again(room: LetterRoom, place: PrinterPlace) -> None:
    place.says[:] = ["429"]
    assert room.dispatch() == Dispatched(waiting=1)
    room.clock.moment += timedelta(minutes=2)
    assert room.dispatch() == Dispatched(sent=1)
    assert room.attempts() == [(1, "retry-later"), (2, "accepted")]
