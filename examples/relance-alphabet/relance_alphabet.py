"""Gives each customer the collector of the letters that its name begins with."""

import unicodedata
from collections.abc import Collection, Sequence
from typing import Annotated, ClassVar

import msgspec

from relance.plugins import Assigner, Attribute, BadInput, Batch, Proposal, hookimpl

api = 1


class Letters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has which letters."""

    letters: Annotated[
        dict[str, str], msgspec.Meta(title="Letters", description="One a line, such as A-K = ann@acme.example.")
    ]


class Alphabet:
    """Accents don't count; a name that begins with no letter of anybody's is left to the next task."""

    name: ClassVar[str] = "alphabet"
    label: ClassVar[str] = "By the first letter of the name"
    attribute: ClassVar[Attribute] = "collector"
    settings_type: ClassVar[type[msgspec.Struct]] = Letters
    fallback: ClassVar[bool] = False

    def gives(self, settings: Letters) -> Collection[str]:
        """Everybody who has letters; raises BadInput for what is no letter and no range of letters."""
        for span in settings.letters:
            _first_and_last(span)
        return list(settings.letters.values())

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        """For each account whoever has its letter."""
        spans = [(*_first_and_last(span), span, person) for span, person in batch.settings.letters.items()]
        return [_one(account.name, spans) for account in batch.accounts]


def _one(name: str, spans: list[tuple[str, str, str, str]]) -> Proposal | None:
    letter = unicodedata.normalize("NFD", name.strip())[:1].upper()
    found = ((person, span) for first, last, span, person in spans if first <= letter <= last)
    return next((Proposal(person, "first-letter", span) for person, span in found), None)


def _first_and_last(span: str) -> tuple[str, str]:
    first, _, last = span.upper().partition("-")
    if len(first.strip()) != 1 or len(last.strip() or first.strip()) != 1:
        raise BadInput(f"letters: {span!r} is no letter and no range such as A-K")
    return first.strip(), last.strip() or first.strip()


@hookimpl
def provide_assigners() -> list[Assigner]:
    """One assigner."""
    return [Alphabet()]
