"""What a bank writes of a movement (:86:): numbered parts as in Germany and Poland, slashes as in the Netherlands."""

import re
from collections.abc import Sequence

import msgspec

_NUMBERED = re.compile(r"\d{3}\s?([?~><^@])(?=\d\d)")
_SLASHED = re.compile(r"/([A-Z]{2,5})/(.*?)(?=/[A-Z]{2,5}/|$)", re.S)
_FULL = 27
"""A numbered part of this length goes on in the next without a blank."""
_TEXTS = (*(f"{number}" for number in range(20, 30)), *(f"{number}" for number in range(60, 64)))
_NAMES = ("32", "33")
_OWED_BY = re.compile(r"ABWA\+\s*(.*?)\s*(?=(?:[A-Z]{4}\+)|$)")


class Details(msgspec.Struct, frozen=True):
    """Who paid, and what they wrote."""

    payer: str = ""
    text: str = ""


def details_of(lines: Sequence[str]) -> Details:
    """The details in whatever manner they are written."""
    whole = "".join(lines).strip()
    numbered = _NUMBERED.match(whole)
    if numbered:
        return _numbered(whole[numbered.end() :], numbered[1])
    if whole.startswith("/") and (parts := _slashed(whole)):
        return parts
    return Details(text=" ".join(" ".join(lines).split()))


def _numbered(whole: str, mark: str) -> Details:
    parts: dict[str, str] = {}
    for part in whole.split(mark):
        if part[:2].isdecimal():
            parts[part[:2]] = parts.get(part[:2], "") + part[2:]
    text = _joined([parts[code] for code in _TEXTS if code in parts])
    owed_by = _OWED_BY.search(text)
    payer = owed_by[1] if owed_by else _joined([parts[code] for code in _NAMES if code in parts])
    return Details(payer=" ".join(payer.split()), text=" ".join(text.split()))


def _joined(parts: Sequence[str]) -> str:
    return "".join(part if len(part) >= _FULL else f"{part} " for part in parts)


def _slashed(whole: str) -> Details | None:
    parts = {code: " ".join(text.split()) for code, text in _SLASHED.findall(whole)}
    if not {"NAME", "REMI", "EREF", "TRTP"} & parts.keys():
        return None
    told = [parts.get("REMI", ""), "" if parts.get("EREF") == "NOTPROVIDED" else parts.get("EREF", "")]
    return Details(payer=parts.get("NAME", ""), text=" ".join(filter(None, told)))
