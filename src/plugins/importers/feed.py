"""The feed that ERPs already send: items, clients, contacts and users, known by the names of their columns."""

import codecs
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import polars as pl

from relance.plugins import BadInput, Importer, Recognised, Table, hookimpl
from relance.plugins.importers.feed_columns import AMOUNTS, DAYS, feed_names, kind_of_feed, mapping_of
from relance.plugins.importers.feed_composed import (
    changed,
    composed_names,
    with_composed,
    with_settled,
    with_whole_name,
)
from relance.plugins.importers.feed_lines import Layout, cells_of, tables_of
from relance.plugins.importers.feed_words import (
    amount_of,
    country_of,
    day_of,
    language_of,
    role_of,
    styles_of,
    type_of,
)

api = 1
_SAMPLE = 65_536
_DELIMITERS = (";", "\t", "|", ",")
_WORDS: dict[str, Callable[[str], str]] = {
    "item_type": type_of,
    "user_role": role_of,
    "client_address_country": country_of,
    "contact_language": language_of,
    "language": language_of,
    **dict.fromkeys(DAYS, day_of),
}


class Feed:
    """Reads the feed; its days, amounts and words come out in one style. Option `encoding`."""

    name: ClassVar[str] = "feed"
    label: ClassVar[str] = "Feed of an ERP (items, clients, contacts, users)"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """Sure of a header with the feed's own names, and of nothing else."""
        encoding = _encoding_of(sample)
        header = sample.decode(encoding, errors="replace").lstrip("\ufeff").partition("\n")[0]
        layout = _layout(header, encoding)
        kind = kind_of_feed(layout.columns)
        if kind is None or b"\0" in sample:
            return Recognised(confidence=0, why="no columns of the feed")
        columns = (*layout.columns, *composed_names(layout.columns))
        return Recognised(
            confidence=97,
            why=f"the columns of the feed's {kind}",
            options={"encoding": encoding, "delimiter": layout.delimiter},
            columns=columns,
            kinds=(kind,),
            mapping=mapping_of(kind, columns),
        )

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The rows in batches, under the feed's own names."""
        with file.open("rb") as opened:
            sample = opened.read(_SAMPLE)
        encoding = _codec(options.get("encoding") or _encoding_of(sample))
        with file.open("rb") as opened:
            text = io.TextIOWrapper(opened, encoding=encoding, errors="strict", newline=None)
            try:
                yield from _tables(text, encoding)
            except UnicodeDecodeError as bad:
                raise BadInput(
                    f"the file is not {encoding}: byte 0x{bad.object[bad.start]:02x} cannot be read; "
                    "name the encoding, such as encoding=ISO-8859-1"
                ) from bad


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [Feed()]


def _tables(text: io.TextIOWrapper, encoding: str) -> Iterator[Table]:
    layout = _layout(text.readline().lstrip("\ufeff"), encoding)
    kind = kind_of_feed(layout.columns)
    if kind is None:
        raise BadInput("the header holds no columns of the feed: client_code with those of items, contacts or clients")
    styles: dict[str, str] | None = None
    rows = 0
    for table in tables_of(text, layout):
        frame: pl.DataFrame = table.columns
        rows += frame.height + len(table.rejected)
        if styles is None:
            styles = styles_of(_distinct(frame, AMOUNTS.get(kind, ())))
        yield Table(columns=_in_one_style(frame, kind, styles), rejected=table.rejected)
    if not rows:
        raise BadInput("the file has a header and no rows: nothing is read from it")


def _layout(header: str, encoding: str) -> Layout:
    line = header.rstrip("\r\n")
    delimiter = max(_DELIMITERS, key=line.count)
    raw = Layout(encoding=encoding, delimiter=delimiter, columns=("",) * (line.count(delimiter) + 1))
    cells = cells_of(line, raw) or line.split(delimiter)
    while len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return Layout(encoding=encoding, delimiter=delimiter, columns=feed_names(cells))


def _in_one_style(frame: pl.DataFrame, kind: str, styles: dict[str, str]) -> pl.DataFrame:
    """Days in ISO 8601, amounts with a point, words as we name them, and the columns that others compose."""
    frame = frame.with_columns(pl.col(pl.String).fill_null("").str.strip_chars())
    changes = {name: change for name, change in _WORDS.items() if name in frame.columns}
    changes |= {name: lambda text: amount_of(text, styles) for name in AMOUNTS.get(kind, ()) if name in frame.columns}
    frame = frame.with_columns(*(changed(frame[name], change) for name, change in changes.items()))
    if kind == "items":
        return with_settled(frame)
    if kind == "users":
        return with_whole_name(frame, "user_firstname", "user_lastname")
    return with_composed(frame) if kind == "customers" else frame


def _distinct(frame: pl.DataFrame, names: tuple[str, ...]) -> list[str]:
    marked = (frame[name].drop_nulls().unique() for name in names if name in frame.columns)
    return [text for column in marked for text in column.filter(column.str.contains("[.,]")).to_list()]


def _encoding_of(sample: bytes) -> str:
    """UTF-8, unless the sample cannot be."""
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as unknown:
        raise BadInput(f"encoding={encoding!r} is unknown; use UTF-8, ISO-8859-1, cp1252 ...") from unknown
