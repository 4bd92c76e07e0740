"""Actions and their life: which state may follow which, and the reasons that are public."""

from datetime import date, datetime
from typing import Literal

import msgspec

from relance.core.kernel.errors import Conflict
from relance.core.kernel.identifiers import ActionId, ContactId, CustomerId, ItemId, SpecificId, UserId

State = Literal[
    "planned", "to-confirm", "confirmed", "sending", "sent", "failed", "unknown", "held", "cancelled", "done"
]
OPEN_STATES: tuple[State, ...] = ("planned", "to-confirm", "confirmed", "sending", "held")
"""An account has at most one scenario action in one of these (D10)."""
WAITING_STATES: tuple[State, ...] = ("planned", "to-confirm", "confirmed", "held")
"""Open, and not on its way: it may still be withdrawn."""
BLOCKING_STATES: tuple[State, ...] = ("failed", "unknown")
"""These stop the next step until a person resolves them (D8)."""
DONE_STATES: tuple[State, ...] = ("sent", "done")

ARROWS: dict[State, frozenset[State]] = {
    "planned": frozenset({"to-confirm", "confirmed", "done", "held", "cancelled"}),
    "to-confirm": frozenset({"confirmed", "held", "cancelled"}),
    "confirmed": frozenset({"sending", "unknown", "failed", "to-confirm", "planned", "held", "cancelled"}),
    "sending": frozenset({"sent", "failed", "unknown", "confirmed"}),
    "held": frozenset({"planned", "to-confirm", "confirmed", "cancelled"}),
    "unknown": frozenset({"sent", "confirmed", "cancelled"}),
    "failed": frozenset({"confirmed", "cancelled"}),
    "sent": frozenset(),
    "cancelled": frozenset(),
    "done": frozenset(),
}
"""The life of an action; nothing else may follow (reliability, section 3)."""

HELD_REASONS: tuple[str, ...] = (
    "no-collection-contact",
    "no-recipient",
    "no-mobile-number",
    "no-postal-address",
    "no-collector",
    "no-sender",
    "no-template",
    "no-relay",
    "no-sms-account",
    "no-letter-channel",
    "suppressed",
    "stale-data",
    "capped",
)
"""Public reason codes of `held` (A16)."""

SKIP_REASONS: tuple[str, ...] = (
    "nothing-open",
    "blocked",
    "grouped",
    "paused",
    "no-scenario",
    "scenario-without-action",
    "all-held",
    "in-credit",
    "below-minimum",
    "scenario-ended",
    "condition-not-met",
    "nothing-to-collect",
    "blocked-by-unknown",
    "action-open",
    "not-due",
    "waiting-for-step",
    "contacted-recently",
)
"""Public reason codes of the day, in the order in which the first that applies is given (D14)."""

CANCEL_REASONS: tuple[str, ...] = (
    "settled",
    "leader-gone",
    "in-credit",
    "below-minimum",
    "step-done",
    "condition-not-met",
    "scenario-changed",
    "scenario-without-action",
    "no-scenario",
    "blocked",
    "grouped",
    "paused",
    "skipped",
    "cancelled-by-person",
    "specific-ended",
)
"""Public reason codes of `cancelled` (D10, B4); `skipped` counts as done (D7)."""

ASK_REASONS: tuple[str, ...] = ("late-step", "first-day", "changed-since-confirmed", "recalled", "restored")
"""Public reason codes of `to-confirm` where a person would not expect to be asked (D8, A9)."""


class Brief(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person wants of one action: own words, and for a specific action its topic and exactly which items.

    Without `body` the words are the template's. `attached` names documents that travel along. `to` are contacts who
    get it, without any those ticked for collection; `cc`: roles, `collector`, `colleagues`, or users' addresses (S0.4).
    """

    topic: str = ""
    items: tuple[ItemId, ...] = ()
    title: str = ""
    language: str = ""
    subject: str = ""
    body: str = ""
    attached: tuple[str, ...] = ()
    to: tuple[ContactId, ...] = ()
    cc: tuple[str, ...] = ()


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do for one account. Amounts are minor units; `items` are listed in the order of the message.

    `due_on` is the step's own date, however old (D8). `not_before` is the earliest sending time. `generation` starts at
    1 and grows when a person sends again. `held_from` is the state to go back to when the cause goes (A16).
    """

    action: ActionId
    customer: CustomerId
    scenario: str
    step: str
    step_number: int
    steps: int
    kind: str
    template: str
    channel: str
    state: State
    due_on: date
    leader: ItemId
    items: tuple[ItemId, ...]
    amount: int
    currency: str
    amounts: dict[str, int]
    automation: str = "to-confirm"
    reason: str = ""
    warnings: tuple[str, ...] = ()
    generation: int = 1
    message_id: str = ""
    attempts: int = 0
    not_before: datetime | None = None
    next_try_at: datetime | None = None
    held_from: State | None = None
    confirmed_by: UserId | None = None
    confirmed_at: datetime | None = None
    sent_at: datetime | None = None
    content_hash: str = ""
    automatic: bool = True
    """False for what a person writes or resends: windows and caps do not bind it (D9, D13)."""
    created_on: date | None = None
    done_on: date | None = None
    occurrence: int = 1
    """Which action of this step and leader it is: one more after one was cancelled."""
    fence: int = 0
    """Grows with every change of the row; who saves must have read the newest (ActionMoved)."""
    specific: SpecificId | None = None
    """The specific action of which this is an occurrence (A27); None: the scenario's."""
    assignee: UserId | None = None
    """Who is to do it, where that is not the collector (S3.15)."""
    snoozed_until: date | None = None
    """Not to be shown as due before this day."""
    brief: Brief | None = None
    scenario_version: int = 1
    """Which version of its scenario it was made with."""

    @property
    def frozen(self) -> bool:
        """A person has confirmed it: what it says no longer follows the ledger by itself (A9)."""
        return self.confirmed_at is not None


class ActionMoved(Conflict):
    """The action is not in a state from which this is possible; the page shown was old."""

    code = "action-moved"


def may_follow(before: State, after: State) -> bool:
    """Whether the life of an action has this arrow."""
    return after in ARROWS[before]


def require(before: State, after: State) -> None:
    """Raise ActionMoved unless the life of an action has this arrow."""
    if not may_follow(before, after):
        raise ActionMoved(f"an action that is {before} cannot become {after}")
