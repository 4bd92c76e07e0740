"""The supplied texts in all fifteen languages: whole, of one vocabulary, right in number, formatted by the language."""

import unicodedata
from pathlib import Path

import msgspec
import pytest

from relance.adapters.render.renderer import JinjaRenderer
from relance.adapters.render.words import words_of
from relance.adapters.supplied.files import SuppliedFiles
from relance.core.collection.composing import Content
from relance.core.collection.segments import segments
from relance.core.collection.templates import Template
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from tests.adapters.render.test_renderer import CONTENT, line

TEXTS = {(one.language, one.code): one for one in SuppliedFiles().templates()}
STEPS = {code for language, code in TEXTS if language == "en"}
GLOSSARY = SuppliedFiles().glossary()
TERMS = {
    "courtesy-note": ("invoice", "due-date"),
    "first-reminder": ("invoice", "overdue", "reminder", "account"),
    "second-reminder": ("invoice", "overdue", "reminder", "account"),
    "formal-notice": ("invoice", "overdue", "formal-notice", "amount", "account"),
    "call-script": ("invoice", "overdue", "account"),
    "sms-reminder": ("invoice", "account"),
}


def _content(count: int, days_late: int) -> Content:
    one = msgspec.structs.replace(line("F1", 120_000), days_late=days_late)
    return msgspec.structs.replace(CONTENT, lines=(one,) * count, also_due=(), amounts={"EUR": 120_000 * count})


def _said(template: Template, count: int = 2, days_late: int = 12) -> str:
    said = JinjaRenderer().render(template, _content(count, days_late))
    return f"{said.subject}\n{said.text}"


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_s3_10_every_language_has_every_step(language: str) -> None:
    assert {code for tongue, code in TEXTS if tongue == language} == STEPS


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_every_language_has_its_own_words_for_the_tables(language: str) -> None:
    words = words_of(language)
    assert set(words) == set(words_of("en"))
    assert all(words.values())
    assert "{rate}" in words["penalty"]
    assert language == "en" or words["open"] != words_of("en")["open"]


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_every_text_says_the_glossarys_terms(language: str) -> None:
    assert set(GLOSSARY[language]) == set(GLOSSARY["en"])
    for code, terms in TERMS.items():
        text = TEXTS[language, code]
        said = f"{text.subject}\n{text.body}".casefold()
        for term in terms:
            assert GLOSSARY[language][term][-1].casefold() in said, (code, term)


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_one_invoice_and_many_are_spoken_of_differently_and_without_holes(language: str) -> None:
    for code in STEPS:
        text = TEXTS[language, code]
        JinjaRenderer().check(text)
        one, many = _said(text, 1), _said(text, 3)
        assert "{" not in one + many
        assert ("count" not in text.body) or one != many


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_an_sms_is_short_and_says_nothing_but_its_words(language: str) -> None:
    text = TEXTS[language, "sms-reminder"]
    rendered = JinjaRenderer().render(text, _content(3, 12))
    assert (rendered.subject, rendered.html) == ("", "")
    assert "\n" not in rendered.text.strip() and "--" not in rendered.text
    assert CONTENT.customer_code in rendered.text and segments(rendered.text).parts <= 4


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("de", 1, "seit 1 Tag."),
        ("de", 12, "seit 12 Tagen."),
        ("fr", 12, "soit 12 jours"),
        ("hr", 1, "prije 1 dan."),
        ("hr", 21, "prije 21 dan."),
        ("hr", 12, "prije 12 dana."),
        ("pl", 1, "1 dzień temu"),
        ("pl", 22, "22 dni temu"),
        ("ro", 1, "acum 1 zi."),
        ("ro", 19, "acum 19 zile."),
        ("ro", 20, "acum 20 de zile."),
        ("ja", 12, "すでに12日が"),
        ("tr", 12, "12 gündür"),
    ],
)
def test_days_are_counted_as_the_language_counts(language: str, days: int, words: str) -> None:
    assert words in _said(TEXTS[language, "second-reminder"], days_late=days)


@pytest.mark.parametrize(
    ("language", "amount", "day"),
    [
        ("de", "2.400,00 €", "19. Februar 2026"),
        ("fr", "2 400,00 €", "19 février 2026"),
        ("ja", "€2,400.00", "2026年2月19日"),
        ("pt-BR", "€ 2.400,00", "19 de fevereiro de 2026"),
        ("zh-Hans", "€2,400.00", "2026年2月19日"),
        ("tr", "€2.400,00", "19 Şubat 2026"),
    ],
)
def test_s3_10_amounts_and_days_are_written_as_the_language_writes_them(language: str, amount: str, day: str) -> None:
    said = unicodedata.normalize("NFKC", _said(TEXTS[language, "second-reminder"]))
    assert amount in said
    assert day in said


def test_the_page_of_languages_says_what_the_glossary_says() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "messages.md").read_text("utf-8")
    for language, terms in GLOSSARY.items():
        row = " | ".join(words[0] for words in terms.values())
        assert f"| `{language}` | {row} |" in page
