"""What the store promises to those who ask assigners: accounts and candidates as assigners may know them."""

from collections.abc import Collection
from typing import Protocol

from relance.core.customers.assignment import Attribute
from relance.core.kernel.identifiers import CustomerId
from relance.ports.assigners import AccountToAssign, Candidate


class AssignerFacts(Protocol):
    """Reads, set-based; writes nothing."""

    def accounts(self, attribute: Attribute, customers: Collection[CustomerId]) -> dict[CustomerId, AccountToAssign]:
        """These customers by their codes, with the values of the attribute that they have and that were taken away."""
        ...

    def candidates(self, attribute: Attribute) -> list[Candidate]:
        """Everything that can be given now, with its load: active people only, as collectors; every user, group."""
        ...

    def given_by(self, attribute: Attribute, task: int) -> list[str]:
        """The groups or colleagues that a task has given to customers who still have them."""
        ...
