"""Late interest as a message tells it: simple, by the day, from the day after the due date (B8)."""

from fractions import Fraction

from relance.core.collection.composing import Line

_YEAR = 365


def late_interest(line: Line, rate: str) -> int | None:
    """Minor units, rounded half up; None for what bears none: credits, what is not late, what is no invoice.

    `rate` is percent a year as decimal text. What is disputed, and whose customer is spared, bears none either.
    """
    if line.spared or line.type != "invoice" or line.open_amount <= 0 or line.days_late <= 0:
        return None
    exact = Fraction(rate) * line.open_amount * line.days_late / (100 * _YEAR)
    return int(exact + Fraction(1, 2))
