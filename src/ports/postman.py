"""Who carries the product's own letters to people of the tenant: invitations, and links that confirm an address."""

from typing import Protocol

from relance.ports.channels import Message, Outcome


class Postman(Protocol):
    """One letter at a time, at once; no letter is tried twice."""

    def absent(self) -> str | None:
        """None where letters can leave, else the public reason, such as `no-relay`."""
        ...

    def post(self, message: Message) -> Outcome:
        """Carry one finished letter and say what became of it."""
        ...
