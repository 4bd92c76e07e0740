"""What customers answer to an email: their own words, without what they quote."""

import re

import msgspec

LONGEST_ANSWER = 2000
_WROTE = re.compile(r"(wrote|a écrit|schrieb|escribió|ha scritto|schreef|escreveu)\s*:\s*$", re.I)
_RULE = re.compile(
    r"\s*(-{2,}\s*(original message|message d.origine|urspr.ngliche nachricht|mensaje original|messaggio originale)"
    r"|_{10,}\s*$)",
    re.I,
)
_ON = re.compile(r"\s*(on|le|am|el|il|op|em)\s.*\d", re.I)
_LEAD = 3
"""Lines that the words before a quotation may take: name, date and address."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as it is kept: plain text only. `event` names the letter; `documents` counts what it had attached."""

    event: str
    sender: str
    subject: str
    text: str
    documents: int = 0


def own_words(text: str) -> str:
    """The text up to what is quoted, at most so long; all of it where nothing is before the quotation."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line.rstrip() for line in lines[: _quoted_from(lines)] if not line.lstrip().startswith(">")]
    said = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() or text.strip()
    return said[:LONGEST_ANSWER]


def _quoted_from(lines: list[str]) -> int:
    """The line on which the words before a quotation begin."""
    for place, line in enumerate(lines):
        if _RULE.match(line):
            return place
        if _WROTE.search(line):
            begun = range(place, max(-1, place - _LEAD), -1)
            return next((one for one in begun if _ON.match(lines[one])), place)
    return len(lines)
