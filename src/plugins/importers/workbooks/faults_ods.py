"""Cells in error of an .ods, by their places; other cells the reader tells truly."""

import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from relance.plugins import BadInput

_CHUNK = 1 << 18
_MARK = b'value-type="error"'
_FURTHEST = 1_048_576
_USUAL = frozenset(("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))


def errors_of(file: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Words by (row, column), both from 0; empty where the file holds no error at all."""
    with zipfile.ZipFile(file) as packed:
        with packed.open("content.xml") as opened:
            if not _marked(opened):
                return {}
        with packed.open("content.xml") as opened:
            return _Places(sheet).read(opened)


def _marked(opened: IO[bytes]) -> bool:
    rest = b""
    while chunk := opened.read(_CHUNK):
        if _MARK in rest + chunk:
            return True
        rest = chunk[-len(_MARK) :]
    return False


class _Places:
    """Counts rows and cells, which may be written once for many."""

    def __init__(self, sheet: str) -> None:
        self._sheet, self._inside = sheet, False
        self._row = self._column = 0
        self._rows = self._cells = 1
        self._text: list[str] | None = None
        self.found: dict[tuple[int, int], str] = {}

    def read(self, opened: IO[bytes]) -> dict[tuple[int, int], str]:
        """All errors of the sheet."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            while chunk := opened.read(_CHUNK):
                parser.Parse(chunk, False)
        except expat.ExpatError as broken:
            raise BadInput(f"the workbook is damaged ({broken}); save it again") from broken
        return self.found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._inside, self._row = attributes.get("table:name") == self._sheet, 0
        elif self._inside and name == "table:table-row":
            self._rows, self._column = _times(attributes, "table:number-rows-repeated"), 0
        elif self._inside and name in ("table:table-cell", "table:covered-table-cell"):
            self._cells = _times(attributes, "table:number-columns-repeated")
            self._text = [] if attributes.get("calcext:value-type") == "error" else None

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name in ("table:table-cell", "table:covered-table-cell"):
            if self._text is not None:
                word = "".join(self._text).strip()
                self.found[self._row, self._column] = word if word in _USUAL else "#VALUE!"
            self._column, self._text = self._column + self._cells, None


def _times(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return min(int(said), _FURTHEST) if said.isdecimal() else 1


def _no_doctype(*_: object) -> None:
    raise BadInput("the workbook declares a document type; such files are not read")
