"""Every word on screen is in every catalog, with the same places to fill."""

import re
from io import BytesIO
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house.catalogs import extracted
from tests.house.tree import SOURCE

LANGUAGES = sorted(path.name for path in (SOURCE / "locale").iterdir() if path.is_dir())
_PLACE = re.compile(r"%\((\w+)\)[sd]|%%|<[^>]+>")


@pytest.fixture(scope="module")
def fresh() -> Catalog:
    return extracted()


def catalog(language: str) -> Catalog:
    text = (SOURCE / "locale" / language / "LC_MESSAGES" / "messages.po").read_bytes()
    return read_po(BytesIO(text), locale=language)


def ids(found: Catalog) -> set[tuple[Any, Any]]:
    return {(message.context, message.id) for message in found if message.id}


def texts(message: Any) -> list[str]:
    return list(message.string) if isinstance(message.string, list | tuple) else [message.string]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_and_nothing_is_left_over(language: str, fresh: Catalog) -> None:
    known = catalog(language)
    assert ids(fresh) - ids(known) == set(), "missing"
    assert ids(known) - ids(fresh) == set(), "left over"
    assert not known.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_or_empty_and_plurals_are_whole(language: str) -> None:
    known = catalog(language)
    for message in known:
        if message.id:
            assert not message.fuzzy, message.id
            assert all(texts(message)), message.id
            if isinstance(message.id, tuple):
                assert len(texts(message)) == known.num_plurals, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_places_tags_and_blanks(language: str) -> None:
    for message in catalog(language):
        if not message.id:
            continue
        ours = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = sorted(_PLACE.findall(ours[-1]))
        for text in texts(message):
            assert sorted(_PLACE.findall(text)) == wanted, message.id
            assert (text[:1].isspace(), text[-1:].isspace()) == (ours[0][:1].isspace(), ours[0][-1:].isspace())


def test_the_words_of_the_trade_are_ours() -> None:
    french = {message.id: message.string for message in catalog("fr") if isinstance(message.id, str)}
    assert french["Aged balance"] == "Balance âgée"
    assert french["Promise to pay"] == "Promesse de paiement"
    assert french["Formal notice"] == "Mise en demeure"
    assert french["To confirm"] == "À confirmer"
    assert french["Dispute"] == "Litige"
