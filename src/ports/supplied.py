"""What a new tenant starts with."""

from typing import Protocol

import msgspec

from relance.core.collection.scenarios import Scenario
from relance.core.collection.templates import Template
from relance.core.customers.saved_searches import Colour
from relance.core.customers.search import Search


class SuppliedAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert to start with."""

    name: str
    colour: Colour
    sign: str
    search: Search


class Supplied(Protocol):
    """Scenarios and message templates that travel with the installation; a tenant changes its own copy."""

    def scenarios(self) -> list[Scenario]:
        """The supplied scenarios by code."""
        ...

    def templates(self) -> list[Template]:
        """The supplied templates by code and language."""
        ...

    def alerts(self, language: str) -> list[SuppliedAlert]:
        """The supplied alerts, named in this language, in English where it has no name."""
        ...

    def glossary(self) -> dict[str, dict[str, list[str]]]:
        """Language to term to the words that the supplied texts say for it, the usual one first."""
        ...
