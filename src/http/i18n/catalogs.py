"""Catalogs, read from their .po files once."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


@cache
def catalog(language: str) -> NullTranslations:
    """The catalog of a language; English is what the source says."""
    source = files("relance") / "locale" / language / "LC_MESSAGES" / "messages.po"
    if not source.is_file():
        return NullTranslations()
    packed = BytesIO()
    with source.open("rb") as text:
        write_mo(packed, read_po(text, locale=language))
    packed.seek(0)
    return GNUTranslations(packed)
