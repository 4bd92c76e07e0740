"""What a file would do to the ledger, by amount: sums and the largest cases of each, in minor units."""

from typing import Literal

import msgspec

Deed = Literal["new", "changed", "settled", "reopened", "kept"]
EXAMPLES = 20


class Case(msgspec.Struct, frozen=True):
    """One item: what is open before and after."""

    customer: str
    number: str
    currency: str
    before: int
    after: int


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """All items of one deed; sums by currency of what was open and of what will be."""

    count: int
    before: dict[str, int]
    after: dict[str, int]
    largest: tuple[Case, ...] = ()
