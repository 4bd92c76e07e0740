"""Letters on paper: each is its own customer's, in every language, and one that fails spoils no other (T21)."""

import os
import re
from io import BytesIO

import msgspec
import pikepdf
import pypdfium2
import pytest

from relance.adapters.render import fonts, printing
from relance.adapters.render.filling import page_of
from relance.adapters.render.paper import Sheet, sheet_of
from relance.adapters.render.reading import MisprintError, spans
from relance.adapters.render.renderer import JinjaRenderer
from relance.core.collection.envelopes import address_lines, paper_of, town_line, window_of
from relance.core.collection.templates import Template
from tests.adapters.render.letter_drafts import LANGUAGES, draft

MANY = int(os.environ.get("RELANCE_LETTERS", "105"))
"""`RELANCE_LETTERS=1000` reads a thousand."""


def pages(pdf: bytes) -> list[str]:
    paper = pypdfium2.PdfDocument(pdf)
    texts = []
    for number in range(len(paper)):
        text = paper[number].get_textpage()
        texts.append(text.get_text_range())
        text.close()
    paper.close()
    return texts


def test_each_page_of_many_letters_has_its_customers_number_and_no_others() -> None:
    drafts = [draft(number, LANGUAGES[number % len(LANGUAGES)], lines=3) for number in range(MANY)]
    codes = {one.content.customer_code for one in drafts}
    assert len(LANGUAGES) == 15
    for one, pdf in zip(drafts, JinjaRenderer().letters(drafts), strict=True):
        assert pdf is not None
        for said in pages(pdf):
            assert set(re.findall(r"C-\d+", said)) & codes == {one.content.customer_code}


def test_a_long_letter_says_on_every_page_whose_it_is_and_counts_its_own_pages() -> None:
    first, long, last = JinjaRenderer().letters([draft(1), draft(2, "de", lines=90), draft(3)])
    assert first
    assert long
    assert last
    texts = pages(long)
    assert len(texts) > 2
    assert all(f"Seite {at} von {len(texts)}" in said and "C-100014" in said for at, said in enumerate(texts, 1))
    assert "Page 1 of 1" in pages(last)[0]


def test_the_same_letters_are_the_same_bytes() -> None:
    drafts = [draft(number) for number in range(3)]
    assert JinjaRenderer().letters(drafts) == JinjaRenderer().letters(drafts)


def test_a_letter_whose_text_cannot_be_filled_in_spoils_no_other() -> None:
    broken = Template("formal-notice", "en", "Notice", "{{ customer.secret }}")
    drafts = [draft(1), msgspec.structs.replace(draft(2), template=broken), draft(3)]
    assert [pdf is not None for pdf in JinjaRenderer().letters(drafts)] == [True, False, True]


def test_letters_that_were_swapped_are_found() -> None:
    sheets = [_sheet(1), _sheet(5)]
    document = printing.set_in_type(sheets)
    with pytest.raises(MisprintError):
        spans(document, sheets[::-1])
    assert spans(document, sheets) == [range(0, 1), range(1, 2)]


def test_another_customers_number_or_address_on_a_letter_is_found() -> None:
    own, other = _sheet(1), _sheet(5)
    said = {**own.document, "subject": f"For {other.code}"}
    document = printing.set_in_type([Sheet(own.code, said), other])
    with pytest.raises(MisprintError, match="another customer's number"):
        spans(document, [own, other])
    there = {**own.document, "address": other.document["address"]}
    with pytest.raises(MisprintError, match="window"):
        spans(printing.set_in_type([Sheet(own.code, there)]), [own])


def test_a_misprint_is_no_letter_and_the_others_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = [_sheet(1), _sheet(5), _sheet(9)]
    really = printing.set_in_type

    def smudged(some: list[Sheet]) -> bytes:
        return really([Sheet(one.code, {**one.document, "mark": "?"}) if one is sheets[1] else one for one in some])

    monkeypatch.setattr(printing, "set_in_type", smudged)
    assert [pdf is not None for pdf in printing.printed(sheets)] == [True, False, True]


def test_without_fonts_for_its_signs_a_letter_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_has_asian_fonts", lambda: False)
    assert [pdf is not None for pdf in JinjaRenderer().letters([draft(5), draft(5, "ja")])] == [True, False]


def test_what_a_customer_is_called_is_never_markup() -> None:
    name = '#panic("x") *bold* \\ $1$ <a> @b "c" #read("/etc/passwd")'
    one = draft(1)
    said = msgspec.structs.replace(one, address=(name, *one.address[1:]))
    [pdf] = JinjaRenderer().letters([said])
    assert pdf
    assert "".join(name.split()) in "".join(pages(pdf)[0].split())


def test_a_finished_letter_has_no_scripts_links_or_other_customers_pages() -> None:
    pdf = JinjaRenderer().letters([draft(1), draft(2)])[1]
    assert pdf
    with pikepdf.open(BytesIO(pdf)) as paper:
        assert set(paper.Root.keys()) <= {"/Type", "/Pages", "/Lang"}
        assert len(paper.pages) == 1
        assert "/Annots" not in paper.pages[0]


def test_the_window_is_where_the_senders_country_has_it() -> None:
    assert (window_of("FR"), window_of("DE"), window_of("")) == ("right", "left", "left")
    assert (paper_of("US"), paper_of("DE")) == ("us-letter", "a4")


def test_a_town_stands_beside_its_code_as_its_country_writes_it() -> None:
    assert town_line("SW1A 1AA", "London", "GB") == "London SW1A 1AA"
    assert town_line("33000", "Bordeaux", "FR") == "33000 Bordeaux"
    assert town_line("", "Bordeaux", "") == "Bordeaux"


def test_a_foreign_country_is_named_in_capitals_and_a_code_is_not_shown() -> None:
    lines = ("Payer", "Street 1", "10115 Berlin", "DE")
    assert address_lines(lines, "DE", "Allemagne") == ("Payer", "Street 1", "10115 Berlin", "ALLEMAGNE")
    assert address_lines(lines, "DE", "") == ("Payer", "Street 1", "10115 Berlin")
    assert address_lines([str(at) for at in range(9)], "DE", "Allemagne")[-2:] == ("4", "ALLEMAGNE")


def _sheet(number: int) -> Sheet:
    one = draft(number)
    return sheet_of(one, page_of(one.template, one.content))
