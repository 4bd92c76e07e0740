"""Scenarios as text that people read, review and keep beside their code."""

from typing import Protocol

from relance.core.collection.scenarios import Scenario
from relance.core.kernel.errors import BadInput


class TextUnreadable(BadInput):
    """The text is no scenario; the detail names the line."""

    code = "text-unreadable"


class ScenarioTexts(Protocol):
    """Writes scenarios as text and reads them back."""

    def write(self, scenario: Scenario) -> str:
        """The scenario as text, without its version."""
        ...

    def read(self, text: str) -> Scenario:
        """The scenario of a text; raises TextUnreadable."""
        ...
