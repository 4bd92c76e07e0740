"""Files that are no delimited text, told by how they begin: nobody shall read a PDF as text."""

import re
from typing import NamedTuple

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "pdf", "a PDF"),
    (b"%!PS", "postscript", "a PostScript print file"),
    (b"PK\x03\x04", "zip", "a zip archive or a workbook"),
    (b"PK\x05\x06", "zip", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", "an old Office file (xls, doc or msg)"),
    (b"{\\rtf", "rtf", "a formatted text (RTF)"),
    (b"\x1f\x8b", "gzip", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z", "a 7z archive"),
    (b"Rar!\x1a\x07", "rar", "a rar archive"),
    (b"BZh", "bzip2", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "xz", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd", "a zstd archive"),
    (b"\x89PNG", "image", "a picture"),
    (b"\xff\xd8\xff", "image", "a picture"),
    (b"GIF8", "image", "a picture"),
    (b"II*\x00", "image", "a scanned picture"),
    (b"MM\x00*", "image", "a scanned picture"),
    (b"PAR1", "parquet", "a parquet file"),
    (b"SQLite format 3\x00", "database", "a database"),
    (b"\x7fELF", "program", "a program"),
    (b"MZ\x90\x00", "program", "a program"),
    (b":20:", "mt940", "a bank statement (MT940)"),
    (b"{1:F", "mt940", "a bank statement (MT940)"),
    (b"ISA*", "edi", "an X12 message"),
    (b"UNA:+", "edi", "an EDIFACT message"),
    (b"UNB+", "edi", "an EDIFACT message"),
)
_HTML = re.compile(r"<(!doctype\s+html|html|head|body|table|meta|div|style)\b", re.IGNORECASE)
_XML = re.compile(r"<(\?xml|!--|[A-Za-z_][\w.:-]*[\s/>])")
_JSON = re.compile(r"\{\s*(\"[^\"\n]*\"\s*:|\})|\[\s*(\{\s*\"|\[|\]|\"[^\"\n]*\"\s*,\s*\"[^\n]*\]\s*$)")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1c-\x1e\x7f]")
_INSTEAD = "export the list as delimited text (CSV) or as a workbook and import that"


class Foreign(NamedTuple):
    """What a file is instead of delimited text: a public code, and words for people."""

    code: str
    message: str


def foreign_bytes(sample: bytes) -> Foreign | None:
    """What the first bytes give away, or None."""
    for magic, code, words in _MAGIC:
        if sample.startswith(magic):
            return Foreign(code, f"the file is {words} and no delimited text: {_INSTEAD}")
    return None


def foreign_text(text: str) -> Foreign | None:
    """What the first characters give away, or None."""
    begin = text[:4096].lstrip("\ufeff \t\r\n")
    if _HTML.match(begin):
        return Foreign("html", f"the file is a web page (HTML), whatever its name says: {_INSTEAD}")
    if _XML.match(begin):
        return Foreign("xml", f"the file is XML and no delimited text: {_INSTEAD}")
    if _JSON.match(begin):
        return Foreign("json", f"the file is JSON and no delimited text: {_INSTEAD}")
    if len(_CONTROL.findall(begin)) > len(begin) // 200:
        return Foreign("binary", f"the file holds control characters as programs write them: {_INSTEAD}")
    return None
