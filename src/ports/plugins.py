"""The plugins that this installation loaded."""

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from relance.ports.assigners import Assigner
from relance.ports.channels import Channel
from relance.ports.fetchers import Fetcher
from relance.ports.importers import Importer


class PluginReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one plugin. `origin`: built-in, or its distribution and version; `provides`: family and name."""

    name: str
    origin: str
    state: Literal["loaded", "refused", "disabled", "not-listed"]
    provides: tuple[str, ...] = ()
    problem: str = ""


class Plugins(Protocol):
    """What the allow-list names and what loaded without a fault. A broken plugin is reported, and the rest live."""

    def importers(self) -> Sequence[Importer]:
        """Every importer, in the order of the allow-list."""
        ...

    def fetchers(self) -> Sequence[Fetcher]:
        """Every fetcher, in the order of the allow-list."""
        ...

    def channels(self) -> Sequence[Channel]:
        """Every channel, in the order of the allow-list."""
        ...

    def assigners(self) -> Sequence[Assigner]:
        """Every assigner, in the order of the allow-list."""
        ...

    def report(self) -> Sequence[PluginReport]:
        """What became of each plugin."""
        ...
