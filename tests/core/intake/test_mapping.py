"""Which column fills which field."""

import pytest

from relance.core.intake.mapping import questions_of, resolved
from relance.core.kernel.errors import BadInput

COLUMNS = ("Customer_Code", "number", "Betrag", "issued_on", "due_on", "amount")


def test_columns_with_a_fields_name_map_themselves_and_what_is_given_wins() -> None:
    mapping = resolved("items", COLUMNS, {"amount": "betrag"})
    assert mapping == {
        "amount": "Betrag",
        "customer_code": "Customer_Code",
        "number": "number",
        "issued_on": "issued_on",
        "due_on": "due_on",
    }
    assert questions_of("items", COLUMNS, mapping) == ()


def test_debit_and_credit_stand_instead_of_an_amount() -> None:
    mapping = resolved("items", (*COLUMNS, "Soll"), {"debit": "Soll"})
    assert "amount" not in mapping


@pytest.mark.parametrize("given", [{"amuont": "Betrag"}, {"amount": "nothing"}, {"custom.": "Betrag"}])
def test_what_is_not_there_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        resolved("items", COLUMNS, given)


def test_what_is_missing_is_asked_with_the_columns_that_are_free() -> None:
    questions = questions_of("contacts", ("Kunde", "name"), {"name": "name"})
    assert [(question.column, question.choices) for question in questions] == [("customer_code", ("Kunde",))]
