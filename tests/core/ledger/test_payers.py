"""Whose money came in: by the numbers that are quoted, else by the name of one customer, else nobody's."""

import pytest

from relance.core.ledger.payers import Payer, Quotable, Remittance, payer_of, plain_name, quoted_in

ITEMS = {
    "F1001": [Quotable(number="F1001", customer=1, currency="EUR", open_amount=5000)],
    "F1002": [Quotable(number="F1002", customer=1, currency="EUR", open_amount=2500)],
    "F2001": [Quotable(number="F2001", customer=2, currency="EUR", open_amount=1000)],
    "2026": [Quotable(number="2026", customer=3, currency="EUR", open_amount=700)],
    "900123": [
        Quotable(number="900123", customer=1, currency="EUR", open_amount=1),
        Quotable(number="900123", customer=2, currency="EUR", open_amount=1),
    ],
    "US1": [Quotable(number="USD-1", customer=1, currency="USD", open_amount=1)],
}
NAMES = {"durand": [1], "martin": [2], "dupont": [3, 4]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("facture F230875", {"F230875"}),
        ("F230987, F231234", {"F230987", "F231234"}),
        ("F1/F23/F456", {"F23", "F456", "F1/F23/F456"}),
        ("re-2026-001.", {"re-2026-001", "RE-2026-001"}),
        ("F238765+F229876", {"F238765", "F229876"}),
        ("merci beaucoup", set()),
        ("", set()),
    ],
)
def test_words_that_may_be_numbers(text: str, words: set[str]) -> None:
    assert set(quoted_in(text)) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Société DURAND S.A.", "societe durand s a"), ("ACME GmbH & Co. KG", "Acme gmbh"), ("Élan SARL", "ELAN")],
)
def test_names_that_are_the_same(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        (Remittance(amount=5000, currency="EUR", text="Invoice F1001"), Payer(customer=1, numbers=("F1001",))),
        (
            Remittance(amount=7500, currency="EUR", text="F1001 F1002 F1001"),
            Payer(customer=1, numbers=("F1001", "F1002")),
        ),
        (Remittance(amount=1, currency="EUR", text="F1001 and F2001"), None),
        (
            Remittance(amount=1, currency="EUR", text="F1001 and F2001", payer="MARTIN"),
            Payer(customer=2, numbers=("F2001",)),
        ),
        (Remittance(amount=1, currency="EUR", text="thanks", payer="Durand SARL"), Payer(customer=1)),
        (Remittance(amount=1, currency="EUR", text="thanks", payer="Dupont"), None),
        (Remittance(amount=1, currency="EUR", text="thanks", payer="Nobody"), None),
        (Remittance(amount=1, currency="EUR", text="900123"), None),
        (Remittance(amount=1, currency="EUR", text="US1"), Payer(customer=1)),
        (Remittance(amount=1, currency="EUR", text="mars 2026"), None),
        (Remittance(amount=700, currency="EUR", text="no 2026"), Payer(customer=3, numbers=("2026",))),
        (Remittance(amount=1, currency="EUR"), None),
    ],
)
def test_a_payer_is_found_only_where_one_customer_is_meant(paid: Remittance, expected: Payer | None) -> None:
    assert payer_of(paid, ITEMS, NAMES) == expected
