"""In turn: one after the other, going on behind whoever had the last turn."""

from collections.abc import Collection, Sequence
from typing import ClassVar

import msgspec

from relance.plugins import Attribute, Batch, Proposal
from relance.plugins.assigners.among import Among, free, kept, named, present


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who takes turns."""

    among: Among


class InTurn:
    """Whoever has one of those already keeps it, and uses up no turn."""

    settings_type: ClassVar[type[msgspec.Struct]] = Turn
    fallback: ClassVar[bool] = False

    def __init__(self, attribute: Attribute) -> None:
        self.attribute, self.name, self.label = attribute, f"{attribute}-in-turn", "In turn"

    def gives(self, settings: Turn) -> Collection[str]:
        """Those who take turns; raises BadInput."""
        return named(settings.among)

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        """The next turn for each account that has none of them."""
        among = present(batch)
        low = [value.casefold() for value in among]
        place = low.index(batch.last.casefold()) + 1 if batch.last.casefold() in low else 0
        answers: list[Proposal | None] = []
        for account in batch.accounts:
            already, open_ones = kept(account, among), free(account, among)
            if already or not open_ones:
                answers.append(already)
                continue
            while among[place % len(among)] not in open_ones:
                place += 1
            answers.append(Proposal(among[place % len(among)], "in-turn"))
            place += 1
        return answers
