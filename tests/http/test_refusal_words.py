"""What a page refuses is said in its language, with the very words that the core refuses with."""

import pytest

from relance.core.tenancy.users import Actor
from relance.http.i18n.refusals import refusal_words
from relance.http.i18n.speech import speak
from tests.http.conftest import Visitor


@pytest.mark.parametrize(
    ("detail", "english", "french"),
    [
        ("name at least one item", "name at least one item", "indiquez au moins un poste"),
        (
            "2026-11-20 is over: name 2026-11-22 or later",
            "2026-11-20 is over: name 2026-11-22 or later",
            "le 2026-11-20 est passé : indiquez le 2026-11-22 ou plus tard",
        ),
        ("of nobody yet", "of nobody yet", "of nobody yet"),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_page(detail: str, english: str, french: str) -> None:
    speak("fr")
    assert refusal_words(detail) == french
    speak("en")
    assert refusal_words(detail) == english


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("customers/C10077/hold/promise", {"until": "2026-11-20"}, "est passé : indiquez"),
        ("customers/C10077/hold/promise", {"until": ""}, "une promesse a besoin"),
        ("customers/C10077/contacts/0", {"name": ""}, "un contact a besoin"),
        ("settings/users/new", {"name": "Ann", "email": "admin@acme.example", "role": "viewer"}, "déjà un utilisateur"),
    ],
)
def test_french_pages_refuse_in_french(
    lucie: Visitor, collected: Actor, path: str, fields: dict[str, str], words: str
) -> None:
    lucie.post("/me", language="fr", theme="", single_keys="on")
    item = lucie.get("/t/acme/customers/C10077").text.split('name="item" value="')[1].split('"')[0]
    refused = lucie.post(f"/t/acme/{path}", item=item, **fields)
    assert refused.status_code == 422
    assert words in refused.text
