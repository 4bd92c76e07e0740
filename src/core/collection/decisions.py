"""What the day says of one account: do something, keep what is planned, or skip with a reason; and how it got there."""

from datetime import date
from typing import Any

import msgspec

from relance.core.collection.actions import State
from relance.core.collection.cycles import Leader
from relance.core.collection.listing import Listing
from relance.core.collection.scenarios import Scenario, Step


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The action to create."""

    scenario: Scenario
    step: Step
    step_number: int
    due_on: date
    leader: Leader
    state: State
    reason: str = ""
    warnings: tuple[str, ...] = ()
    nets: dict[str, int]
    """The net of each currency left by D4 and D5."""

    @property
    def lists_all(self) -> bool:
        """Whether it simply lists every collectable item and credit of the currencies in `nets`."""
        return self.step.day >= 0 and self.step.listed_by is None and not self.scenario.per_invoice


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome for one account (D14): a `plan`, or a `skip` reason; `action-open` is the open action kept.

    `cancel` says why the open action goes first; `until` when the reason for skipping ends, where that is known;
    `listing` is what a kept action now lists.
    """

    plan: Plan | None = None
    skip: str = ""
    cancel: str = ""
    until: date | None = None
    listing: Listing | None = None


class Trace(msgspec.Struct, frozen=True):
    """One thing that was looked at: a code of the rule and the values it saw."""

    code: str
    values: dict[str, Any]


class Path:
    """The traces of one decision; a quiet one keeps nothing, so that explaining costs only who asks."""

    def __init__(self, loud: bool) -> None:
        self.loud = loud
        """Whether anybody asked; of a million values that nobody wants, most need not be named either."""
        self.traces: list[Trace] = []

    def saw(self, code: str, **values: Any) -> None:
        """Remember what was looked at."""
        if self.loud:
            self.traces.append(Trace(code, values))


QUIET = Path(loud=False)
"""The path of a decision that nobody asked to explain."""
