"""A real export enters the ledger by the command line, again, thinned, halved and broken (issue: the main job)."""

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from relance.main.cli.root import main

SAMPLES = os.environ.get("RELANCE_SAMPLES")
MAPPING = {
    "customer_code": "cust_number",
    "customer_name": "name_customer",
    "number": "doc_id",
    "issued_on": "posting_date",
    "due_on": "due_in_date",
    "amount": "converted_usd",
}


class Shell:
    """The command line on one database, in this process: starting Python anew each time is not what is tried here."""

    def run(self, *words: str) -> tuple[int, str]:
        """Exit code and standard output."""
        with contextlib.redirect_stdout(io.StringIO()) as said:
            try:
                code = main(list(words)) or 0
            except SystemExit as left:
                code = left.code
        assert code in {0, 2, 3}
        return code, said.getvalue()

    def items(self, file: Path, *more: str) -> tuple[int, dict[str, Any]]:
        """Import items from a file of the sample's layout."""
        maps = [word for field, column in MAPPING.items() for word in ("--map", f"{field}={column}")]
        option = ("--option", "whole-numbers=number")
        code, text = self.run("import", "items", str(file), "--tenant", "hr", *maps, *option, "--json", *more)
        return code, json.loads(text)

    def sum(self) -> dict[str, Any]:
        """What is open."""
        found: dict[str, Any] = json.loads(self.run("items", "sum", "--tenant", "hr", "--json")[1])
        return found


def generated() -> list[str]:
    """Lines of the same layout: an index, float numbers, times of day, amounts with too many decimals."""
    lines = [",cust_number,name_customer,doc_id,posting_date,due_in_date,converted_usd"]
    for place in range(1, 1001):
        customer, day, due = place % 90, place % 27 + 1, place % 28 + 1
        tail = "0000000000005" if place % 10 == 0 else ""
        lines.append(
            f"{place},{customer:06},Customer {customer},{1930000000 + place}.0,2026-03-{day:02} 00:00:00.000000000,"
            f"2026-04-{due:02} 00:00:00.000000000,{place}.{place % 90 + 10}{tail}"
        )
    return lines


EXPECTED_GENERATED = (1000, 90, "501041.10", 100)
EXPECTED_SAMPLE = (9681, 694, "310427859.02", 631)


REAL = [pytest.param("highradius", marks=pytest.mark.samples)] if SAMPLES else []


@pytest.fixture(params=["generated", *REAL])
def export(request: pytest.FixtureRequest) -> tuple[list[str], tuple[int, int, str, int]]:
    """The lines of an export, and what it must come to: items, customers, sum, rounded amounts."""
    if request.param == "generated":
        return generated(), EXPECTED_GENERATED
    assert SAMPLES
    text = (Path(SAMPLES) / "highradius" / "highradius_open_items_9681.csv").read_text()
    return text.splitlines(), EXPECTED_SAMPLE


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A tenant in dollars."""
    monkeypatch.setenv("RELANCE_DATABASE", f"sqlite:///{tmp_path}/relance.db")
    monkeypatch.setenv("RELANCE_ENV", "test")
    shell = Shell()
    shell.run("db", "upgrade")
    tenant = ("--currency", "USD", "--country", "FR", "--language", "en", "--timezone", "Europe/Paris")
    assert shell.run("tenant", "add", "hr", "--name", "HR", *tenant)[0] == 0
    return shell


def test_an_export_enters_and_only_what_changes_is_written(
    shell: Shell, export: tuple[list[str], tuple[int, int, str, int]], tmp_path: Path
) -> None:
    lines, (items, customers, total, rounded) = export

    def kept(name: str, chosen: list[str]) -> Path:
        file = tmp_path / name
        file.write_text("\n".join(chosen) + "\n")
        return file

    code, report = shell.items(kept("all.csv", lines))
    assert (code, report["state"], report["new"], report["new_customers"]) == (0, "done", items, customers)
    assert (report["sums"], report["rounded"]) == ({"USD": total}, rounded)
    assert shell.sum()["open"] == {"USD": total}

    code, report = shell.items(tmp_path / "all.csv")
    assert (report["new"], report["changed"], report["settled"]) == (0, 0, 0)

    half = [lines[0], *lines[1::2]]
    code, report = shell.items(kept("half.csv", half))
    assert (code, report["state"], report["reason"]) == (3, "held", "would-settle-too-much")
    assert shell.sum()["count"] == items

    broken = list(lines)
    cells = lines[499].split(",")
    cells[lines[0].split(",").index("due_in_date")] = "nonsense"
    broken[499] = ",".join(cells)
    code, report = shell.items(kept("broken.csv", broken))
    assert (code, report["state"], report["kept"], report["settled"]) == (0, "done", 1, 0)
    assert [(row["line"], row["value"]) for row in report["rejected"]] == [(500, "nonsense")]
    assert shell.sum() == {"count": items, "open": {"USD": total}, "as_of": shell.sum()["as_of"]}

    thinned = [line for place, line in enumerate(lines, 1) if place == 1 or place % 10]
    code, report = shell.items(kept("thinned.csv", thinned))
    gone = len(lines) - len(thinned)
    assert (code, report["settled"], report["new"], report["changed"]) == (0, gone, 0, 0)
    assert shell.sum()["count"] == items - gone
    if items == 9681:
        assert gone == 968


def test_a_file_without_rows_leaves_with_two(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("cust_number,doc_id\n")
    code, report = shell.items(tmp_path / "empty.csv")
    assert (code, report["state"]) == (2, "refused")
    assert shell.run("import", "items", str(tmp_path / "no.csv"), "--tenant", "hr")[0] == 2
    assert shell.run("import", "ideas", str(tmp_path / "empty.csv"), "--tenant", "hr")[0] == 2
