"""The hookspecs: a plugin hands over objects, and the objects do the work."""

from typing import Any

import pluggy

from relance.ports.assigners import Assigner
from relance.ports.channels import Channel
from relance.ports.fetchers import Fetcher
from relance.ports.importers import Importer

API_VERSION = 1
"""Plugins declare `api = 1`; it changes when a promise to plugins is broken."""

hookspec = pluggy.HookspecMarker("relance")
hookimpl = pluggy.HookimplMarker("relance")


class Specs:
    """What a plugin module may implement, each at most once."""

    @hookspec
    def provide_importers(self) -> list[Importer]:
        """Importers of this plugin."""
        raise AssertionError("a hookspec is never called")

    @hookspec
    def provide_fetchers(self, settings: dict[str, Any]) -> list[Fetcher]:
        """Fetchers of this plugin, made from its table in plugins.toml."""
        raise AssertionError("a hookspec is never called")

    @hookspec
    def provide_channels(self, settings: dict[str, Any]) -> list[Channel]:
        """Channels of this plugin, made from its table in plugins.toml."""
        raise AssertionError("a hookspec is never called")

    @hookspec
    def provide_assigners(self) -> list[Assigner]:
        """Assigners of this plugin."""
        raise AssertionError("a hookspec is never called")
