"""What a file really is, by its content and not by its name, and whether it may be opened at all."""

import re
import zipfile
from pathlib import Path
from typing import Literal

from relance.plugins import BadInput
from relance.plugins.importers.torn_zips import TORN

Sort = Literal["", "xlsx", "xlsb", "ods", "xls", "old", "html", "xml", "mhtml"]
ZIPPED: tuple[Sort, ...] = ("xlsx", "xlsb", "ods")
LARGEST = 200 << 20
LARGEST_UNPACKED = 1 << 30
MOST_ENTRIES = 1_000
_MOST_RATIO = 250
"""No sheet shrinks so well, while a bomb shrinks a thousandfold."""
_SMALL = 10 << 20
_CHUNK = 1 << 20
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x06\x00", b"\x09\x08\x08\x00")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|div|style|table)\b", re.I | re.S)


def sort_of(sample: bytes) -> Sort:
    """The sort of workbook that these first bytes begin; empty for anything else."""
    if sample.startswith(b"PK\x03\x04"):
        return _zipped(sample)
    if sample.startswith(_COMPOUND):
        return "" if "WordDocument".encode("utf-16-le") in sample else "xls"
    if sample.startswith(_OLD):
        return "old"
    start = sample.removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", errors="ignore").encode()
    if start.lstrip().startswith(b"<?xml") and _SPREADSHEET_XML in start:
        return "xml"
    if start[:20].lower().startswith(b"mime-version:") and b"text/html" in start:
        return "mhtml"
    return "html" if _HTML.match(start) and b"<t" in start.lower() else ""


def check(file: Path, sort: Sort, *, torn: bool = True) -> None:
    """Refuse what must not be opened: bombs, locked, damaged and too old files.

    Without `torn` the content of a zipped one is not read through, which takes seconds for a large one: `check_torn`
    does it.
    """
    if file.stat().st_size > LARGEST:
        raise BadInput(f"the workbook is larger than {LARGEST >> 20} MB; save the sheet as CSV and import that")
    if sort in ZIPPED:
        _check_zip(file, torn)
    elif sort == "xls":
        _check_compound(file)
    elif sort == "old":
        raise BadInput("the workbook is of Excel 4 or older; open it and save it as .xlsx")
    elif sort == "mhtml":
        raise BadInput("this is a web page saved as .xls; open it and save it as .xlsx, or export it as CSV")
    elif not sort:
        raise BadInput("this is no workbook; name the importer that shall read it, such as csv")


def check_torn(file: Path, but: str = "") -> None:
    """Read a zipped file through, except a part that was read through already; raises BadInput for a damaged one."""
    _check_zip(file, torn=True, but=but)


def damaged(broken: BaseException) -> BadInput:
    """What to do with a workbook that is not whole."""
    return BadInput(f"the workbook is cut off or damaged ({broken}); save it again and send it whole")


def _zipped(sample: bytes) -> Sort:
    if _ODS in sample[:200]:
        return "ods"
    names = set(_names(sample))
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsb" if any(name.endswith("sheet1.bin") for name in names) else "xlsx"
    return ""


def _names(sample: bytes) -> list[str]:
    """The names that stand in front of the packed files, as far as the sample goes."""
    starts = [found.start() for found in re.finditer(rb"PK\x03\x04", sample)]
    sizes = [(at, int.from_bytes(sample[at + 26 : at + 28], "little")) for at in starts]
    return [sample[at + 30 : at + 30 + size].decode("utf-8", errors="replace") for at, size in sizes]


def _check_zip(file: Path, torn: bool, but: str = "") -> None:
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            _check_sizes(entries)
            for entry in entries if torn else ():
                if entry.filename != but:
                    _drain(packed, entry)
    except TORN as broken:
        raise damaged(broken) from broken


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked()
    if len(entries) > MOST_ENTRIES:
        raise BadInput(f"the workbook holds {len(entries)} files; at most {MOST_ENTRIES} are opened")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise BadInput(f"the workbook unpacks to {unpacked >> 20} MB; at most {LARGEST_UNPACKED >> 20} MB are opened")
    for entry in entries:
        if entry.file_size > _SMALL and entry.file_size > _MOST_RATIO * max(1, entry.compress_size):
            raise BadInput("the workbook unpacks to hundreds of times its size; it is not opened")


def _drain(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack to nowhere: a file that is longer than it says, or torn, fails here and not in the reader."""
    with packed.open(entry) as opened:
        while opened.read(_CHUNK):
            pass


def _check_compound(file: Path) -> None:
    content = file.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked()
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise BadInput("this is an Office file without a workbook; open it and save the table as .xlsx")


def _locked() -> BadInput:
    return BadInput("the workbook is protected by a password; open it, save it without the password, and send that")
