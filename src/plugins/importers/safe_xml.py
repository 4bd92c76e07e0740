"""XML read as it comes, piece by piece: no document types, no entities, no network, whatever the namespaces."""

from collections import deque
from collections.abc import Collection, Iterator
from typing import IO
from xml.parsers import expat

from relance.plugins import BadInput

_CHUNK = 1 << 18
_DEEPEST = 60
_LONGEST = 1 << 20
_MOST = 500_000


class Element:
    """One element with its children; names are without their namespaces."""

    __slots__ = ("attributes", "children", "line", "name", "parent", "pieces")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.parent: Element | None = None
        self.children: list[Element] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The element's own text, without the blanks around it."""
        return "".join(self.pieces).strip()

    def all(self, path: str) -> Iterator["Element"]:
        """The elements down this path, such as `TxDtls/Refs`."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                yield from child.all(rest) if rest else (child,)

    def first(self, path: str) -> "Element | None":
        """The first element down this path."""
        return next(self.all(path), None)

    def text_at(self, *paths: str) -> str:
        """The text of the first path that has one."""
        return next((found.text for path in paths for found in self.all(path) if found.text), "")


def elements(opened: IO[bytes], wanted: Collection[str], pieces: Collection[str] = ()) -> Iterator[Element]:
    """Every outermost element of a wanted name, when it is complete; raises BadInput for XML that is torn or tricky.

    What is named in `pieces` comes on its own, before the element that it stands in and is not kept with; its `parent`
    is that element as far as it is known then. So a statement of a million movements takes the memory of one.
    """
    reading = _Reading(wanted, pieces)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda name, attributes: reading.start(name, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    last = False
    while not last:
        chunk = opened.read(_CHUNK)
        last = not chunk
        try:
            parser.Parse(chunk, last)
        except (expat.ExpatError, LookupError, ValueError) as broken:
            raise BadInput(f"the XML is cut off or damaged ({broken}); have it written again, whole") from broken
        while reading.done:
            yield reading.done.popleft()


class _Reading:
    """The tree that is growing, if any."""

    def __init__(self, wanted: Collection[str], pieces: Collection[str]) -> None:
        self._wanted, self._pieces = wanted, pieces
        self._open: list[Element] = []
        self._depth = 0
        self._size = self._kept = 0
        self.done: deque[Element] = deque()

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadInput(f"line {line}: the XML is nested more than {_DEEPEST} deep; this is no business document")
        local = _local(name)
        if not self._open and local not in self._wanted:
            return
        element = Element(local, {_local(key): value for key, value in attributes.items()}, line)
        self._keep(element)
        self._open.append(element)

    def _keep(self, element: Element) -> None:
        if not self._open:
            self._kept = 0
            return
        element.parent = self._open[-1]
        if element.name in self._pieces:
            self._kept = 0
            return
        self._kept += 1
        if self._kept > _MOST:
            raise BadInput(f"line {element.line}: one record of the XML has more than {_MOST:,} parts")
        self._open[-1].children.append(element)

    def end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        closed = self._open.pop()
        self._size = 0
        if not self._open or closed.name in self._pieces:
            self.done.append(closed)

    def text(self, piece: str) -> None:
        if not self._open:
            return
        self._size += len(piece)
        if self._size > _LONGEST:
            raise BadInput(f"line {self._open[-1].line}: a text is longer than a million characters")
        self._open[-1].pieces.append(piece)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _no_doctype(*_: object) -> None:
    raise BadInput("the XML declares a document type; such files are not read, as they can hide other files in them")
