"""A snapshot is compared by one number an item: it must find exactly what comparing every column finds (A13, A14)."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy import text

from relance.adapters.calendars import HolidayCalendars
from relance.adapters.store import item_books
from relance.adapters.store.intake_opened import opened_items
from relance.core.intake.reports import ImportReport
from relance.core.kernel.identifiers import ImportId, SourceId
from relance.usecases.intake.undo_import import ImportToUndo, UndoImport
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,customer_name,number,issued_on,due_on,amount,open_amount,reference,paid_on"
_COLUMNS = ("number", "due", "amount", "open", "reference", "paid_on")
Row = dict[str, str]


@pytest.fixture(autouse=True)
def books_of_few_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """Books are kept of as few items as these tests have."""
    monkeypatch.setattr(item_books, "_FEWEST", 1)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happened_since_a_snapshot_finds_exactly_the_items_that_differ(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    rows = {f"INV-{place:03}": _row(place) for place in range(120)}
    _put(desk, rows)
    for _ in range(4):
        for happening in chance.sample(HAPPENINGS, 2):
            happening(desk, rows, chance)
        _edit(rows, chance)
        known, report = _known(desk), _put(desk, rows)
        wanted = {number: _cells(row) for number, row in rows.items()}
        differing = {number for number in wanted.keys() & known.keys() if wanted[number] != known[number]}
        gone = {number for number in known.keys() - wanted.keys() if known[number][2] != "0"}
        assert report.state == "done"
        assert report.changed + report.reopened + report.settled - len(gone) == len(differing)
        assert report.unchanged == len(wanted.keys() & known.keys()) - len(differing)
        assert report.new == len(wanted.keys() - known.keys())
        assert {number: cells for number, cells in _known(desk).items() if cells[2] != "0"} == wanted
        _compare_books(desk)


def test_the_same_rows_with_another_mapping_change_nothing_and_are_recognised_again(desk: Desk) -> None:
    rows = {f"INV-{place:03}": _row(place) for place in range(40)}
    _put(desk, rows)
    narrow = HEADER.rsplit(",", 2)[0]
    lines = [_line(row).rsplit(",", 2)[0] for row in rows.values()]
    report = desk.rows(*lines, header=narrow)
    assert (report.changed, report.unchanged) == (0, 40)
    before = desk.ledger()
    assert desk.rows(*reversed(lines), header=narrow).unchanged == 40
    assert desk.ledger() == before


def test_a_book_grows_by_what_changed_and_is_gone_when_something_else_changes_the_items(desk: Desk) -> None:
    rows = {f"INV-{place:03}": _row(place) for place in range(60)}
    _put(desk, rows)
    del rows["INV-003"], rows["INV-007"]
    rows["INV-009"]["open"] = "1"
    report = _put(desk, rows)
    parts = "select part, rows from item_books order by part"
    assert desk.select(parts) == [(0, 60), (1, 3)]
    _compare_books(desk)
    UndoImport(desk.work, desk.clock, HolidayCalendars(), b"key")(
        ImportToUndo(actor=desk.actor, number=ImportId(report.number or 0))
    )
    assert desk.select(parts) == []


def _compare_books(desk: Desk) -> None:
    """Each book says what reading the items themselves says."""
    with desk.engine.begin() as connection:
        for (source,) in connection.execute(text("select distinct source_id from item_books")).all():
            book = item_books.ItemBook(connection, desk.actor.tenant, SourceId(source)).opened()
            items = opened_items(connection, desk.actor.tenant, SourceId(source))
            assert book.sort("item_id").equals(items.select(book.columns).sort("item_id"))


def _row(place: int) -> Row:
    number, amount = f"INV-{place:03}", str(place % 9 * 100 + 100)
    return {"number": number, "due": "20500", "amount": amount, "open": amount, "reference": "", "paid_on": ""}


def _line(row: Row) -> str:
    place = int(row["number"][4:])
    due = f"2026-02-{int(row['due']) - 20484:02}"
    cents = [f"{int(row[name]) // 100}.{int(row[name]) % 100:02}" for name in ("amount", "open")]
    cells = [
        f"C{place % 11:02}",
        "Customer",
        row["number"],
        "2026-01-05",
        due,
        *cents,
        row["reference"],
        row["paid_on"],
    ]
    return ",".join(cells)


def _put(desk: Desk, rows: dict[str, Row]) -> ImportReport:
    return desk.rows(*map(_line, rows.values()), header=HEADER, override_guard=True)


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in _COLUMNS[1:])


def _known(desk: Desk) -> dict[str, tuple[str, ...]]:
    query = (
        "select number, due_on, amount, open_amount, reference, coalesce(paid_on, 0) from items where type = 'invoice'"
    )
    return {
        str(number): (str(due), str(amount), str(opened), str(reference), _day(int(str(paid))))
        for number, due, amount, opened, reference, paid in desk.select(query)
    }


def _day(number: int) -> str:
    return f"2026-03-{number - 20512:02}" if number else ""


def _edit(rows: dict[str, Row], chance: random.Random) -> None:
    """What the next export says: some changed, some gone, some new."""
    for number in chance.sample(sorted(rows), 3):
        rows[number]["reference"] = f"R{chance.randrange(1000)}"
    for number in chance.sample(sorted(rows), 2):
        rows[number]["due"] = str(20490 + chance.randrange(20))
    for number in chance.sample(sorted(rows), 2):
        rows[number]["open"] = str(chance.randrange(1, 100))
    for number in chance.sample(sorted(rows), 3):
        del rows[number]
    for place in chance.sample(range(120, 1000), 2):
        rows.setdefault(f"INV-{place:03}", _row(place))


def _paid(desk: Desk, rows: dict[str, Row], chance: random.Random) -> None:
    """Payments reduce items; the next export knows of some of them and not of the others."""
    number = chance.choice(sorted(rows))
    cents = min(10, int(rows[number]["open"]))
    line = f"C{int(number[4:]) % 11:02},2026-03-01,0.{cents:02},{number},P{chance.randrange(10**6)}"
    desk.rows(line, kind="payments", header="customer_code,paid_on,amount,number,reference")
    if chance.random() < 0.5 and int(rows[number]["open"]) > cents:
        rows[number]["open"] = str(int(rows[number]["open"]) - cents)


def _held(desk: Desk, _rows: dict[str, Row], chance: random.Random) -> None:
    _run(desk, f"update items set hold = 'pause' where item_id = {chance.randrange(1, 100)}")


def _other_source(desk: Desk, rows: dict[str, Row], chance: random.Random) -> None:
    """A file of another source changes some of the same items."""
    some = [dict(rows[number], reference="elsewhere") for number in chance.sample(sorted(rows), 4)]
    desk.rows(*map(_line, some), header=HEADER, mode="delta", source="other")


def _other_mapping(desk: Desk, rows: dict[str, Row], chance: random.Random) -> None:
    """The same source without its last columns."""
    lines = [_line(rows[number]).rsplit(",", 2)[0] for number in sorted(rows)]
    desk.rows(*lines[chance.randrange(5) :], header=HEADER.rsplit(",", 2)[0], override_guard=True)


def _other_version(desk: Desk, _rows: dict[str, Row], chance: random.Random) -> None:
    """Digests that another version computed, and some that are not known."""
    _run(desk, f"update items set content_digest = {chance.randrange(10**9)} where item_id % 3 = 0")
    _run(desk, "update items set content_digest = null where item_id % 5 = 0")
    _run(desk, "delete from item_books")


def _run(desk: Desk, statement: str) -> None:
    with desk.engine.begin() as connection:
        connection.execute(text(statement))


HAPPENINGS: list[Callable[[Desk, dict[str, Row], random.Random], None]] = [
    _paid,
    _held,
    _other_source,
    _other_mapping,
    _other_version,
]
