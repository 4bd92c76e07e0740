"""A copy belongs to the item whose number stands in its name as a whole; anything else is told, not guessed."""

import pytest

from relance.core.intake.copies import Numbered, match
from relance.core.kernel.identifiers import ItemId

ITEMS = [
    Numbered(item=ItemId(place), customer=customer, number=number, type=kind, document=document)
    for place, (customer, number, kind, document) in enumerate(
        [
            ("C1", "INV-1042", "invoice", ""),
            ("C1", "1042", "invoice", ""),
            ("C1", "FA 2026/0007", "invoice", ""),
            ("C2", "88", "invoice", ""),
            ("C2", "88", "credit-note", ""),
            ("C3", "88", "credit-note", ""),
            ("C3", "77", "credit-note", ""),
            ("C3", "2026", "invoice", ""),
            ("C4", "0099", "invoice", "Scan 12.PDF"),
            ("C4", "12", "draft", ""),
        ],
        1,
    )
]


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("INV-1042.pdf", 1),
        ("inv_1042 (copy).pdf", 1),
        ("1042.pdf", 2),
        ("Facture 1042 du 2026-01-05.pdf", 2),
        ("C1_1042.pdf", 2),
        ("FA-2026-0007.pdf", 3),
        ("Rechnung FA_2026_0007 2026.pdf", 3),
        ("facture 88.pdf", 4),
        ("avoir-88-C2.pdf", 5),
        ("C3 credit 88.pdf", 6),
        ("77.pdf", 7),
        ("2026.pdf", 8),
        ("scan 12.pdf", 9),
        ("12.pdf", 10),
    ],
)
def test_a_whole_number_names_its_item(name: str, item: int) -> None:
    found = match(name, ITEMS)
    assert found.item is not None
    assert found.item.item == item


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("88.pdf", "ambiguous"),
        ("avoir 88.pdf", "ambiguous"),
        ("1042 and 77.pdf", "ambiguous"),
        ("10421.pdf", "unknown-number"),
        ("INV1042.pdf", "unknown-number"),
        ("99.pdf", "unknown-number"),
        ("Facture 1043 du 01.01.2026.pdf", "unknown-number"),
        ("facture 77.pdf", "unknown-number"),
        ("invoice.pdf", "unknown-number"),
        (".pdf", "unknown-number"),
    ],
)
def test_anything_else_is_told_and_not_guessed(name: str, reason: str) -> None:
    found = match(name, ITEMS)
    assert (found.item, found.reason) == (None, reason)
