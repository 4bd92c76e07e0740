"""The product's own letters: data files whose first line is the subject, in the frame of every email."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from relance.adapters.render.formats import date_text
from relance.adapters.render.layout import html_page
from relance.adapters.render.plain import plain_text
from relance.adapters.render.words import words_of
from relance.ports.render import LetterKind, Rendered

_LETTERS = Path(__file__).parent / "templates" / "letters"
_LINK = "{link}"


class SuppliedLetters:
    """`LANGUAGE/KIND.txt`; a paragraph that is a link alone stands as one."""

    def letter(self, kind: LetterKind, language: str, names: Mapping[str, str], until: date) -> Rendered:
        """Fill the gaps of one letter."""
        tag, source = _source(kind, language)
        names = {**names, "until": date_text(until, tag, "long")}
        first, _, body = source.partition("\n")
        subject = first.strip().format_map(names)
        parts = [_part(paragraph.strip(), names) for paragraph in body.strip().split("\n\n")]
        data = {
            "lang": tag,
            "subject": subject,
            "preheader": parts[1]["text"] if len(parts) > 1 else "",
            "company": {"name": names["company"], "bank": "", "address": names["company"]},
            "words": words_of(tag),
            "parts": parts,
            "penalty": "",
        }
        return Rendered(subject=subject, html=html_page(data), text=plain_text(data))


def _part(paragraph: str, names: Mapping[str, str]) -> dict[str, Any]:
    text = paragraph.format_map(names)
    if paragraph == _LINK:
        return {"kind": "text", "text": text, "html": Markup('<a href="{0}">{0}</a>').format(text)}
    return {"kind": "text", "text": text, "html": Markup("<br>").join(map(escape, text.split("\n")))}


@cache
def _source(kind: LetterKind, language: str) -> tuple[str, str]:
    """The language whose words are used, and these words."""
    for tag in (language, language.partition("-")[0], "en"):
        file = _LETTERS / tag / f"{kind}.txt"
        if file.is_file():
            return tag, file.read_text("utf-8")
    raise FileNotFoundError(_LETTERS)
