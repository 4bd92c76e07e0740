"""A payment reduces what it names, the oldest first; the rest is unallocated (A20)."""

from datetime import date

from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.core.ledger.allocations import Payable, Payment, allocate, key_of


def paid(amount: int, number: str = "", reference: str = "", line: int = 2) -> Payment:
    """A payment of customer 1."""
    return Payment(
        line=line,
        customer=CustomerId(1),
        paid_on=date(2026, 3, 1),
        currency="EUR",
        amount=amount,
        number=number,
        reference=reference,
    )


def item(number: int, amount: int, due: int = 1) -> Payable:
    """An instalment of invoice N1."""
    return Payable(
        item=ItemId(number),
        customer=CustomerId(1),
        number="N1",
        currency="EUR",
        open_amount=amount,
        due_on=date(2026, 2, due),
    )


def test_the_oldest_instalment_is_paid_first_and_the_rest_stays() -> None:
    (done,) = allocate([paid(130, "N1")], [item(2, 50, due=9), item(1, 60, due=3)]).allocations
    assert (done.parts, done.rest) == (((1, 60), (2, 50)), 20)


def test_two_payments_share_one_item() -> None:
    first, second = allocate([paid(40, "N1"), paid(40, "N1")], [item(1, 60)]).allocations
    assert (first.parts, second.parts, second.rest) == (((1, 40),), ((1, 20),), 20)


def test_without_a_number_all_is_rest() -> None:
    (done,) = allocate([paid(40)], [item(1, 60)]).allocations
    assert (done.parts, done.rest) == ((), 40)


def test_an_unknown_number_and_a_twin_are_refused() -> None:
    known, twin = paid(40, "N1", "R1"), paid(40, "N1", "R1", line=3)
    done = allocate([known, twin, paid(1, "N9")], [item(1, 60)])
    assert (len(done.allocations), done.twice, len(done.unknown)) == (1, (twin,), 1)
    assert allocate([known], [item(1, 60)], frozenset([key_of(known)])).twice == (known,)


def test_equal_payments_without_a_reference_are_two_payments() -> None:
    assert len(allocate([paid(10, "N1"), paid(10, "N1")], [item(1, 60)]).allocations) == 2
