"""Delimited text: exact line numbers, and a torn file is never half read."""

from pathlib import Path

import polars as pl
import pytest

from relance.plugins import BadInput
from relance.plugins.importers.csv import DelimitedText

READER = DelimitedText()


def read(folder: Path, content: bytes, **options: str) -> tuple[list[tuple[object, ...]], list[tuple[int, str]]]:
    """Rows with their lines in front, and the lines and codes of rejected rows."""
    file = folder / "export.csv"
    file.write_bytes(content)
    rows, rejected = [], []
    for table in READER.read(file, {name.replace("_", "-"): value for name, value in options.items()}):
        frame: pl.DataFrame = table.columns
        rows += frame.select("line", *(name for name in frame.columns if name != "line")).rows()
        rejected += [(row.line, row.code) for row in table.rejected]
    return rows, rejected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_header(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(("a", "b")) + "\n" + delimiter.join(("1", "2")) + "\n"
    assert read(tmp_path, text.encode()) == ([(2, "1", "2")], [])


def test_line_numbers_are_those_of_the_file_also_behind_a_quoted_line_break(tmp_path: Path) -> None:
    rows, rejected = read(tmp_path, b'a,b\r\n1,"x\r\ny"\r\n\r\n2,3\r\n4\r\n5,6')
    assert rows == [(2, "1", "x\ny"), (5, "2", "3"), (7, "5", "6")]
    assert rejected == [(6, "wrong-cell-count")]


def test_rows_too_long_and_too_short_are_rejected_and_the_others_read(tmp_path: Path) -> None:
    rows, rejected = read(tmp_path, b"a,b\n1,2\n3\n4,5,6\n7,8\n")
    assert rows == [(2, "1", "2"), (5, "7", "8")]
    assert rejected == [(3, "wrong-cell-count"), (4, "wrong-cell-count")]


def test_a_delimiter_inside_quotes_is_text(tmp_path: Path) -> None:
    assert read(tmp_path, b'a,b\n"1,5",2\nx,""\n') == ([(2, "1,5", "2"), (3, "x", "")], [])


def test_bytes_become_text_by_the_stated_encoding(tmp_path: Path) -> None:
    assert read(tmp_path, "a;b\né;1\n".encode("cp1252"), encoding="cp1252")[0] == [(2, "é", "1")]
    assert read(tmp_path, "\ufeffa;b\né;1\n".encode())[0] == [(2, "é", "1")]
    with pytest.raises(BadInput, match="line 2: the file is not utf-8"):
        read(tmp_path, "a;b\né;1\n".encode("cp1252"), encoding="utf-8")


def test_the_header_may_stand_lower(tmp_path: Path) -> None:
    assert read(tmp_path, b"title\n\na,b\n1,2\n", header_line="3") == ([(4, "1", "2")], [])


def test_equal_and_empty_header_names_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(b",a,a,line\n1,2,3,4\n")
    (table,) = READER.read(file, {})
    assert table.columns.columns == ["column 1", "a", "a (2)", "line (2)", "line"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"a,b",
        b"a,b\n",
        b"a,b\n\n",
        b"a,b\n1,2\n3",
        b'a,b\n1,"2\n3,4',
        b"a,b\n1,\x00\n",
        b"a,b\x00\n1,2\n",
    ],
)
def test_a_file_that_is_empty_torn_or_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput):
        read(tmp_path, content)


@pytest.mark.parametrize("options", [{"encoding": "klingon"}, {"delimiter": ";;"}, {"header_line": "-1"}])
def test_an_option_that_means_nothing_is_refused(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        read(tmp_path, b"a,b\n1,2\n", **options)


def test_a_file_of_many_blocks_is_read_whole_with_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relance.plugins.importers.decoding.PIECE", 64)
    lines = [f"{place},text {place}" for place in range(200)]
    lines[150] = '150,"two\nlines"'
    rows, _ = read(tmp_path, ("a,b\n" + "\n".join(lines) + "\n").encode())
    assert len(rows) == 200
    assert [row[0] for row in rows] == [place + 2 + (place > 150) for place in range(200)]


def test_totals_that_name_whose_they_are_and_starred_sums_are_left_out(tmp_path: Path) -> None:
    header = "Compte;Pièce;Date;Échéance;Débit;Crédit;Devise"
    row = "411LEC;F1;2026-10-14;2026-11-13;800,00;;EUR"
    content = "\n".join((header, row, "Total 411LEC;;;;800,00;0,00;", row, "*;;;;800,00;;EUR", row)) + "\n"
    assert [row[0] for row in read(tmp_path, content.encode())[0]] == [2, 4, 6]
