"""The aged balance of a real ledger, against plain Python over the file itself that shares no code with ours."""

import csv
import os
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from relance.core.tenancy.users import Actor
from relance.main.cli.insight import as_document
from relance.main.container import House
from relance.usecases.insight.show_aged_balance import AgedBalanceWanted
from relance.usecases.intake.import_file import FileToImport
from tests.http.ledger import found, house_at

SAMPLES = os.environ.get("RELANCE_SAMPLES", "")
AS_OF = date(2020, 5, 25)
COLUMNS = ("not_due", "days_1_30", "days_31_60", "days_61_90", "over_90", "credits", "total")
MAPPING = {
    "customer_code": "cust_number",
    "customer_name": "name_customer",
    "number": "doc_id",
    "issued_on": "posting_date",
    "due_on": "due_in_date",
    "amount": "converted_usd",
}

pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES, reason="RELANCE_SAMPLES names no folder of real exports"),
]


def naive(file: Path) -> dict[str, dict[str, str]]:
    """Customer to its row, computed from the cells."""
    sums: dict[str, dict[str, Decimal]] = {}
    with file.open(newline="") as opened:
        for cells in csv.DictReader(opened):
            amount = Decimal(cells["converted_usd"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
            late = (AS_OF - date.fromisoformat(cells["due_in_date"][:10])).days
            row = sums.setdefault(cells["cust_number"], dict.fromkeys(COLUMNS, Decimal("0.00")))
            row[_column(amount, late)] += amount
            row["total"] += amount
    return {customer: {name: str(value) for name, value in row.items()} for customer, row in sums.items()}


def _column(amount: Decimal, late: int) -> str:
    if amount < 0:
        return "credits"
    edges = ((0, "not_due"), (30, "days_1_30"), (60, "days_31_60"), (90, "days_61_90"))
    return next((name for edge, name in edges if late <= edge), "over_90")


def reported(house: House, system: Actor) -> dict[str, dict[str, str]]:
    balance = house.show_aged_balance()(AgedBalanceWanted(actor=system, as_of=AS_OF))
    return {row["customer"]: {name: row[name] for name in COLUMNS} for row in as_document(balance)["rows"]}


@pytest.mark.parametrize("now", ["2020-05-25T08:00:00Z", "2020-06-30T08:00:00Z"], ids=["that day", "weeks later"])
def test_report_and_file_agree_customer_by_customer(tmp_path: Path, now: str) -> None:
    file = Path(SAMPLES) / "highradius" / "highradius_open_items_9681.csv"
    house = house_at(tmp_path, now)
    system = found(house)
    report = house.import_file()(
        FileToImport(
            actor=system,
            kind="items",
            file=file,
            file_name=file.name,
            mapping=MAPPING,
            options={"whole-numbers": "number", "date": "iso"},
        )
    )
    assert (report.accepted, report.rounded) == (9681, 631)
    expected = naive(file)
    assert len(expected) == 694
    assert reported(house, system) == expected
    house.engine().dispose()
