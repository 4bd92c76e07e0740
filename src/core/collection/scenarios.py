"""Scenarios: the steps around a due date, who does them and how."""

from typing import Literal

import msgspec

from relance.core.collection.kinds import Kind

StepKind = Kind
Automation = Literal["automatic", "to-confirm", "manual"]


class Step(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", omit_defaults=True):
    """One step: due `day` calendar days after the leader's due date (negative: before it).

    `template` names a supplied or edited template. `automation`: `automatic` leaves by itself, `to-confirm` waits for a
    person (the default, S1.5), `manual` is for calls and tasks. `listed_by` limits the items to those that the step of
    that code has listed before (D12); `days_ahead` is for courtesy notes: how many days of coming dues they list.
    `after_last` dates it so many days from the step before, on the day on which that was really done (B1); `day` then
    is where that puts it when all goes as planned. `only_if` is a search that an account must match, else the step is
    passed over. `cc` are the copies: `collector`, `colleagues`, or the role that a colleague must have (S0.4).
    `attach` are the documents that travel along: `statement` or `statement-interest`, and `copies` of the invoices
    that it lists. `registered`: a letter goes as registered mail.
    """

    code: str
    day: int
    kind: StepKind
    template: str
    automation: Automation = "to-confirm"
    done_by: str = "collector"
    listed_by: str | None = None
    days_ahead: int = 0
    cc: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    registered: bool = False
    after_last: int | None = None
    only_if: str = ""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", omit_defaults=True):
    """Steps in order of their day; step numbers count from 1. Without steps: a scenario without any action."""

    code: str
    name: dict[str, str]
    """Language to name; English is always there."""
    steps: tuple[Step, ...] = ()
    per_invoice: bool = False
    jump: bool = False
    """Start at the step of the leader's lateness instead of the first (D7); off by default."""
    customer_zone: bool = False
    """Windows in the customer's zone instead of the tenant's (D13)."""
    minimum: str = ""
    """No action below this net, by currency, `EUR=150.00, USD=200`; a currency not named: the tenant's (B2, D5)."""
    ignore: str = ""
    """Items below this are left out, in the same words; a currency not named: the tenant's (B3)."""
    version: int = 1
    """Which publication it is; an action keeps the one that it was made with."""
    passed_over: tuple[int, ...] = ()
    """Numbers of the steps that this account does not match today; never kept."""

    def step(self, number: int) -> Step:
        """The step of a number counted from 1; raises IndexError outside the scenario."""
        if number < 1:
            raise IndexError(number)
        return self.steps[number - 1]

    def number_of(self, code: str) -> int | None:
        """The number of the step of this code, or None."""
        return next((n for n, step in enumerate(self.steps, 1) if step.code == code), None)


InFlight = Literal["keep", "move"]
"""What a new version does with accounts on their way: a done step stays the step of its code, or goes by its day."""


def carried_steps(before: Scenario, after: Scenario, in_flight: InFlight = "move") -> list[int]:
    """For each step of the scenario before: the number that it counts as in the one after (B4, D7).

    It is the last step whose day is not later, 0 for none; with `keep` it is the step of the same code where there
    still is one. Where one of the two has no steps, numbers stay as they are.
    """
    if not after.steps:
        return list(range(1, len(before.steps) + 1))
    return [(in_flight == "keep" and after.number_of(done.code)) or _by_day(done, after) for done in before.steps]


def _by_day(done: Step, after: Scenario) -> int:
    return max((n for n, step in enumerate(after.steps, 1) if step.day <= done.day), default=0)
