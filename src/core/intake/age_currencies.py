"""Amounts by age in another currency than the documents': they differ in every row of a foreign one, and only there."""

from collections.abc import Mapping, Sequence
from typing import Literal

from relance.core.intake.balances import minor_of
from relance.core.intake.seen import ColumnSeen

Apart = Literal["no", "perhaps", "yes"]
_FEWEST = 3
"""From so many rows on it is no chance."""


def ages_apart(columns: Sequence[ColumnSeen], ages: Sequence[ColumnSeen], mapping: Mapping[str, str]) -> Apart:
    """Whether the ages are in the company's currency and the amounts in those of the documents.

    Where some document of each currency has the same amount under its ages, they are in the same currencies.
    """
    by_name = {column.name: column for column in columns}
    amount, coded = by_name.get(mapping.get("amount", "")), by_name.get(mapping.get("currency", ""))
    if amount is None or coded is None:
        return "no"
    same = dict[str, list[bool]]()
    for code, whole, *parts in zip(coded.head, amount.head, *(age.head for age in ages), strict=False):
        if minor_of(whole):
            same.setdefault(code.strip(), []).append(sum(map(minor_of, parts)) == minor_of(whole))
    foreign = [rows for rows in same.values() if not any(rows)]
    if not foreign or len(foreign) == len(same):
        return "no"
    return "yes" if all(len(rows) >= _FEWEST for rows in foreign) else "perhaps"
