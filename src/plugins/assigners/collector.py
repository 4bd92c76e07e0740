"""Collectors: by rule, in turn, by load; and the tenant's default for accounts that nobody has (S2.11, S2.12)."""

from collections.abc import Collection, Sequence
from typing import ClassVar

import msgspec

from relance.plugins import Assigner, Attribute, Batch, NoSettings, Proposal, hookimpl
from relance.plugins.assigners.by_load import ByLoad
from relance.plugins.assigners.by_rule import ByRule
from relance.plugins.assigners.in_turn import InTurn

api = 1


class DefaultCollector:
    """Proposes the collector that the tenant's settings name."""

    name: ClassVar[str] = "default-collector"
    label: ClassVar[str] = "Default collector"
    attribute: ClassVar[Attribute] = "collector"
    settings_type: ClassVar[type[msgspec.Struct]] = NoSettings
    fallback: ClassVar[bool] = True

    def gives(self, settings: NoSettings) -> Collection[str]:
        """Nothing that its settings would name."""
        return ()

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        """The default collector's address for each, or nothing where none is set."""
        email = batch.defaults.get("collector", "")
        return [Proposal(email, "tenant-default") if email else None] * len(batch.accounts)


@hookimpl
def provide_assigners() -> list[Assigner]:
    """The default, and three ways."""
    return [DefaultCollector(), ByRule("collector"), InTurn("collector"), ByLoad("collector")]
