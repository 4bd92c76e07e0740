"""Filters in words, the search as text, pasted codes and saved searches on the list (S0.13, S0.15, S2.3, S2.5)."""

import re
from html import unescape

import pytest

from relance.core.customers.criteria import CRITERIA
from relance.core.customers.search_language import parse
from relance.core.tenancy.users import Actor
from relance.http.i18n.criteria import LABELS
from relance.http.i18n.searches import search_words
from relance.http.i18n.speech import speak
from tests.http.conftest import Visitor

LIST = "/t/acme/customers"


def chips(page: str) -> list[str]:
    return [unescape(words) for words in re.findall(r'class="chip on"><[^>]*title="([^"]*)"', page)]


def codes(page: str) -> list[str]:
    return re.findall(r'name="code" value="([^"]*)"', page)


def test_every_criterion_has_a_name_on_screen() -> None:
    assert set(LABELS) == set(CRITERIA)


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("country in (FR, BE)", "Country: France or Belgium", "Pays : France ou Belgique"),
        ("overdue >= 1000", "Overdue from 1,000", "Échu : à partir de 1\u00a0000"),
        ("overdue < 10.5 EUR", "Overdue under €10.50", "Échu : moins de 10,50\u00a0€"),
        ("last-contact <= today", "Last contact until today", "Dernier contact : jusqu\u2019à aujourd\u2019hui"),
        ("collector is empty", "Collector: none", "Chargé de recouvrement : aucun"),
        ("collector is not empty", "Collector: filled in", "Chargé de recouvrement : renseigné"),
        ("not blocked = yes", "not (Orders blocked: yes)", "pas (Commandes bloquées : oui)"),
        ("code in (A, B, C, D, E)", "Code: A, B, C and 2 more", "Code : A, B, C et 2 autres"),
        ("name contains Le or custom.tier = A", "Name contains “Le” or tier: A", "Nom : contient « Le » ou tier : A"),
    ],
)
def test_a_search_is_said_in_the_words_of_the_screen(text: str, english: str, french: str) -> None:
    assert search_words(parse(text), {}) == english
    speak("fr")
    try:
        assert search_words(parse(text), {}) == french
    finally:
        speak("en")


def test_each_filter_can_be_dropped_and_the_list_and_its_export_honour_the_rest(
    lucie: Visitor, collected: Actor
) -> None:
    address = f"{LIST}?where=country+in+(FR,+PT)+and+overdue+>=+5000&sort=code"
    page = lucie.get(address).text
    assert chips(page) == ["Country: France or Portugal", "Overdue from 5,000"]
    shown = codes(page)
    drop = unescape(re.findall(r'href="([^"]*)" aria-label="Drop the filter Overdue', page)[0])
    assert chips(lucie.get(drop).text) == ["Country: France or Portugal"]
    assert set(shown) < set(codes(lucie.get(drop).text))
    sheet = lucie.get(address.replace("customers?", "customers/export?format=csv&")).text
    assert [code for code in codes(lucie.get(f"{LIST}?sort=code").text) if code in sheet] == shown


FILLED = (
    ("criterion=country&ask=in&ticked=1&value=FR&value=BE", "country in (FR, BE)"),
    ("criterion=country&ask=not+in&ticked=1&value=FR", "country != FR"),
    ("criterion=overdue&ask=range&from=1+000,50&to=&of=EUR", "overdue >= 1000.5 EUR"),
    ("criterion=days-overdue&ask=range&from=10&to=30", "days-overdue >= 10 and days-overdue <= 30"),
    ("criterion=last-contact&ask=range&to_days=-15", "last-contact <= today-15"),
    ("criterion=oldest-due&ask=range&from=2026-01-01", "oldest-due >= 2026-01-01"),
    ("criterion=name&ask=contains&value=Grand+ma", 'name contains "Grand ma"'),
    ("criterion=city&ask=in&value=Lyon,+Paris", "city in (Lyon, Paris)"),
    ("criterion=group&ask=is+empty", "group is empty"),
    ("criterion=blocked&ask=%3D&value=yes", "blocked = yes"),
)


def test_a_filter_that_is_filled_in_joins_the_address(lucie: Visitor, collected: Actor) -> None:
    for typed, where in FILLED:
        answer = lucie.get(f"/t/acme/searches/filter?{typed}&add=1&where=language+%3D+fr&view=overdue")
        assert answer.status_code == 303, answer.text
        went = lucie.client.get(answer.headers["location"])
        assert went.url.params["where"] == f"language = fr and {where}"
        assert went.url.params["view"] == "overdue"


def test_what_a_filter_cannot_be_is_said_and_stays_typed(lucie: Visitor, collected: Actor) -> None:
    for typed in (
        "criterion=overdue&ask=range&from=many",
        "criterion=overdue&ask=range",
        "criterion=name&ask=contains",
    ):
        answer = lucie.get(f"/t/acme/searches/filter?{typed}&add=1")
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert 'value="many"' in lucie.get("/t/acme/searches/filter?criterion=overdue&ask=range&from=many&add=1").text


def test_a_text_that_cannot_be_read_is_shown_with_its_place(lucie: Visitor, collected: Actor) -> None:
    for address in (f"{LIST}?where=overdue+>+and", "/t/acme/searches/text?set=1&where=overdue+>+and"):
        answer = lucie.get(address)
        assert answer.status_code == 422
        assert "at character 11" in answer.text
        assert "overdue &gt; and</textarea>" in answer.text
    assert lucie.get("/t/acme/customers/export?where=overdue+>+and").status_code == 422


def test_pasted_codes_keep_their_order_and_name_the_unknown(lucie: Visitor, collected: Actor) -> None:
    pasted = "C10308\tC99\nC10077; C100"
    checked = lucie.post("/t/acme/searches/codes", codes=pasted, do="check").text
    assert "2 found" in checked
    assert ">C99, C100</textarea>" in checked
    shown = lucie.post("/t/acme/searches/codes", codes=pasted, do="show").headers["location"]
    assert codes(lucie.get(shown).text) == ["C10308", "C10077"]
    assert lucie.post("/t/acme/searches/codes", codes=" ", do="show").status_code == 422


def test_a_list_that_is_too_long_for_an_address_is_kept_under_a_number(lucie: Visitor, collected: Actor) -> None:
    from relance.http.pages import search_forms

    longest, search_forms.LONGEST_WHERE = search_forms.LONGEST_WHERE, 10
    try:
        went = lucie.post("/t/acme/searches/codes", codes="C10308,C10077", do="show").headers["location"]
    finally:
        search_forms.LONGEST_WHERE = longest
    assert went == f"{LIST}?s=4"
    assert codes(lucie.get(went).text) == ["C10308", "C10077"]
    assert "2 pasted codes (4)" in lucie.get("/t/acme/searches").text


def test_a_search_is_saved_opened_narrowed_changed_and_removed(lucie: Visitor, collected: Actor) -> None:
    kept = lucie.post("/t/acme/searches/save", name="France", where="country = FR", target="customers", shared="1")
    assert kept.headers["location"] == f"{LIST}?s=4&done=saved"
    page = lucie.get(f"{LIST}?s=4&where=overdue+>+20000").text
    assert chips(page) == ["Country: France", "Overdue over 20,000"]
    assert codes(page) == ["C10077", "C10308"]
    assert "4 customers" in lucie.get("/t/acme/searches").text
    taken = lucie.post("/t/acme/searches/save", name="france", where="country = BE", target="customers")
    assert taken.status_code == 422
    assert "country = BE</textarea>" in taken.text
    renamed = lucie.post("/t/acme/searches/save", name="Home", where="country = FR", target="customers", number="4")
    assert renamed.headers["location"] == f"{LIST}?s=4&done=saved"
    assert "Home" in lucie.get(f"{LIST}?s=4").text
    assert lucie.post("/t/acme/searches/4/remove").status_code == 303
    assert lucie.get(f"{LIST}?s=4").status_code == 404


def test_items_are_filtered_in_the_same_language(lucie: Visitor, collected: Actor) -> None:
    page = lucie.get("/t/acme/items?where=item.days-overdue+>+90+and+country+%3D+FR").text
    assert chips(page) == ["Item's days overdue over 90", "Country: France"]
    assert page.count('class="doc"') == 1
