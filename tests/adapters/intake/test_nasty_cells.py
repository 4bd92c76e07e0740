"""Cells as no program should write them: understood exactly, or their row is rejected with a code and its line."""

from datetime import date
from pathlib import Path

import pytest

from relance.adapters.intake.reader import ColumnarReader
from relance.core.kernel.days import day_number
from relance.plugins.importers.csv import DelimitedText
from relance.ports.intake import Checked, Plan

HEADER = "customer_code;customer_name;number;issued_on;due_on;amount\n"
AMOUNTS: dict[str, int | str] = {
    "1.234,50": 123_450,
    "1 234,50": 123_450,
    "1\u00a0234,50": 123_450,
    "1\u202f234,50": 123_450,
    "1'234,50": 123_450,
    "-1.234,50": -123_450,
    "1.234,50-": -123_450,
    "(1.234,50)": -123_450,
    "\u22121.234,50": -123_450,
    "+12,00": 1_200,
    "€ 12,00": 1_200,
    "12,00 €": 1_200,
    "EUR 12,00": 1_200,
    ",50": 50,
    "12,": 1_200,
    "0": 0,
    "000000012,00": 1_200,
    "12,005": 1_201,
    "12,00499999": 1_200,
    "999999999999999,99": 99_999_999_999_999_999,
    "9999999999999999": "bad-amount",
    "1.23.4,50": "bad-amount",
    "12,34,56": "bad-amount",
    "1e5": "bad-amount",
    "0x10": "bad-amount",
    "NaN": "missing-value",
    "Infinity": "bad-amount",
    "--5": "bad-amount",
    "-5-": "bad-amount",
    "5 6 a": "bad-amount",
    "#REF!": "cell-in-error",
    "=1+1": "bad-amount",
    "١٢٣": 12300,
}
DAYS = {
    "31/01/2026": date(2026, 1, 31),
    " 31/01/2026 ": date(2026, 1, 31),
    "29/02/2024": date(2024, 2, 29),
    "29/02/2026": None,
    "31/02/2026": None,
    "00/01/2026": None,
    "01/13/2026": None,
    "0000-00-00": None,
    "yesterday": None,
    "31/01/20261": None,
}
NAMES = (
    "O'Hara & Söhne",
    "'; drop table items; --",
    "{{ 7 * 7 }}",
    "%s%n",
    "\u202egnp",
    "名前",
    "=HYPERLINK(1)",
)


def _checked(folder: Path, *lines: str) -> Checked:
    file = folder / "export.csv"
    file.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    options = {"decimal": ",", "date": "%d/%m/%Y"}
    plan = Plan(kind="items", mapping={}, options=options, currency="EUR", known={"entity": {"": 1}, "last_step": {}})
    given = {"encoding": "utf-8", "delimiter": ";", "header-line": "1"}
    return ColumnarReader().check(DelimitedText().read(file, given), plan)


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_amount_is_exact_or_its_row_is_rejected(text: str, tmp_path: Path) -> None:
    checked = _checked(tmp_path, f"C1;A;N1;01/01/2026;31/01/2026;{text}", "C1;A;N2;01/01/2026;31/01/2026;7,00")
    assert not checked.questions
    minor = AMOUNTS[text]
    if isinstance(minor, str):
        assert [(row.line, row.column, row.code) for row in checked.rejected] == [(2, "amount", minor)]
        return
    assert checked.rejected == ()
    assert checked.records["amount"].to_list() == [minor, 700]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_exact_or_its_row_is_rejected(text: str, tmp_path: Path) -> None:
    checked = _checked(tmp_path, f"C1;A;N1;01/01/2020;{text};1,00", "C1;A;N2;01/01/2026;31/01/2026;7,00")
    day = DAYS[text]
    if day is None:
        assert [(row.line, row.column) for row in checked.rejected] == [(2, "due_on")]
        return
    assert checked.rejected == ()
    assert checked.records["due_on"].to_list()[0] == day_number(day)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_as_it_is(name: str, tmp_path: Path) -> None:
    quoted = name.replace('"', '""')
    checked = _checked(tmp_path, f'C1;"{quoted}";N1;01/01/2026;31/01/2026;1,00')
    assert checked.rejected == ()
    assert checked.records["customer_name"].to_list() == [name]
