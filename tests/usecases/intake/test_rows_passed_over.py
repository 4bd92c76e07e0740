"""Rows that repeat what is open are passed over: nobody can tell, whatever else the file says (A13, A14, A19)."""

import random
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, text

from relance.adapters.store.tenancy import SqlTenantDirectory
from relance.core.intake.reports import ImportReport
from tests.conftest import acme
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,number,issued_on,due_on,amount,type,currency,last_step"
LINE = "C1,N1,2026-01-05,2026-02-05,10.00,invoice,EUR,"


@pytest.mark.parametrize("seed", range(8))
def test_a_file_means_the_same_where_no_row_is_known(engine: Engine, desk: Desk, tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = Desk(engine, SqlTenantDirectory(engine).found(acme("globex"), "FR01"), folder)
    dice, lines = random.Random(seed), [_line(random.Random(f"{seed}/{place}"), place) for place in range(90)]
    for _ in range(4):
        with engine.begin() as connection:
            connection.execute(text(f"update items set content_digest = null where tenant_id = {other.tenant}"))
        reports = [one.rows(*lines, header=HEADER, override_guard=True) for one in (desk, other)]
        assert reports[0].state == "done"
        assert _told(reports[0]) == _told(reports[1])
        assert _ledger(desk) == _ledger(other)
        lines = _next(dice, lines)


def test_a_second_row_of_an_unchanged_item_is_refused_with_the_line_of_the_first(desk: Desk) -> None:
    desk.rows(LINE, LINE.replace("N1", "N2"), header=HEADER)
    changed = LINE.replace("10.00", "12.00")
    for _ in range(2):
        report = desk.rows(LINE, LINE.replace("N1", "N2"), changed, header=HEADER)
        assert (report.unchanged, report.changed) == (2, 0)
        assert [(row.line, row.code) for row in report.rejected] == [(4, "duplicate-identity")]
        desk.rows(LINE, header=HEADER, source="another")


def test_an_unchanged_item_that_gets_a_second_due_date_is_one_instalment_of_two(desk: Desk) -> None:
    desk.rows(LINE, LINE.replace("N1", "N2"), header=HEADER)
    report = desk.rows(LINE, LINE.replace("N1", "N2"), LINE.replace("02-05", "03-05"), header=HEADER)
    assert (report.new, report.changed, report.unchanged, report.settled) == (1, 0, 2, 0)


@pytest.mark.parametrize("moment", ["reading", "comparing", "writing"])
def test_customers_that_another_import_makes_meanwhile_are_no_second_time_made(desk: Desk, moment: str) -> None:
    desk.rows(LINE, LINE.replace("N1", "N2"), header=HEADER)
    others, came = [LINE.replace("C1", "C7"), LINE.replace("C1", "C8")], [desk.folder / "another.csv"]
    came[0].write_text(f"{HEADER}\n{others[1]}\n")

    def meanwhile(where: str, _rows: int) -> None:
        if where == moment and came:
            desk.put_file(came.pop(), source="another")

    report = desk.rows(LINE, LINE.replace("10.00", "11.00"), *others, header=HEADER, tell=meanwhile)
    assert not came
    assert (report.new_customers, desk.rows(LINE, *others, header=HEADER).new_customers) == (1, 0)
    with desk.engine.connect() as connection:
        codes = text(f"select code from customers where tenant_id = {desk.tenant} order by code")
        assert list(connection.execute(codes).scalars()) == ["C1", "C7", "C8"]


def _line(dice: random.Random, place: int) -> str:
    code = dice.choice(("C1", "C2", "C3", "0007", "7", "00C1"))
    amount = dice.choice((f"{place + 1}.00", f"{place + 1}.005", "12.30", "oops" if dice.random() < 0.2 else "7"))
    kind = dice.choice(("invoice", "invoice", "invoice", "credit-note", "down-payment-request"))
    due = f"2026-0{dice.randint(2, 4)}-05"
    return f"{code},N{place % 80},2026-01-05,{due},{amount},{kind},{dice.choice(('EUR', 'EUR', 'USD'))},"


def _next(dice: random.Random, lines: list[str]) -> list[str]:
    """Some gone, some new, some twice, some with other amounts and dates."""
    lines = dice.sample(lines, len(lines) - dice.randint(0, 6)) if dice.random() < 0.7 else lines[dice.randint(0, 4) :]
    more = [_line(dice, 100 + dice.randrange(40)) for _ in range(dice.randint(0, 5))]
    twice = dice.sample(lines, dice.randint(0, 2))
    for place in dice.sample(range(len(lines)), 4):
        before, after = dice.choice((("2026-02", "2026-05"), ("1", "2"), ("EUR", "USD"), ("C1", "C2")))
        lines[place] = lines[place].replace(before, after)
    return [*lines, *more, *twice]


def _told(report: ImportReport) -> dict[str, object]:
    return {name: value for name, value in msgspec.to_builtins(report).items() if name != "number"}


def _ledger(desk: Desk) -> list[tuple[object, ...]]:
    columns = "i.unique_key, c.code, i.due_on, i.amount, i.open_amount, i.currency, i.settled_on"
    query = (
        f"select {columns} from items i join customers c on c.tenant_id = i.tenant_id and c.customer_id = i.customer_id"
    )
    return sorted(desk.select(f"{query} where i.tenant_id = {desk.tenant}"), key=str)
