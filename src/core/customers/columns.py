"""What the list of customers shows and is ordered by: chosen by a person, or kept with a saved search."""

from collections.abc import Sequence
from typing import Literal, get_args

from relance.core.kernel.errors import BadInput

CustomerSort = Literal[
    "overdue",
    "balance",
    "code",
    "name",
    "listed",
    "country",
    "city",
    "collector",
    "open-items",
    "oldest-due",
    "over-90",
    "credits",
    "promised",
    "disputed",
    "credit-limit",
    "last-contact",
    "created",
]
"""`listed`: as the codes of the search are listed, first come first."""
CUSTOMER_SORTS: tuple[CustomerSort, ...] = get_args(CustomerSort)
CustomerColumn = Literal[
    "code",
    "entity",
    "country",
    "city",
    "language",
    "collector",
    "colleagues",
    "groups",
    "scenario",
    "terms",
    "payment-method",
    "open-items",
    "oldest-due",
    "days-overdue",
    "overdue",
    "balance",
    "not-due",
    "days-1-30",
    "days-31-60",
    "days-61-90",
    "over-90",
    "credits",
    "promised",
    "disputed",
    "credit-limit",
    "limit-use",
    "last-contact",
    "created",
]
"""In the order in which they stand; the name stands first, always."""
CUSTOMER_COLUMNS: tuple[CustomerColumn, ...] = get_args(CustomerColumn)
DEFAULT_COLUMNS: tuple[CustomerColumn, ...] = (
    "code",
    "collector",
    "groups",
    "open-items",
    "oldest-due",
    "overdue",
    "balance",
)


def checked_columns(names: Sequence[str]) -> tuple[CustomerColumn, ...]:
    """The columns in their order, each once; raises BadInput for an unknown one."""
    unknown = [name for name in names if name not in CUSTOMER_COLUMNS]
    if unknown:
        raise BadInput(f"columns: there is no {unknown[0]!r}; known are {', '.join(CUSTOMER_COLUMNS)}")
    return tuple(known for known in CUSTOMER_COLUMNS if known in names)


def checked_sort(text: str) -> tuple[CustomerSort, bool]:
    """What `overdue` or `-overdue` says: by what, and whether the other way round; raises BadInput."""
    plain = text.removeprefix("-")
    for known in CUSTOMER_SORTS:
        if plain == known:
            return known, plain != text
    raise BadInput(f"sort: one of {', '.join(CUSTOMER_SORTS)}, with - before it the other way round; not {text!r}")
