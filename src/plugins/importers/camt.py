"""ISO 20022 statements and credit advices (camt.053, camt.054) of every version, also several in a zip."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, ClassVar

import msgspec

from relance.plugins import BadInput, Importer, Recognised, Rejected, Table, hookimpl
from relance.plugins.importers.safe_xml import elements
from relance.plugins.importers.statements.camt_entries import INTERIM, told_of
from relance.plugins.importers.statements.entries import Entry, Told, recognised, tables_of
from relance.plugins.importers.torn_zips import TORN

api = 1
LARGEST_UNPACKED = 1 << 30
MOST_ENTRIES = 1_000
_STATEMENTS, _REPORT = ("Stmt", "Ntfctn"), "Rpt"
_SIGNS = re.compile(rb"camt\.05[34]\.001\.\d\d|<(?:\w+:)?(?:BkToCstmrStmt|BkToCstmrDbtCdtNtfctn)\b")
_INTERIM = re.compile(rb"camt\.052\.001\.\d\d|<(?:\w+:)?BkToCstmrAcctRpt\b")
_PEEK = 8_192


class CamtStatements:
    """Reads the credits of statements; lines are those of the XML, or count on where it has none."""

    name: ClassVar[str] = "camt"
    label: ClassVar[str] = "Bank statement (camt.053, camt.054)"

    def recognises(self, sample: bytes, file_name: str) -> Recognised:
        """By the name of its schema or of its first elements."""
        start = _plain(_unpacked(sample) if sample.startswith(b"PK\x03\x04") else sample)
        if _INTERIM.search(start):
            return _interim()
        if not _SIGNS.search(start):
            return Recognised(confidence=0, why="no element of a camt statement")
        return recognised("a bank statement or credit advice in camt")

    def read(self, file: Path, options: Mapping[str, str]) -> Iterator[Table]:
        """The credits of all statements, batch bookings in their single payments."""
        with file.open("rb") as opened:
            packed = opened.read(4) == b"PK\x03\x04"
        yield from tables_of(_in_order(_of_zip(file) if packed else _of_file(file)))


@hookimpl
def provide_importers() -> list[Importer]:
    """The one importer of this module."""
    return [CamtStatements()]


def _interim() -> Recognised:
    return Recognised(
        confidence=90,
        why="an interim report in camt.052",
        kinds=("payments",),
        refusal="interim-report",
        message=INTERIM,
    )


def _of_file(file: Path) -> Iterator[Told]:
    with file.open("rb") as opened:
        yield from _of_xml(opened)


def _of_zip(file: Path) -> Iterator[Told]:
    try:
        with zipfile.ZipFile(file) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise BadInput(f"the zip holds more than {MOST_ENTRIES} files or {LARGEST_UNPACKED >> 20} MB")
            for entry in [entry for entry in entries if entry.filename.lower().endswith(".xml")] or entries:
                with packed.open(entry) as opened:
                    yield from _of_xml(opened)
    except TORN as broken:
        raise BadInput(f"the zip is cut off, damaged or locked ({broken}); send it again, whole") from broken


def _of_xml(opened: IO[bytes]) -> Iterator[Told]:
    yield from told_of(elements(opened, (*_STATEMENTS, _REPORT), pieces=("Ntry",)))


def _in_order(told: Iterator[Told]) -> Iterator[Told]:
    """Lines that only grow: several files of a zip, or several payments in one line, count on."""
    last = 0
    for one in told:
        if isinstance(one, Entry | Rejected):
            last = max(last + 1, one.line)
            yield msgspec.structs.replace(one, line=last)
        else:
            yield one


def _unpacked(sample: bytes) -> bytes:
    """The beginning of the first file of a zip."""
    name, more = int.from_bytes(sample[26:28], "little"), int.from_bytes(sample[28:30], "little")
    data = sample[30 + name + more :]
    if sample[8:10] == b"\0\0":
        return data[:_PEEK]
    try:
        return zlib.decompressobj(-15).decompress(data, _PEEK)
    except zlib.error:
        return b""


def _plain(start: bytes) -> bytes:
    """Bytes in which words can be found, of UTF-16 too."""
    return start.replace(b"\0", b"") if start.startswith((b"\xff\xfe", b"\xfe\xff")) else start
