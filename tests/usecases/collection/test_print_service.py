"""A print service takes a batch over SFTP: whole, from the pinned host only, and nothing twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.collection.print_batches import BatchMoved
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.plugins.channels.letter import LetterChannel, provide_channels
from relance.plugins.channels.print_service import NotTaken, PrintPlace
from relance.usecases.collection.hand_over_letters import NoPrintService
from tests.servers.sftp import PASSWORD, USER, SftpPlace
from tests.usecases.collection.letter_room import LetterRoom

ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SftpPlace]:
    folder = tmp_path / "service"
    folder.mkdir()
    made = SftpPlace(folder)
    yield made
    made.end()


@pytest.fixture
def room(engine: Engine, tenant: TenantId, tmp_path: Path, service: SftpPlace) -> LetterRoom:
    room = LetterRoom(engine, tenant, tmp_path, 2)
    room.confirm()
    room.seal()
    room.channels = [LetterChannel(place(service))]
    return room


def place(service: SftpPlace) -> PrintPlace:
    return PrintPlace(host="127.0.0.1", port=service.port, user=USER, password=PASSWORD, host_key=service.fingerprint)


def there(service: SftpPlace) -> dict[str, bytes]:
    return {file.suffix: file.read_bytes() for file in service.folder.iterdir()}


@ON_SQLITE
def test_a_batch_is_brought_whole_with_a_list_of_its_letters(room: LetterRoom, service: SftpPlace) -> None:
    assert room.shown().service == "127.0.0.1"
    done = room.bring()
    found = there(service)
    head, first, second = found[".csv"].decode().splitlines()
    assert found[".pdf"].startswith(b"%PDF-")
    assert head.startswith("letter;first_page;pages;customer")
    assert (first[:11], second[:11]) == ("1;1;1;C1;1.", "2;2;1;C2;2.")
    assert (done.state, done.note[:15]) == ("handed-over", "127.0.0.1 took ")
    assert room.state(1) == ("sent", "")
    with pytest.raises(BatchMoved):
        room.bring()


@ON_SQLITE
def test_a_service_that_fails_leaves_the_batch_sealed_and_a_second_try_gives_nothing_twice(
    room: LetterRoom, service: SftpPlace
) -> None:
    service.no_renames = True
    with pytest.raises(NotTaken):
        room.bring()
    assert room.shown().batch.state == "sealed"
    assert set(there(service)) == {".part"}
    service.no_renames = False
    assert room.bring().state == "handed-over"
    assert set(there(service)) == {".csv", ".pdf"}


@ON_SQLITE
def test_another_hosts_key_is_given_nothing(room: LetterRoom, service: SftpPlace) -> None:
    service.another_key()
    with pytest.raises(NotTaken):
        room.bring()
    assert service.log_ins == 0
    assert there(service) == {}


@ON_SQLITE
def test_without_a_service_nothing_is_brought(room: LetterRoom) -> None:
    room.channels = [LetterChannel()]
    assert room.shown().service == ""
    with pytest.raises(NoPrintService):
        room.bring()


def test_a_host_without_a_pinned_key_is_refused() -> None:
    with pytest.raises(BadInput, match="host_key"):
        provide_channels({"host": "print.example"})
    assert provide_channels({"host": "print.example", "host_key": "SHA256:x", "port": "2222"})[0].ready() is None
