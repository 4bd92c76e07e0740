"""A row is left out as a sum only where it lacks what every item has and its numbers prove it."""

from relance.plugins.importers.sums import day_places, minor_of, parts_of

ITEMS = [
    ["C1", "F1", "2026-09-01", "100,00", "2026-10-01"],
    ["C1", "F2", "2026-09-02", "50,00", "2026-10-02"],
]


def test_a_total_without_a_word_is_proven_by_its_columns() -> None:
    rows = [*ITEMS, ["C1", "", "", "150,00", ""], ["", "", "", "150,00", ""], ["C1", "", "", "151,00", ""]]
    assert parts_of(rows, day_places(rows)) == ["row", "row", "total", "total", "row"]


def test_a_sum_above_its_rows_is_a_heading() -> None:
    rows = [["C1", "", "", "150.00", ""], *ITEMS]
    assert parts_of(rows, day_places(rows)) == ["heading", "row", "row"]


def test_an_item_that_lacks_a_day_and_happens_to_be_as_much_as_the_one_above_stays_an_item() -> None:
    rows = [["C1", "F1", "20260901", "100,00", "2026-10-01"], ["C1", "F2", "20260902", "100,00", ""]]
    assert parts_of(rows, day_places(rows)) == ["row", "row"]


def test_a_payment_without_days_is_no_sum_whatever_its_amount() -> None:
    rows = [*ITEMS, ["C1", "P1", "", "150,00", ""]]
    assert parts_of(rows, day_places(rows)) == ["row", "row", "row"]


def test_numbers_are_compared_however_they_are_written() -> None:
    texts = ("1.234,50", "1,234.50", "1234.5", "1 234,5", "(1'234.50)", "1.234,50-", "1,234.50 Cr", "$ 1,234.50")
    assert [minor_of(text) for text in texts] == [123450] * 4 + [-123450] * 3 + [123450]
    assert (minor_of("FA-12"), minor_of(""), minor_of("N/A")) == (None, None, None)
