"""Print files with pikepdf: letters behind one another, and copies that say so."""

from collections.abc import Iterable
from io import BytesIO

import pikepdf
import pypdfium2

from relance.adapters.render.reading import reader_alone

_STAMP = (
    b"q 0.86 g BT /Copy 130 Tf 0.7 0.7 -0.7 0.7 195 265 Tm (COPY) Tj ET 0.3 g BT /Copy 16 Tf 490 800 Td (COPY) Tj ET Q"
)

_SCALE = 1.5
"""Points to pixels: 108 dots an inch."""


class PdfPrintFiles:
    """One PDF a batch."""

    def pages(self, letter: bytes) -> int:
        """How many pages a PDF has."""
        with pikepdf.open(BytesIO(letter)) as opened:
            return len(opened.pages)

    def picture(self, letter: bytes) -> bytes:
        """The first page as a PNG."""
        with reader_alone:
            paper = pypdfium2.PdfDocument(letter)
            try:
                drawn = paper[0].render(scale=_SCALE).to_pil()
            finally:
                paper.close()
        file = BytesIO()
        drawn.save(file, "PNG")
        return file.getvalue()

    def joined(self, letters: Iterable[bytes]) -> bytes:
        """One PDF of all pages in order."""
        with pikepdf.new() as whole:
            for letter in letters:
                with pikepdf.open(BytesIO(letter)) as opened:
                    whole.pages.extend(opened.pages)
            return _saved(whole)

    def copy_of(self, file: bytes) -> bytes:
        """The same with COPY on every page."""
        with pikepdf.open(BytesIO(file)) as whole:
            font = whole.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica-Bold")
                )
            )
            for page in whole.pages:
                page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/Copy"))
                page.contents_add(whole.make_stream(_STAMP), prepend=True)
            return _saved(whole)


def _saved(whole: pikepdf.Pdf) -> bytes:
    file = BytesIO()
    whole.save(file, deterministic_id=True, compress_streams=False)
    return file.getvalue()
