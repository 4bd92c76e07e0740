"""What a new tenant starts with."""

from typing import Protocol

from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template


class Supplied(Protocol):
    """Scenarios and message templates that travel with the installation; a tenant changes its own copy."""

    def scenarios(self) -> list[Scenario]:
        """The supplied scenarios by code."""
        ...

    def templates(self) -> list[Template]:
        """The supplied templates by code and language."""
        ...

    def glossary(self) -> dict[str, dict[str, list[str]]]:
        """Language to term to the words that the supplied texts say for it, the usual one first."""
        ...
