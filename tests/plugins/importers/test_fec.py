"""The French FEC: customers' lines as items, lettered ones settled, and the file's own sums checked."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from relance.plugins import BadInput, Note, Rejected
from relance.plugins.importers.fec import FecJournal

READER = FecJournal()
COLUMNS = (
    "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
    "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
)
OPEN = ("", "", "20260131", "", "")


def line(journal: str, entry: str, account: str, debit: str, credit: str, *end: str, piece: str = "F1") -> str:
    """One line: the second half may be given."""
    customer = ("C1", "Acmé") if account.startswith("411") else ("", "")
    start = (journal, journal, entry, "20260105", account, "compte", *customer, piece, "20260104", "texte")
    return "|".join((*start, debit, credit, *(end or OPEN)))


SALE = (line("VE", "1", "411000", "120,00", "0,00"), line("VE", "1", "707000", "0,00", "120,00"))


def read(
    folder: Path, *lines: str, header: str = COLUMNS, encoding: str = "utf-8", **options: str
) -> tuple[list[dict[str, Any]], list[Rejected], list[Note]]:
    """Rows, rejected rows and notes."""
    file = folder / "fec.txt"
    file.write_bytes(("\r\n".join((header, *lines)) + "\r\n").encode(encoding))
    tables = list(READER.read(file, options))
    rows = pl.concat([table.columns for table in tables]).to_dicts()
    return rows, [no for table in tables for no in table.rejected], [note for table in tables for note in table.notes]


def test_a_line_of_a_customer_is_an_item_with_its_own_key(tmp_path: Path) -> None:
    rows, rejected, notes = read(tmp_path, *SALE)
    assert rows == [
        {
            "line": 2,
            "customer_code": "C1",
            "customer_name": "Acmé",
            "number": "F1",
            "type": "invoice",
            "issued_on": "2026-01-04",
            "currency": "EUR",
            "amount": "120.00",
            "open_amount": "120.00",
            "paid_on": "",
            "unique_key": "VE|1|2026|1",
            "reference": "texte",
        }
    ]
    assert (rejected, notes) == ([], [Note("other-accounts-left-out", 1)])


def test_what_a_line_is_follows_from_what_its_journal_is_for(tmp_path: Path) -> None:
    lines = (
        *SALE,
        line("VE", "2", "411000", "0,00", "20,00"),
        line("VE", "2", "707000", "20,00", "0,00"),
        line("BQ", "3", "512000", "50,00", "0,00"),
        line("BQ", "3", "411000", "0,00", "50,00"),
        line("BQ", "4", "411000", "5,00", "0,00"),
        line("BQ", "4", "512000", "0,00", "5,00"),
        line("AN", "5", "411000", "7,00", "0,00"),
        line("AN", "5", "411000", "0,00", "7,00"),
        line("OD", "6", "411000", "0,00", "1,00"),
        line("OD", "6", "658000", "1,00", "0,00"),
    )
    rows, _, _ = read(tmp_path, *lines)
    assert [(row["type"], row["amount"]) for row in rows] == [
        ("invoice", "120.00"),
        ("credit-note", "-20.00"),
        ("payment", "-50.00"),
        ("miscellaneous", "5.00"),
        ("invoice", "7.00"),
        ("payment", "-7.00"),
        ("miscellaneous", "-1.00"),
    ]


def test_lettered_lines_are_settled_and_small_letters_only_when_they_are_whole(tmp_path: Path) -> None:
    end = ("20260131", "", "")
    lines = (
        line("VE", "1", "411000", "100,00", "0,00", "A", "20260210", *end),
        line("VE", "2", "411000", "60,00", "0,00", "b", "20260211", *end),
        line("BQ", "3", "411000", "0,00", "30,00", "b", "20260211", *end),
        line("VE", "4", "411000", "10,00", "0,00", "c", "20260212", *end),
        line("BQ", "5", "411000", "0,00", "10,00", "c", "20260212", *end),
    )
    rows, _, _ = read(tmp_path, *lines)
    assert [(row["open_amount"], row["paid_on"]) for row in rows] == [
        ("0", "2026-02-10"),
        ("60.00", ""),
        ("-30.00", ""),
        ("0", "2026-02-12"),
        ("0", "2026-02-12"),
    ]


def test_amount_and_side_tabs_padding_and_foreign_money_are_understood(tmp_path: Path) -> None:
    header = COLUMNS.replace("Debit|Credit", "Montant|Sens").replace("|", "\t")
    foreign = ("", "", "20260131", "130,00", "USD")
    lines = (
        line("VE", "1", "411000", "0000000074,70", "D").replace("C1|", "C1   |").replace("|", "\t"),
        line("VE", "1", "411000", "10.5", "-1").replace("|", "\t"),
        line("VE", "2", "411000", "120,00", "+1", *foreign).replace("|", "\t"),
    )
    rows, _, notes = read(tmp_path, *lines, header=header)
    assert [(row["customer_code"], row["currency"], row["amount"]) for row in rows] == [
        ("C1", "EUR", "74.70"),
        ("C1", "EUR", "-10.5"),
        ("C1", "USD", "130.00"),
    ]
    assert notes == [Note("debit-and-credit-differ", 1, ("184.20 EUR",))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850"])
def test_the_encoding_is_seen_in_the_lines_that_tell_it(tmp_path: Path, encoding: str) -> None:
    odd = [line("VE", str(n), "411000", "1,00", "0,00").replace("texte", "Réglé à l'hôtel, n° élevé") for n in range(9)]
    rows, _, _ = read(tmp_path, *SALE * 900, *odd, encoding=encoding)
    assert rows[-1]["customer_name"] == "Acmé"
    assert READER.looks(tmp_path / "fec.txt", {}).options["encoding"] in (encoding, "utf-8-sig")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (line("VE", "1", "411000", "douze", "0,00"), "bad-amount"),
        (line("VE", "1", "411000", "1.234.567,00", "0,00"), "bad-amount"),
        (line("VE", "1", "411000", "9" * 30, "0,00"), "bad-amount"),
        ("VE|short", "wrong-number-of-cells"),
        (line("VE", "1", "411000", "1", "0") + "|x|y", "wrong-number-of-cells"),
    ],
)
def test_a_broken_line_is_rejected_and_the_others_are_read(tmp_path: Path, bad: str, code: str) -> None:
    rows, rejected, _ = read(tmp_path, bad, *SALE)
    assert [(no.line, no.code) for no in rejected] == [(2, code)]
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"a|b|c\n1|2|3\n", "does not name"),
        (COLUMNS.encode() + b"\n", "no line is of a customer"),
        (f"{COLUMNS}\n{SALE[1]}\n".encode(), "no line is of a customer"),
        (f"{COLUMNS}\n{SALE[0]}\nVE|VE|2|2026".encode(), "cut off"),
    ],
)
def test_a_fec_that_is_torn_or_none_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "fec.txt"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=words):
        list(READER.read(file, {}))


@pytest.mark.parametrize("encoding", ["klingon", "ascii"])
def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path, encoding: str) -> None:
    read(tmp_path, *SALE)
    with pytest.raises(BadInput, match="encoding"):
        list(READER.read(tmp_path / "fec.txt", {"encoding": encoding}))
