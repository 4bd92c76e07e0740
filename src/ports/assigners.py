"""What an assigner is: it proposes a value for each of many accounts, with a reason, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

Attribute = Literal["collector", "colleague", "group", "scenario"]


class AccountToAssign(msgspec.Struct, frozen=True, kw_only=True):
    """What an assigner may know of an account; plain data.

    `current` are the values that it has now, `refused` those that a person took away: they are not given again.
    `open_amount` is what is open in hundredths; every currency counts at its face value, as no rates are kept.
    """

    code: str
    name: str
    country: str
    language: str
    currency: str
    zip: str = ""
    city: str = ""
    state: str = ""
    open_amount: int = 0
    custom: dict[str, str] = {}
    current: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Someone or something that may be given, and how many customers and how much open amount it has now.

    `value` is an address, a group's name or a scenario's code; `open_amount` counts as in `AccountToAssign`.
    """

    value: str
    customers: int = 0
    open_amount: int = 0


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """All that an assigner is asked at once.

    `settings` are the task's, of the assigner's `settings_type`; `last` is the value that the task gave last, in an
    earlier run; `defaults` are the tenant's settings by name, for an assigner that is a `fallback`.
    """

    accounts: Sequence[AccountToAssign]
    candidates: Sequence[Candidate] = ()
    settings: Any = None
    last: str = ""
    defaults: Mapping[str, str] = {}


class Proposal(msgspec.Struct, frozen=True):
    """A value and why: a reason code such as `by-rule`, and plain data about it such as `country = FR`."""

    value: str
    reason: str
    detail: str = ""


class NoSettings(msgspec.Struct, frozen=True):
    """For an assigner that has nothing to set."""


class Assigner(Protocol):
    """A plugin that proposes who or what belongs to accounts.

    It keeps nothing between two batches and looks at nothing else: a trial and the run after it say the same. For an
    account that has a value which it could give it proposes that value, so that a second run changes nothing.
    """

    @property
    def name(self) -> str:
        """A word for commands, such as `collector-by-rule`."""
        ...

    @property
    def label(self) -> str:
        """For people."""
        ...

    @property
    def attribute(self) -> Attribute:
        """What it gives."""
        ...

    @property
    def settings_type(self) -> type[msgspec.Struct]:
        """A struct of texts, choices, lists and tables of texts; title and description of `msgspec.Meta` are shown."""
        ...

    @property
    def fallback(self) -> bool:
        """Asked without a task and after all tasks, for whoever still has nothing; such a one has no settings."""
        ...

    def gives(self, settings: Any) -> Collection[str]:
        """Every value that the settings name, to be looked up when a task is saved; raises BadInput for wrong ones."""
        ...

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        """For each account in its order a value, or nothing."""
        ...
