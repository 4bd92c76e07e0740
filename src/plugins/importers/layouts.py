"""How one file is to be read: what its sample shows, and what a person said of it."""

import codecs
import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from relance.plugins import BadInput, Guess
from relance.plugins.importers.encodings import SAMPLE, encoding_of
from relance.plugins.importers.fixed_columns import fixed_in
from relance.plugins.importers.foreign import Foreign, foreign_bytes, foreign_text
from relance.plugins.importers.paper import Paper, paper_in
from relance.plugins.importers.structure import Structure, structure_of
from relance.plugins.importers.widths import FIXED_WIDTH, looks_fixed
from relance.plugins.importers.wrapped import is_wrapped, unwrapped_text

MOST_COLUMNS = 300
_SURE = 0.7
_EVEN = {"": 1.1, ":": 0.95}
"""How many lines must have equally many cells: colons stand in times and in what is no table at all."""
_NAMED = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "caret": "^", "tilde": "~"}
_QUOTES = {"none": "", "double": '"', "single": "'"}
_NEWLINES = re.compile(r"\r\n?")
_GIVEN = ("encoding", "delimiter", "quote", "header-line")


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is written.

    `columns` are unique names; `trailing` says that rows may end with one delimiter more than there are columns;
    `first_line` is the first line below the header; `interrupted` says that totals or headers stand amid the rows,
    and `usual` how many cells a row usually fills. `groups` is the column of names that stand above rows; where they
    stand in a column of something else and alone tell whose the rows are, the file is `customerless`. `lost` are words
    with characters that were lost before. `titles` and `days` are as in the structure.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    first_line: int = 2
    columns: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    trailing: bool = False
    interrupted: bool = False
    usual: float = 0
    lost: tuple[str, ...] = ()
    groups: int = -1
    customerless: bool = False
    titles: frozenset[str] = frozenset()
    days: tuple[int, ...] = ()


class Seen(msgspec.Struct, frozen=True):
    """A sample as it was understood: its encoding, its text, and its structure unless it is something else."""

    encoding: Guess
    text: str
    structure: Structure
    foreign: Foreign | None
    paper: Paper | None = None
    wrapped: bool = False
    """Whether every line stands in quotes as a whole."""

    def options(self) -> dict[str, str]:
        """What was guessed, as a person would say it."""
        return {guess.name: guess.value for guess in (self.encoding, *self.structure.guesses)}


def seen(sample: bytes, options: Mapping[str, str]) -> Seen:
    """Look at the first bytes of a file; what is given as an option is not guessed.

    Most files are recognised, and then read with what was found of them: they need no second look.
    """
    given = {name: value for name, value in options.items() if name in _GIVEN}
    if given:
        found = _seen(sample, ())
        if not found.foreign and not found.paper and given == found.options():
            return found
    return _seen(sample, tuple(sorted(given.items())))


@lru_cache(maxsize=2)
def _seen(sample: bytes, given: tuple[tuple[str, str], ...]) -> Seen:
    """A file is looked at for its sort, for its layout and to be read: the last two answers are kept."""
    options = dict(given)
    whole = len(sample) < SAMPLE
    encoding = _encoding(sample, whole, options)
    foreign = foreign_bytes(sample)
    text = "" if foreign or encoding.value == "binary" else text_of(sample, encoding.value, whole)
    foreign = foreign or foreign_text(text)
    wrapped = is_wrapped(text)
    text = unwrapped_text(text) if wrapped else text
    structure = structure_of("" if foreign else text, _delimiter(options), _quote(options), _header_line(options))
    if foreign:
        return Seen(encoding, text, structure, foreign)
    foreign = _no_table(encoding, text, structure, options)
    undelimited = foreign is not None and foreign.code in ("fixed-width", "no-table")
    paper = None
    if undelimited or not foreign:
        paper = paper_in(text) if undelimited else paper_in(text, structure.delimiter, structure.header_line)
        paper = paper or _fixed(text, structure.delimiter, options)
    return Seen(encoding, text, structure, None if paper else foreign, paper, wrapped)


def layout_of(look: Seen) -> Layout:
    """The layout of a file that begins like this; raises BadInput for a file that is no table."""
    if look.foreign:
        raise BadInput(look.foreign.message)
    structure = look.structure
    return Layout(
        encoding=look.encoding.value,
        delimiter=structure.delimiter,
        quote=structure.quote,
        first_line=structure.first_line,
        columns=unique(structure.columns),
        header=structure.columns,
        trailing=structure.trailing,
        interrupted=structure.interrupted,
        usual=structure.usual,
        groups=structure.groups,
        customerless=structure.customerless,
        titles=structure.titles,
        days=structure.days,
        lost=tuple(re.findall(r"[\w\ufffd]*\ufffd[\w\ufffd]*", look.text)),
    )


def _fixed(text: str, delimiter: str, options: Mapping[str, str]) -> Paper | None:
    """Columns of fixed width, where the names above the rows are not parted by a delimiter."""
    found = None if "delimiter" in options else fixed_in(text)
    if found is None or not delimiter:
        return found
    return None if delimiter in text.split("\n")[found.header_line - 1] else found


def _no_table(encoding: Guess, text: str, structure: Structure, options: Mapping[str, str]) -> Foreign | None:
    if encoding.value == "binary":
        return Foreign("binary", "the file holds NUL bytes: it is no text; export it again as delimited text")
    if not text.strip():
        return Foreign("empty-file", "the file is empty")
    if "delimiter" not in options:
        if structure.share < _SURE and looks_fixed(text):
            return Foreign("fixed-width", FIXED_WIDTH)
        if structure.share < _EVEN.get(structure.delimiter, 0.3) or len(structure.columns) < 2:
            return Foreign("no-table", "no delimiter splits the lines into equally many cells: it is no table")
    if not any(structure.columns) and structure.header_line:
        return Foreign("no-header", f"there is no header in line {structure.header_line}")
    if len(structure.columns) > MOST_COLUMNS:
        count = len(structure.columns)
        return Foreign("too-many-columns", f"the header has {count} columns; at most {MOST_COLUMNS} are read")
    return None


def text_of(sample: bytes, encoding: str, whole: bool) -> str:
    """A sample as text with plain line ends, without the line that is cut at its end."""
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    text = codecs.getincrementaldecoder(codec)(errors="replace").decode(sample, final=whole)
    text = _NEWLINES.sub("\n", text)
    return text.rstrip("\x1a") if whole else text[: text.rfind("\n") + 1] or text


def unique(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Names that differ: the second `Amount` becomes `Amount (2)`, a nameless third column `column 3`."""
    names: dict[str, None] = {}
    for place, name in enumerate(columns, 1):
        own, again = name or f"column {place}", 2
        while own in names or own == "line":
            own, again = f"{name or 'column'} ({again})", again + 1
        names[own] = None
    return tuple(names)


def _encoding(sample: bytes, whole: bool, options: Mapping[str, str]) -> Guess:
    given = options.get("encoding", "")
    if not given:
        return encoding_of(sample, whole)
    try:
        name = codecs.lookup(given).name
        "".encode(name)
    except LookupError as unknown:
        raise BadInput(f"encoding={given!r} is unknown; use utf-8, cp1252, latin-1, cp850 ...") from unknown
    return Guess(name="encoding", value=name, confidence=100, code="given", why="as given")


def _delimiter(options: Mapping[str, str]) -> str:
    given = options.get("delimiter", "")
    given = _NAMED.get(given, given)
    if len(given) > 1 or given in ("\n", "\r", '"'):
        raise BadInput("the delimiter is one character (tab may be written tab)")
    return given


def _quote(options: Mapping[str, str]) -> str | None:
    given = options.get("quote")
    if given is None:
        return None
    given = _QUOTES.get(given, given)
    if len(given) > 1:
        raise BadInput("the quote is one character, or none")
    return given


def _header_line(options: Mapping[str, str]) -> int | None:
    given = options.get("header-line")
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal()) or len(given) > 9:
        raise BadInput(f"header-line={given!r} is no line number; lines count from 1, and 0 says that there is none")
    return int(given)
