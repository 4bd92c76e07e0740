"""What was printed is read again: is each page its own letter's, and does the window show its own address? (T21)"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2

from relance.adapters.render.paper import Sheet

reader_alone = threading.Lock()
"""The reader cannot be used by two threads at once."""
_POINTS = 72 / 25.4
_SPACE = re.compile(r"\s+")
_LINE_ENDS = str.maketrans({"\x02": "-", "\ufffe": "-", "\u00ad": "-"})
"""What the reader says for a hyphen at the end of a line."""
_FOOT_TOP = 24
"""Where the foot of a page begins, in millimetres from below."""

Area = tuple[float, float, float, float]
_WINDOWS: dict[str, Area] = {"left": (23, 62, 108, 97), "right": (106, 47, 195, 80)}
_FACTS: dict[str, Area] = {"left": (123, 48, 195, 82), "right": (23, 47, 103, 80)}
"""Left, top, right and bottom in millimetres from the upper left corner; `letter.typ` puts things there."""


class MisprintError(Exception):
    """A page does not say what it must, or says what is another customer's."""


def spans(document: bytes, sheets: Sequence[Sheet]) -> list[range]:
    """The pages of each letter in a document of these letters; raises MisprintError unless every page reads right."""
    paper = pypdfium2.PdfDocument(document)
    try:
        found = [0] * len(sheets)
        at = -1
        for page in _pages(paper):
            if at + 1 < len(sheets) and page.is_of(sheets[at + 1]):
                at += 1
                page.check_head(sheets[at])
            elif at < 0 or not page.is_of(sheets[at]):
                raise MisprintError("a page is of no letter that it can be of")
            found[at] += 1
            page.check_strangers(sheets, at)
    finally:
        paper.close()
    if not all(found):
        raise MisprintError("a letter has no page")
    starts = [sum(found[:index]) for index in range(len(found))]
    return [range(start, start + count) for start, count in zip(starts, found, strict=True)]


class _Page:
    """One page's text, whole and by areas."""

    def __init__(self, text: Any, height: float) -> None:
        self._text, self._height = text, height
        self._foot = self._area((0, height / _POINTS - _FOOT_TOP, 300, height / _POINTS))

    def is_of(self, sheet: Sheet) -> bool:
        """Whether its foot ends with the customer's number and the letter's reference."""
        return self._foot.endswith(squeezed(sheet.document["mark"]))

    def check_head(self, sheet: Sheet) -> None:
        """The window shows this customer's address and nothing else, the facts beside it this customer's number."""
        document = sheet.document
        facts = "".join(fact["key"] + fact["value"] for fact in document["facts"])
        for area, expected in ((_WINDOWS, "".join(document["address"])), (_FACTS, facts)):
            if sorted(self._area(area[document["window"]])) != sorted(squeezed(expected)):
                raise MisprintError("what the window or the head of a letter shows is not its own")

    def check_strangers(self, sheets: Sequence[Sheet], own: int) -> None:
        """No other customer's number is there, unless this letter says the same figure for something of its own."""
        said = self._text.get_text_range().translate(_LINE_ENDS)
        for at, other in enumerate(sheets):
            if at == own or other.code == sheets[own].code or other.code not in said:
                continue
            whole = re.compile(rf"(?<!\w){re.escape(other.code)}(?!\w)")
            if whole.search(said) and not whole.search(all_text(sheets[own].document)):
                raise MisprintError("another customer's number is on a letter")

    def _area(self, area: Area) -> str:
        left, top, right, bottom = (value * _POINTS for value in area)
        said = self._text.get_text_bounded(left, self._height - bottom, right, self._height - top)
        return squeezed(said.translate(_LINE_ENDS))


def squeezed(text: str) -> str:
    """The same without blanks, in the form in which a reader gives signs back."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def _pages(paper: Any) -> Iterator[_Page]:
    for number in range(len(paper)):
        page = paper[number]
        text = page.get_textpage()
        try:
            yield _Page(text, page.get_height())
        finally:
            text.close()
            page.close()


def all_text(value: Any) -> str:
    """Every text in a document, a line each."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        value = value.values()
    return "\n".join(map(all_text, value)) if isinstance(value, list | tuple | type({}.values())) else ""
