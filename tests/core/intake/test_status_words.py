"""Which column says in what state a document is, and which states ask for nothing."""

import pytest

from relance.core.intake.seen import ColumnSeen
from relance.core.intake.status_words import asks_nothing, is_status


@pytest.mark.parametrize("word", ["Void", "DRAFT", "Annulée", "storniert", "Cancelled", "已作废", "Brouillon"])
def test_what_is_not_issued_or_taken_back_asks_for_nothing(word: str) -> None:
    assert asks_nothing(word)


@pytest.mark.parametrize("word", ["", "Open", "Overdue", "Payée", "Partially Paid", "Storno 12", "New"])
def test_every_other_word_leaves_the_claim(word: str) -> None:
    assert not asks_nothing(word)


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("Invoice Status", ("Overdue", "Void"), True),
        ("Statut", ("En retard", "Partiellement payée"), True),
        ("Status", ("A1", "B2", "Paid"), False),
        ("Comment", ("Void",), False),
        ("State", ("Texas", "Ohio"), False),
        ("Status", (), False),
    ],
)
def test_a_column_of_states_is_known_by_its_name_and_its_words(name: str, values: tuple[str, ...], told: bool) -> None:
    column = ColumnSeen(name=name, rows=9, filled=len(values), values=values, distinct=len(values))
    assert is_status(column) is told
