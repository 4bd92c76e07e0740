"""An empty optional cell is nothing, in a new row and in a row that comes again."""

import pytest

from tests.usecases.intake.kit import Desk

OPTIONAL = ("payment_method", "reference", "order_number", "document", "paid_on")


@pytest.mark.parametrize("field", OPTIONAL)
def test_an_empty_optional_cell_comes_again_and_changes_with_its_item(desk: Desk, field: str) -> None:
    header = f"customer_code,customer_name,number,issued_on,due_on,amount,{field}"
    rows = ["A,A,1,2026-01-01,2026-02-01,100.00,", "A,A,2,2026-01-01,2026-02-01,50.00,"]
    desk.rows(*rows, header=header)
    again = desk.rows(*rows, "A,A,3,2026-01-01,2026-02-01,5.00,", header=header)
    assert (again.state, again.new, again.changed, again.unchanged) == ("done", 1, 0, 2)
    part_paid = desk.rows("A,A,1,2026-01-01,2026-02-01,90.00,", *rows[1:], header=header, mode="delta")
    assert (part_paid.state, part_paid.changed) == ("done", 1)
