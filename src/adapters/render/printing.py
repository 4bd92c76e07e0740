"""Letters become PDFs: many are set as one document, each is cut out of it and read again."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO

import msgspec
import pikepdf
import typst

from relance.adapters.render.fonts import can_set, known_fonts
from relance.adapters.render.paper import FOLDER, Sheet
from relance.adapters.render.reading import MisprintError, all_text, reader_alone, spans

TOGETHER = 25
"""Letters in one document: more are hardly faster, and typst remembers the last dozen documents."""
_setting = threading.Lock()
"""One compiler serves all threads, one after the other."""


def printed(sheets: Sequence[Sheet | None]) -> list[bytes | None]:
    """A PDF for each sheet; None where there is no sheet, and for one that cannot be printed or reads wrong."""
    able = [sheet if sheet and can_set(all_text(sheet.document)) else None for sheet in sheets]
    whole = [sheet for sheet in able if sheet is not None]
    made = _all_of([whole[at : at + TOGETHER] for at in range(0, len(whole), TOGETHER)])
    return [None if sheet is None else next(made) for sheet in able]


def _all_of(parts: Sequence[Sequence[Sheet]]) -> Iterator[bytes | None]:
    """The next letters are set in type while these are read."""
    with ThreadPoolExecutor(1, "typst") as ahead:
        coming = ahead.submit(_set, parts[0]) if parts else None
        for at, part in enumerate(parts):
            document = coming.result() if coming else None
            coming = ahead.submit(_set, parts[at + 1]) if at + 1 < len(parts) else None
            yield from _checked(document, part)


def set_in_type(sheets: Sequence[Sheet]) -> bytes:
    """One document of these letters, as typst makes it."""
    letters = msgspec.json.encode([sheet.document for sheet in sheets]).decode()
    made = _compiler().compile(_source(), format="pdf", sys_inputs={"letters": letters}, pdf_tags=False)
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


def _set(sheets: Sequence[Sheet]) -> bytes | None:
    """One document of these letters; None where typst refuses it."""
    try:
        with _setting:
            return set_in_type(sheets)
    except typst.TypstError:
        return None


def _checked(document: bytes | None, sheets: Sequence[Sheet]) -> list[bytes | None]:
    """Letters of one document; where something is wrong with it, each is printed alone, so that one spoils no other."""
    try:
        if document is not None:
            with reader_alone:
                pages = spans(document, sheets)
            return list(_cut(document, pages))
    except MisprintError:
        pass  # which one it is shows below
    if len(sheets) == 1:
        return [None]
    return [pdf for sheet in sheets for pdf in _checked(_set([sheet]), [sheet])]


def _cut(document: bytes, pages: Sequence[range]) -> Iterator[bytes]:
    """The document of each letter; always the same bytes for the same pages."""
    with pikepdf.open(BytesIO(document)) as whole:
        for span in pages:
            with pikepdf.new() as letter:
                letter.pages.extend([whole.pages[number] for number in span])
                file = BytesIO()
                letter.save(file, deterministic_id=True, compress_streams=False)
            made = file.getvalue()
            if not all(whole.pages[number].Contents.read_raw_bytes() in made for number in span):
                raise MisprintError("a letter has other pages than were read")
            yield made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=known_fonts())


@cache
def _source() -> bytes:
    return (FOLDER / "letter.typ").read_bytes()
