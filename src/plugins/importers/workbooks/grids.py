"""Sheets as grids of text, exactly as they stand: line 1 of a grid is row 1 of the sheet."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import fastexcel
import msgspec
import polars as pl

from relance.plugins import TYPED, BadInput
from relance.plugins.importers.workbooks.layout import Row

_HEAD = 1 << 19
_WHOLE = 64 << 20
_ROW_END = re.compile(rb"</(?:(\w+):)?row>")
_LONG_FLOAT = r"^-?[0-9]+\.[0-9]{9}$"
_POINT = r"^-?[0-9]+\.[0-9]+$"
_EITHER = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"
"""As a text it may be a thousand times more."""
_MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)?$"
_SHEETS = re.compile(r"xl/worksheets/[^/]*\.xml", re.I)
_TEXTS = re.compile(r"xl/sharedStrings\.xml", re.I)
_TEXT_END = re.compile(rb"</(?:(\w+):)?si>")
_NAMED = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>(\d+)<')
_PARTS = re.compile(r"(\[Content_Types\]\.xml|_rels/.*|xl/[^/]*|xl/_rels/.*|xl/worksheets/[^/]*)", re.I)


class Grid(msgspec.Struct, frozen=True):
    """One sheet: columns of text without names that mean anything."""

    name: str
    hidden: bool
    cells: pl.DataFrame

    def first_rows(self, count: int) -> Sequence[Row]:
        """So many rows from the top."""
        return self.cells.head(count).rows()


class Book:
    """An opened workbook of any sort that calamine reads."""

    def __init__(self, source: Path | bytes) -> None:
        try:
            self._reader: Any = fastexcel.read_excel(source if isinstance(source, bytes) else str(source))
        except Exception as broken:  # the reader's own errors share no useful base
            raise unreadable(broken) from broken
        self.names: tuple[str, ...] = tuple(self._reader.sheet_names)

    def grid(self, name: str) -> Grid:
        """One sheet, whole."""
        try:
            sheet = self._reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            frame = pl.DataFrame(sheet) if sheet.width else pl.DataFrame()
            hidden = sheet.visible != "visible"
            del sheet  # it holds every cell once more: half of the memory
        except Exception as broken:  # as above; a panic of the reader is an Exception too
            raise unreadable(broken) from broken
        return Grid(name, hidden, clean(frame, lambda places: self._numbers(name, places)))

    def _numbers(self, name: str, places: list[int]) -> pl.DataFrame:
        """Which cells of these columns are numbers: a number is true or false, a text is neither."""
        sheet = self._reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="boolean", use_columns=places)
        return pl.DataFrame(sheet).select(pl.all().is_not_null())


def unreadable(why: BaseException) -> BadInput:
    """What the reader said, with what to do."""
    if "assword" in str(why):
        return BadInput("the workbook is protected by a password; open it, save it without the password, and send that")
    words = str(why).strip().splitlines() or [type(why).__name__]
    return BadInput(f"the workbook is cut off or damaged ({words[0][:200]}); save it again, or export it as CSV")


def clean(frame: pl.DataFrame, numbers: Callable[[list[int]], pl.DataFrame]) -> pl.DataFrame:
    """Days without a midnight, and amounts with the fifteen digits that a workbook holds and no more.

    Both are marked as what they are. Only of a cell such as 123.125 must be asked whether it is a number or a text.
    """
    texts = [pl.col(name).cast(pl.String).alias(f"c{place}") for place, name in enumerate(frame.columns)]
    frame = frame.select(texts)
    pointed = _holding(frame, frame.columns, _POINT)
    long = _holding(frame, pointed, _LONG_FLOAT)
    frame = frame.with_columns(_fifteen_digits(pl.col(name)) for name in long)
    either = _holding(frame, pointed, _EITHER)
    sure = numbers([frame.columns.index(name) for name in either]) if either else pl.DataFrame()
    certain = dict(zip(either, sure.iter_columns(), strict=True))
    days = _holding(frame, frame.columns, _MOMENT)
    frame = frame.with_columns(_pointed(name, certain.get(name)) for name in pointed)
    return frame.with_columns(_day(name) for name in days)


def _pointed(name: str, numbers: pl.Series | None) -> pl.Expr:
    """What can be nothing but a decimal point, and what is a number in the sheet."""
    text = pl.col(name)
    where = text.str.contains(_POINT)
    if numbers is not None:
        where &= pl.lit(numbers) | ~text.str.contains(_EITHER)
    return pl.when(where).then(TYPED + text).otherwise(text).alias(name)


def _day(name: str) -> pl.Expr:
    text = pl.col(name)
    bare = text.str.replace(r" 00:00:00$", "")
    return pl.when(text.str.contains(_MOMENT)).then(TYPED + bare).otherwise(text).alias(name)


def _holding(frame: pl.DataFrame, among: Sequence[str], shape: str) -> list[str]:
    """Those of some columns in which a cell has this shape."""
    found = frame.select(pl.col(among).str.contains(shape).any()) if among else pl.DataFrame()
    return [name for name in found.columns if found[name].item()]


def _fifteen_digits(text: pl.Expr) -> pl.Expr:
    """A binary fraction's artefact comes with nine decimals: 123456789.120000005 was 123456789.12."""
    exact = text.cast(pl.Float64, strict=False).round_sig_figs(15)
    plain = exact.cast(pl.Decimal(38, 9)).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    return pl.when(text.str.contains(_LONG_FLOAT)).then(plain).otherwise(text)


def head_of(file: Path) -> bytes:
    """An .xlsx with the first rows of each sheet and no more, so that a look at a large workbook is quick."""
    head = io.BytesIO()
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(head, "w") as small:
        texts, named = None, 0
        for entry in whole.infolist():
            if _TEXTS.fullmatch(entry.filename):
                texts = entry
            elif _PARTS.fullmatch(entry.filename):
                start = _start_of(whole, entry)
                named = max(named, _most_named(start))
                small.writestr(entry.filename, start)
        if texts is not None:
            small.writestr(texts.filename, _texts_of(whole, texts, named))
    return head.getvalue()


def is_long(file: Path) -> bool:
    """Whether a sheet of an .xlsx goes on behind the rows that `head_of` takes."""
    try:
        with zipfile.ZipFile(file) as whole:
            return any(one.file_size > _HEAD for one in whole.infolist() if _SHEETS.fullmatch(one.filename))
    except zipfile.BadZipFile:
        return False


def _most_named(start: bytes) -> int:
    """The highest place in the list of texts that these rows name."""
    return max((int(place) for place in _NAMED.findall(start)), default=0)


def _texts_of(whole: zipfile.ZipFile, entry: zipfile.ZipInfo, named: int) -> bytes:
    """The list of texts, of a long one only those up to the last that is named."""
    with whole.open(entry) as opened:
        if entry.file_size <= _HEAD or not named:
            return opened.read()
        found, count = bytearray(), 0
        while count <= named and (piece := opened.read(_HEAD)):
            found += piece
            count += len(_TEXT_END.findall(piece))
        if not opened.read(1):
            return bytes(found)
    last = list(_TEXT_END.finditer(found))[-1]
    prefix = f"{last[1].decode()}:" if last[1] else ""
    return bytes(found[: last.end()]) + f"</{prefix}sst>".encode()


def _start_of(whole: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """All of a part, but a long sheet only up to the end of a row."""
    with whole.open(entry) as opened:
        start = opened.read(_HEAD)
        if entry.file_size <= _HEAD:
            return start
        ends = list(_ROW_END.finditer(start))
        if not ends:
            return start + opened.read(_WHOLE)
    prefix = f"{ends[-1][1].decode()}:" if ends[-1][1] else ""
    return start[: ends[-1].end()] + f"</{prefix}sheetData></{prefix}worksheet>".encode()
