"""Letters become PDFs: many are set as one document, each is cut out of it and read again."""

import threading
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO

import msgspec
import pikepdf
import typst

from relance.adapters.render.fonts import known_fonts
from relance.adapters.render.paper import FOLDER, Sheet
from relance.adapters.render.reading import MisprintError, spans

TOGETHER = 25
"""Letters in one document: more are hardly faster, and typst remembers the last dozen documents."""
_one_at_a_time = threading.Lock()


def printed(sheets: Sequence[Sheet | None]) -> list[bytes | None]:
    """A PDF for each sheet; None where there is no sheet, and for one that cannot be printed or reads wrong."""
    whole = [sheet for sheet in sheets if sheet is not None]
    parts = (whole[at : at + TOGETHER] for at in range(0, len(whole), TOGETHER))
    made = (pdf for part in parts for pdf in _together(part))
    return [None if sheet is None else next(made) for sheet in sheets]


def set_in_type(sheets: Sequence[Sheet]) -> bytes:
    """One document of these letters, as typst makes it."""
    letters = msgspec.json.encode([sheet.document for sheet in sheets]).decode()
    made = _compiler().compile(_source(), format="pdf", sys_inputs={"letters": letters}, pdf_tags=False)
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made


def _together(sheets: Sequence[Sheet]) -> list[bytes | None]:
    """Letters of one document; where something is wrong with it, each is printed alone, so that one spoils no other."""
    try:
        with _one_at_a_time:
            document = set_in_type(sheets)
            pages = spans(document, sheets)
        return list(_cut(document, pages))
    except (typst.TypstError, MisprintError):
        if len(sheets) == 1:
            return [None]
    return [pdf for sheet in sheets for pdf in _together([sheet])]


def _cut(document: bytes, pages: Sequence[range]) -> Iterator[bytes]:
    """The document of each letter; always the same bytes for the same pages."""
    with pikepdf.open(BytesIO(document)) as whole:
        for span in pages:
            with pikepdf.new() as letter:
                letter.pages.extend([whole.pages[number] for number in span])
                file = BytesIO()
                letter.save(file, deterministic_id=True, compress_streams=False)
            made = file.getvalue()
            _compare(made, [whole.pages[number] for number in span])
            yield made


def _compare(made: bytes, pages: Sequence[pikepdf.Page]) -> None:
    """The finished file is opened again: it has exactly the pages that were read."""
    with pikepdf.open(BytesIO(made)) as letter:
        said = [page.Contents.read_raw_bytes() for page in letter.pages]
    if said != [page.Contents.read_raw_bytes() for page in pages]:
        raise MisprintError("a letter has other pages than were read")


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=known_fonts())


@cache
def _source() -> bytes:
    return (FOLDER / "letter.typ").read_bytes()
