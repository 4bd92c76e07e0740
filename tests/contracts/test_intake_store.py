"""What the store promises about imports: summaries equal a recomputation, and order means nothing (I-9, I-11)."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from relance.adapters.store.summaries import refresh_summaries
from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.kernel.days import day_number
from relance.core.kernel.identifiers import TenantId
from tests.conftest import acme
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,number,issued_on,due_on,amount,open_amount,type,currency"
TYPES = ("invoice", "invoice", "invoice", "miscellaneous", "credit-note", "payment", "draft", "down-payment-request")
LIMITS = ((0, "not_due"), (30, "days_1_30"), (60, "days_31_60"), (90, "days_61_90"))


def ledger(seed: int, count: int = 120) -> list[str]:
    """Lines of a made-up ledger around 2 March 2026."""
    dice = random.Random(seed)
    lines = []
    for place in range(count):
        due = date(2026, 3, 2) + timedelta(days=dice.randint(-120, 40))
        amount = dice.randint(1, 90000)
        open_amount = dice.choice([amount, amount, amount // 2, 0])
        kind, currency = dice.choice(TYPES), dice.choice(("EUR", "EUR", "USD"))
        lines.append(
            f"C{dice.randint(1, 12)},N{place},2025-10-01,{due},{amount / 100:.2f},{open_amount / 100:.2f},"
            f"{kind},{currency}"
        )
    return lines


def naive(desk: Desk, today: date) -> dict[tuple[object, object], dict[str, object]]:
    """Summaries in plain Python."""
    found: dict[tuple[object, object], dict[str, object]] = {}
    columns = "customer_id, currency, due_on, open_amount, hold"
    query = f"select {columns} from items where open_amount <> 0 and type <> 'down-payment-request'"
    for customer, currency, due, amount, hold in desk.select(query):
        assert isinstance(due, int)
        assert isinstance(amount, int)
        row = found.setdefault((customer, currency), {})

        def add(name: str, value: int, row: dict[str, object] = row) -> None:
            row[name] = int(str(row.get(name, 0))) + value

        late = day_number(today) - due
        add("balance", amount)
        add("open_items", 1)
        if hold in {"promise", "dispute"}:
            add({"promise": "promised", "dispute": "disputed"}[str(hold)], amount)
        if amount < 0:
            add("credits", amount)
            continue
        add(next((name for limit, name in LIMITS if late <= limit), "over_90"), amount)
        if late > 0:
            add("overdue", amount)
            row["oldest_due_on"] = min(int(str(row.get("oldest_due_on", due))), due)
        change = next((due + limit + 1 for limit, _ in LIMITS if late <= limit), None)
        if change is not None:
            row["next_change_on"] = min(int(str(row.get("next_change_on", change))), change)
    return found


def kept(desk: Desk) -> dict[tuple[object, object], dict[str, object]]:
    """The maintained summaries, zeros left out."""
    names = (
        "balance, not_due, days_1_30, days_31_60, days_61_90, over_90, overdue, credits, promised, disputed, "
        "open_items, oldest_due_on, next_change_on"
    )
    rows = desk.select(f"select customer_id, currency, {names} from account_summaries")
    columns = names.split(", ")
    return {
        (row[0], row[1]): {name: value for name, value in zip(columns, row[2:], strict=True) if value} for row in rows
    }


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """Where files are imported."""
    return Desk(engine, tenant, tmp_path)


def without_zeros(rows: dict[tuple[object, object], dict[str, object]]) -> dict[object, object]:
    return {key: {name: value for name, value in row.items() if value} for key, row in rows.items()}


@pytest.mark.parametrize("seed", range(6))
def test_summaries_equal_a_recomputation_after_each_import_and_each_night(desk: Desk, seed: int) -> None:
    options = {"signs": "negative"}
    today = desk.clock.today("Europe/Paris")
    desk.rows(*ledger(seed), header=HEADER, options=options)
    assert kept(desk) == without_zeros(naive(desk, today))
    with desk.engine.begin() as connection:
        connection.execute(text("update items set hold = 'promise' where item_id % 5 = 0"))
        connection.execute(text("update items set hold = 'dispute' where item_id % 7 = 0"))
    report = desk.rows(*ledger(seed + 100), header=HEADER, options=options, override_guard=True)
    assert report.state == "done"
    with desk.engine.begin() as connection:
        refresh_summaries(connection, desk.tenant, today, None)
    assert kept(desk) == without_zeros(naive(desk, today))
    for days in (1, 29, 30, 200):
        later = today + timedelta(days=days)
        with desk.engine.begin() as connection:
            refresh_summaries(connection, desk.tenant, later, "due")
        assert kept(desk) == without_zeros(naive(desk, later))


@pytest.mark.parametrize("seed", range(6))
def test_summaries_follow_the_few_items_that_a_file_changes(desk: Desk, seed: int) -> None:
    dice, lines, options = random.Random(seed), ledger(seed, 240), {"signs": "negative"}
    today = desk.clock.today("Europe/Paris")
    desk.rows(*lines, header=HEADER, options=options)
    with desk.engine.begin() as connection:
        connection.execute(text("update items set hold = 'promise' where item_id % 5 = 0"))
        connection.execute(text("update items set hold = 'dispute' where item_id % 7 = 0"))
        refresh_summaries(connection, desk.tenant, today, None)
    for turn in range(5):
        today += timedelta(days=dice.choice((0, 0, 1, 9)))
        desk.clock.moment = datetime(today.year, today.month, today.day, 8, tzinfo=UTC)
        fresh = ledger(1000 * turn + seed + 7, dice.randint(1, 9))
        lines = [*dice.sample(lines, len(lines) - dice.randint(1, 9)), *fresh]
        lines = list({line.split(",")[1]: line for line in lines}.values())
        report = desk.rows(*lines, header=HEADER, options=options, override_guard=True)
        assert (report.state, report.rejected_rows) == ("done", 0)
        with desk.engine.begin() as connection:
            refresh_summaries(connection, desk.tenant, today, "due")  # the night, for accounts that the file left alone
        assert kept(desk) == without_zeros(naive(desk, today))


@pytest.mark.parametrize("seed", range(4))
def test_files_in_any_order_of_rows_and_encoding_mean_the_same(desk: Desk, seed: int) -> None:
    options = {"signs": "negative"}
    lines = ledger(seed)
    desk.rows(*lines, header=HEADER, options=options)
    before = desk.ledger()
    random.Random(seed).shuffle(lines)
    report = desk.rows(*lines, header=HEADER, options=options)
    assert (report.new, report.changed, report.settled, report.reopened) == (0, 0, 0, 0)
    other = "\r\n".join(line.replace(",", ";") for line in (HEADER, *reversed(lines)))
    desk.put(other.encode("utf-16"), options=options)
    assert desk.ledger() == before


@pytest.mark.parametrize("seed", range(4))
def test_after_a_snapshot_the_ledger_is_the_file_and_what_was_kept(desk: Desk, seed: int) -> None:
    """I-7: what is open at the source is the sum of the accepted rows and of the items of rejected rows."""
    options = {"signs": "negative"}
    desk.rows(*ledger(seed), header=HEADER, options=options)
    dice = random.Random(seed)
    lines = [line for line in ledger(seed) if dice.random() > 0.15]
    broken = [line.replace("2025-10-01", "soon") if dice.random() < 0.1 else line for line in lines]
    was = dict(desk.select("select number, open_amount from items"))
    report = desk.rows(*broken, header=HEADER, options=options, override_guard=True)
    numbers = {line.split(",")[1] for line in broken if "soon" in line}
    sums: dict[str, int] = {}
    for number, currency, amount in desk.select("select number, currency, open_amount from items"):
        sums[str(currency)] = sums.get(str(currency), 0) + int(str(amount))
        if number in numbers:
            assert amount == was[number]
            sums[str(currency)] -= int(str(amount))
    assert {name: f"{amount / 100:.2f}" for name, amount in sums.items()} == report.sums
    assert report.kept == sum(1 for number in numbers if was[number])


def test_two_tenants_with_the_same_file_do_not_see_each_other(engine: Engine, desk: Desk, tmp_path: Path) -> None:
    other = Desk(engine, SqlTenantDirectory(engine).found(acme("globex"), "FR01"), tmp_path)
    lines = ledger(1)
    desk.rows(*lines, header=HEADER, options={"signs": "negative"})
    assert other.sum().count == 0
    report = other.rows(*lines, header=HEADER, options={"signs": "negative"})
    assert report.unchanged == 0
    half = lines[: len(lines) // 2]
    other.rows(*half, header=HEADER, options={"signs": "negative"}, override_guard=True)
    assert desk.sum().count > other.sum().count
