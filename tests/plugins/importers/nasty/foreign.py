"""Files that are no delimited text, whatever they are named."""

from tests.plugins.importers.nasty.expected import Nasty, Refused


def _no(name: str, content: bytes, code: str, words: str = "no delimited text") -> Nasty:
    return Nasty(name, content, Refused(words, code))


FOREIGN = [
    _no("nothing", b"", "empty-file", "the file is empty"),
    _no("blanks", b" \n\t\r\n ", "empty-file", "the file is empty"),
    _no("a byte order mark alone", b"\xef\xbb\xbf", "empty-file", "the file is empty"),
    _no("a mark of UTF-16 alone", b"\xff\xfe", "empty-file", "the file is empty"),
    _no("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "pdf"),
    _no("PostScript", b"%!PS-Adobe-3.0\n", "postscript"),
    _no("a zip", b"PK\x03\x04\x14\x00\x00\x00\x08\x00", "zip"),
    _no("an empty zip", b"PK\x05\x06" + bytes(18), "zip"),
    _no("an old Office file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "ole"),
    _no("RTF", b"{\\rtf1\\ansi a;b\\par\n1;2\\par}", "rtf"),
    _no("gzip", b"\x1f\x8b\x08\x00" + bytes(20), "gzip"),
    _no("7z", b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
    _no("a picture", b"\x89PNG\r\n\x1a\n" + bytes(20), "image"),
    _no("a photograph", b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
    _no("parquet", b"PAR1\x15\x04", "parquet"),
    _no("a database", b"SQLite format 3\x00" + bytes(80), "database"),
    _no("EDIFACT", b"UNA:+.? 'UNB+UNOA:1+X+Y'", "edi"),
    _no("a bank statement", b":20:STARTUMS\r\n:25:10020030/1234\r\n:28C:0/1\r\n", "mt940"),
    _no("a web page", b"<!DOCTYPE html><html><table><tr><td>a;b</td></tr></table></html>", "html", "web page"),
    _no("a piece of a web page", b"\r\n <TABLE border=1><tr><td>1</td></tr></TABLE>", "html", "web page"),
    _no("XML", b'<?xml version="1.0"?>\n<items><item a="1;2"/></items>', "xml"),
    _no("XML behind a mark", b"\xef\xbb\xbf<items>\n<item/>\n</items>", "xml"),
    _no("JSON", b'{"items": [{"a": 1, "b": 2}]}', "json"),
    _no("JSON lines", b'{"a":1,"b":2}\n{"a":3,"b":4}\n', "json"),
    _no("a JSON list", b'[\n {"a": 1, "b": 2},\n {"a": 3, "b": 4}\n]', "json"),
    _no(
        "fixed widths",
        b"0001   DUPONT      00010000\n0002   MARTIN      00020000\n0003   DURAND      00030000\n",
        "fixed-width",
        "fixed widths",
    ),
    _no("NUL bytes", b"a;b\n1;\x002\n", "binary", "NUL bytes"),
    _no("noise", bytes(range(256)) * 8, "binary", "NUL bytes"),
    _no("control characters", bytes(range(1, 27)) * 20, "binary", "control characters"),
]
