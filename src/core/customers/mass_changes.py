"""What is changed for many customers at once, and what came of it (S0.13, S2.3, S4.6, S4.8)."""

from datetime import datetime
from typing import Literal

import msgspec

from relance.core.customers.assignment import Attribute
from relance.core.customers.search import EVERYTHING, MOST_VALUES, Search, checked
from relance.core.kernel.errors import BadInput

Changeable = Attribute | Literal["penalties"]


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Customers by a search, or by codes as they were pasted; with both, those that fulfil both."""

    search: Search = EVERYTHING
    codes: tuple[str, ...] = ()


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What each of them gets. Collector and colleagues are addresses; an empty collector or scenario takes it away.

    `penalties`: whether they are told of late interest (B8).
    """

    collector: str | None = None
    scenario: str | None = None
    add_groups: tuple[str, ...] = ()
    remove_groups: tuple[str, ...] = ()
    add_colleagues: tuple[str, ...] = ()
    remove_colleagues: tuple[str, ...] = ()
    penalties: bool | None = None


class MassChange(msgspec.Struct, frozen=True, kw_only=True):
    """One such change in the history. `changed`: attribute to customers whose value is another one now."""

    change: int
    at: datetime
    author: str
    wanted: Changes
    customers: int
    changed: dict[Changeable, int]
    undone_at: datetime | None = None


def checked_selection(selection: Selection) -> Selection:
    """The same selection; raises BadInput."""
    if len(selection.codes) > MOST_VALUES:
        raise BadInput(f"at most {MOST_VALUES} codes can be pasted, not {len(selection.codes)}")
    checked(selection.search)
    return selection


def checked_changes(changes: Changes) -> Changes:
    """The same changes; raises BadInput where nothing is to be changed, or one group is to come and to go."""
    if changes == Changes():
        raise BadInput("say what to change: a collector, a scenario, groups, colleagues or late penalties")
    both = set(changes.add_groups) & set(changes.remove_groups) | (
        set(changes.add_colleagues) & set(changes.remove_colleagues)
    )
    if both:
        raise BadInput(f"{', '.join(sorted(both))}: either add or remove, not both")
    return changes


def codes_in(text: str) -> tuple[str, ...]:
    """Codes pasted from a spreadsheet or a message: by lines, tabs, commas or semicolons; order kept, each once."""
    for sign in "\t\r,;":
        text = text.replace(sign, "\n")
    return tuple(dict.fromkeys(code for line in text.split("\n") if (code := line.strip())))
