"""What makes two rows the same item (A13), as one text key within an entity."""

SEPARATOR = "\x1f"
"""Between the parts of a key; cells never hold it, because control characters are taken out on reading."""


def identity(customer_code: str, kind: str, number: str, issue_year: int) -> str:
    """The key of an item whose file has no unique key: customer, type, number and year of issue."""
    return SEPARATOR.join((customer_code, kind, number, str(issue_year)))


def instalment(base: str, due_day: int) -> str:
    """The key of one instalment of a number that was seen with several due dates; never its rank."""
    return f"{base}{SEPARATOR}{due_day}"
