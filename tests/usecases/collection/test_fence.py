"""The restore fence: what came back, or was copied, sends nothing until a person says so (I-16, T22)."""

import errno
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from relance.adapters.store import fence
from relance.adapters.store.engine import engine_for
from relance.adapters.store.fence import StateFence
from relance.adapters.store.tables.installation import installation
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.installation import Mark, trouble_of
from relance.usecases.collection.dispatch import Dispatched
from relance.usecases.collection.open_fence import FenceOpened, FenceOpening, OpenFence
from tests.usecases.collection.mailroom import Mailroom


def open_fence(room: Mailroom, note: str = "restored after a disk failure") -> FenceOpened:
    verb = OpenFence(SqlTenantDirectory(room.engine), room.work, room.clock, room.fence)
    return verb(FenceOpening(by="operator", note=note))


def epoch_of(room: Mailroom) -> int:
    with room.engine.connect() as connection:
        return connection.execute(select(installation.c.epoch)).scalar() or 0


def take_back_to(room: Mailroom, epoch: int) -> None:
    """The database as an older backup has it; the rows of actions are set by the test."""
    room.change(installation, installation.c.epoch > epoch, epoch=epoch)


def mark(epoch: int = 3, name: str = "a", database: str = "11") -> Mark:
    return Mark(installation=name, epoch=epoch, database=database)


@pytest.mark.parametrize(
    ("inside", "beside", "trouble"),
    [
        (None, None, ""),
        (None, mark(), ""),
        (mark(0), None, ""),
        (mark(0, name="b"), mark(), ""),
        (mark(0), mark(), "restored"),
        (mark(), None, "copied"),
        (mark(), mark(), ""),
        (mark(4), mark(3), ""),
        (mark(2), mark(3), "restored"),
        (mark(2, database="12"), mark(3), "restored"),
        (mark(name="b"), mark(), "copied"),
        (mark(database="12"), mark(), "copied"),
    ],
)
def test_the_database_and_the_folder_are_compared(inside: Mark | None, beside: Mark | None, trouble: str) -> None:
    assert trouble_of(inside, beside) == trouble


def test_every_lot_of_messages_is_noted_before_it_leaves(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, 2)
    room.channel.before = lambda: seen.append(epoch_of(room))
    seen: list[int] = []
    room.confirm()
    assert room.dispatch().sent == 2
    assert seen == [1, 1]
    assert room.fence.trouble() == ""


def test_the_first_lot_may_break_off_between_the_row_and_the_file(
    engine: Engine, tenant: TenantId, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Mailroom(engine, tenant)
    room.confirm()
    write, times = fence._write, iter((True, False))

    def writes_once(file: Path, mark: Mark) -> None:
        if not next(times):
            raise OSError(errno.ENOSPC, "no space left")
        write(file, mark)

    monkeypatch.setattr(fence, "_write", writes_once)
    with pytest.raises(OSError, match="no space left"):
        room.fence.advance()
    monkeypatch.undo()
    assert (epoch_of(room), room.fence.trouble()) == (1, "")
    assert room.dispatch().sent == 1


def test_i16_a_database_that_came_back_sends_nothing_until_a_person_opens_the_fence(
    engine: Engine, tenant: TenantId
) -> None:
    room = Mailroom(engine, tenant, 3)
    room.confirm(1)
    room.dispatch()
    room.confirm(2)
    room.dispatch()
    take_back_to(room, 1)  # the backup was made before the second left, when it was confirmed already
    room.change_action(2, state="confirmed", sent_at=None, done_on=None)
    assert room.dispatch() == Dispatched(fenced="restored")
    assert len(room.channel.carried) == 2
    assert open_fence(room) == FenceOpened(unknown=1, asked=1)
    assert [room.state(number) for number in (1, 2, 3)] == [
        ("sent", ""),
        ("unknown", "restored"),
        ("to-confirm", "restored"),
    ]
    assert room.dispatch() == Dispatched()
    assert len(room.channel.carried) == 2


def test_i16_a_backup_made_before_the_first_message_left_is_older_too(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant)
    room.confirm(1)
    room.dispatch()
    take_back_to(room, 0)
    room.change_action(1, state="confirmed", sent_at=None, done_on=None)
    assert room.dispatch() == Dispatched(fenced="restored")
    assert open_fence(room) == FenceOpened(unknown=1)
    assert (room.fence.trouble(), room.dispatch()) == ("", Dispatched())
    assert len(room.channel.carried) == 1


def test_i16_what_the_day_plans_again_asks_first(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, automation="automatic")
    room.fence.advance()
    take_back_to(room, 0)
    assert open_fence(room).asked == 1
    room.change_action(1, state="planned", reason="")
    assert room.dispatch() == Dispatched()
    assert room.state() == ("to-confirm", "restored")


def test_a_copy_of_a_database_sends_nothing_and_what_it_was_copied_from_does(
    tmp_path: Path, empty_sqlite: Path
) -> None:
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    first = engine_for(f"sqlite:///{tmp_path}/relance.db")
    original = StateFence(first, tmp_path)
    original.advance()
    (tmp_path / "clone").mkdir()
    for name in ("relance.db", "relance.db-wal", "relance.db.installation"):
        if (tmp_path / name).exists():
            shutil.copyfile(tmp_path / name, tmp_path / "clone" / name)
    second = engine_for(f"sqlite:///{tmp_path}/clone/relance.db")
    clone = StateFence(second, tmp_path / "clone")
    assert (original.trouble(), clone.trouble()) == ("", "copied")
    clone.open()
    assert (original.trouble(), clone.trouble()) == ("", "")
    first.dispose()
    second.dispose()


def test_one_more_worker_joins_and_follows(engine: Engine, tmp_path: Path) -> None:
    here, there = StateFence(engine, tmp_path / "here"), StateFence(engine, tmp_path / "there")
    here.advance()
    assert there.trouble() == "copied"
    there.join()
    here.advance()
    assert there.trouble() == ""
    with engine.begin() as connection:
        connection.execute(installation.update().values(epoch=1))
    assert there.trouble() == "restored"


def test_opening_wants_a_note(engine: Engine, tenant: TenantId) -> None:
    with pytest.raises(BadInput, match="say why"):
        open_fence(Mailroom(engine, tenant), " ")
