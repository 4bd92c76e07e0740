"""Encodings of one byte a character: which languages are written in each, and how often each is met."""

from typing import NamedTuple


class CodePage(NamedTuple):
    """`prior` is the logarithm of how rare the encoding is beside the most common one."""

    encoding: str
    languages: tuple[str, ...]
    prior: float


_WEST = ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "is", "ca", "ga", "sq")
_CENTRE = ("pl", "cs", "sk", "hu", "ro", "hr", "de", "sq")
_BALTIC = ("lv", "lt", "et")
_CYRILLIC = ("ru", "uk", "bg", "sr")

CODE_PAGES = (  # the more common of two that may read alike stands first
    CodePage("cp1252", _WEST, 0.0),
    CodePage("cp1250", _CENTRE, -0.7),
    CodePage("cp1254", ("tr",), -1.0),
    CodePage("cp1257", _BALTIC, -1.4),
    CodePage("cp1251", _CYRILLIC, -0.7),
    CodePage("cp1253", ("el",), -1.4),
    CodePage("cp1255", ("he",), -1.4),
    CodePage("cp1256", ("ar",), -1.4),
    CodePage("cp874", ("th",), -1.6),
    CodePage("cp1258", ("vi",), -3.0),
    CodePage("latin-1", _WEST, -0.5),
    CodePage("iso-8859-15", _WEST, -1.8),
    CodePage("iso-8859-2", _CENTRE, -2.0),
    CodePage("iso-8859-9", ("tr",), -2.2),
    CodePage("iso-8859-13", _BALTIC, -3.0),
    CodePage("iso-8859-16", ("ro",), -4.0),
    CodePage("iso-8859-5", ("ru", "bg", "sr"), -3.0),
    CodePage("iso-8859-7", ("el",), -2.2),
    CodePage("koi8-u", ("ru", "uk", "bg"), -2.2),
    CodePage("cp850", _WEST, -1.6),
    CodePage("cp437", ("fr", "de", "es", "it", "nl", "sv", "fi"), -2.4),
    CodePage("cp858", _WEST, -2.6),
    CodePage("cp852", _CENTRE, -2.4),
    CodePage("cp857", ("tr",), -3.0),
    CodePage("cp775", _BALTIC, -3.4),
    CodePage("cp866", ("ru", "uk", "bg"), -2.0),
    CodePage("cp737", ("el",), -3.0),
    CodePage("cp862", ("he",), -3.4),
    CodePage("mac-roman", _WEST, -4.5),
)
