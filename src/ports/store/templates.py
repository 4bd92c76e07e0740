"""What the store promises about message texts in their versions and drafts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from relance.core.collection.templates import Template, TextDraft, TextVersion


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """One text in one language: the version that is sent now, 0 for none yet, and whether a draft waits."""

    code: str
    language: str
    version: int
    drafted: bool


class TemplateStore(Protocol):
    """Versions and drafts; what is sent now is read through `CollectionStore`."""

    def lines(self) -> list[TextLine]:
        """Every text that is published or drafted, by code and language."""
        ...

    def published(self, code: str, language: str) -> Template | None:
        """What is sent now."""
        ...

    def draft(self, code: str, language: str) -> TextDraft | None:
        """What is being written."""
        ...

    def versions(self, code: str, language: str) -> list[TextVersion]:
        """All publications, the newest first."""
        ...

    def save_draft(self, draft: TextDraft) -> None:
        """Keep a draft in the place of the one before."""
        ...

    def discard(self, code: str, language: str) -> None:
        """Forget the draft."""
        ...

    def publish(self, text: Template, author: str, at: datetime) -> int:
        """Keep it as what is sent from now on, forget the draft, and return the number of the version."""
        ...

    def supply(self, texts: Sequence[Template]) -> None:
        """Keep texts that came with the installation as their first version."""
        ...
