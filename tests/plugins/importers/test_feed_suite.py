"""The feed keeps every promise of an importer, and knows a feed by its header alone."""

from pathlib import Path

import pytest

from relance.plugins.importers.feed import Feed
from relance.plugins.importers.feed_columns import kind_of_feed
from relance.plugins.importers.feed_words import amount_of, country_of, day_of, language_of, styles_of, type_of
from relance.plugins.testing import importer_suite

TestFeed = importer_suite(Feed(), examples=Path(__file__).parent / "feed_examples")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (("client_code", "item_number", "item_date_due"), "items"),
        (("client_code", "client_business_name"), "customers"),
        (("client_code", "contact_lastname"), "contacts"),
        (("user_email", "user_lastname"), "users"),
        (("client_code", "user_email"), "users"),
        (("customer", "number", "amount"), None),
        (("client_code", "item_number", "amount"), None),
        (("item_number", "item_date_due"), None),
    ],
)
def test_the_header_says_the_kind(header: tuple[str, ...], kind: str | None) -> None:
    assert kind_of_feed(header) == kind


def test_words_of_the_feed_become_ours() -> None:
    assert [type_of(word) for word in ("Credit_Note", "AVOIR", "invoice", "ZX")] == [
        "credit-note",
        "credit-note",
        "invoice",
        "ZX",
    ]
    assert [country_of(word) for word in ("Germany", "ESPAÑA", "fr", "Atlantis")] == ["DE", "ES", "fr", "Atlantis"]
    assert [language_of(word) for word in ("German", "français", "en_GB", "")] == ["de", "fr", "en_GB", ""]


@pytest.mark.parametrize("text", ["soon", "31/02/2026", "2026/13/01", "1-XXX-26", "05/02/26"])
def test_what_is_no_day_stays_as_it_is(text: str) -> None:
    assert day_of(text) == text


def test_a_mark_means_what_the_rest_of_the_file_shows() -> None:
    assert styles_of(["1.234,50", "12,5"]) == {",": "decimal", ".": "thousands"}
    assert styles_of(["12,5", "1,234.5"]) == {".": "decimal"}
    assert amount_of("1.234", {",": "decimal", ".": "thousands"}) == "1234"
    assert amount_of("1.234", {}) == "1.234"
    assert amount_of("1.234", {",": "decimal"}) == "1,234"
    assert amount_of("1,234", {}) == "1,234"
    assert amount_of("abc", {}) == "abc"
