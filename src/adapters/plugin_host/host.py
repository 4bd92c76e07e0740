"""The plugin host: every plugin of the allow-list, loaded once, at the first question."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from relance.adapters.plugin_host.allow_list import AllowList, Listed
from relance.adapters.plugin_host.introduction import Introduced, check_version, introduce
from relance.adapters.plugin_host.modules import BUILT_IN, installed, module_of
from relance.core.kernel.errors import BadInput, NotFound, RelanceError
from relance.ports.assigners import Assigner
from relance.ports.channels import Channel
from relance.ports.fetchers import Fetcher
from relance.ports.importers import Importer
from relance.ports.plugins import PluginReport


class TomlPlugins:
    """Plugins as plugins.toml allows them. Faults are kept in the report and never stop another plugin."""

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        self._path, self._environment = path, environment

    def importers(self) -> Sequence[Importer]:
        """Every importer, in the order of the allow-list."""
        return self._all("provide_importers")

    def fetchers(self) -> Sequence[Fetcher]:
        """Every fetcher, in the order of the allow-list."""
        return self._all("provide_fetchers")

    def channels(self) -> Sequence[Channel]:
        """Every channel, in the order of the allow-list."""
        return self._all("provide_channels")

    def assigners(self) -> Sequence[Assigner]:
        """Every assigner, in the order of the allow-list."""
        return self._all("provide_assigners")

    def report(self) -> Sequence[PluginReport]:
        """What became of each plugin, then what is installed and not listed."""
        listed = [report for report, _ in self._loaded]
        names = {report.name for report in listed}
        others = [
            PluginReport(name=name, origin=entry.dist.name if entry.dist else "", state="not-listed")
            for name, entry in sorted(installed().items())
            if name not in names
        ]
        return [*listed, *others]

    def check(self, name: str) -> PluginReport:
        """What became of one plugin; raises NotFound."""
        found = next((report for report in self.report() if report.name == name), None)
        if found is None:
            raise NotFound(f"no plugin {name!r} is listed or installed; built in: {', '.join(BUILT_IN)}")
        return found

    @cached_property
    def _loaded(self) -> list[tuple[PluginReport, Introduced | None]]:
        listed = AllowList(self._path)
        taken: dict[str, str] = {}
        return [self._load(listed, name, taken) for name in listed.tables]

    def _load(self, listed: AllowList, name: str, taken: dict[str, str]) -> tuple[PluginReport, Introduced | None]:
        origin = "built-in" if name in BUILT_IN else ""
        try:
            entry = listed.listed(name)
            if not entry.enabled:
                return PluginReport(name=name, origin=origin, state="disabled"), None
            module, origin = _module(listed, name, entry)
            check_version(module)
            settings = listed.settings(name, getattr(module, "settings_type", None), self._environment)
            introduced = introduce(name, module, settings)
            _take_names(name, introduced, taken)
        except RelanceError as refusal:
            return PluginReport(name=name, origin=origin, state="refused", problem=refusal.detail), None
        except Exception as broken:  # a plugin's own code may raise anything, and must not take the others along
            problem = f"{type(broken).__name__}: {broken}"
            return PluginReport(name=name, origin=origin, state="refused", problem=problem), None
        return PluginReport(name=name, origin=origin, state="loaded", provides=introduced.provides), introduced

    def _all(self, hook: str) -> list[Any]:
        return [thing for _, known in self._loaded if known for thing in known.objects.get(hook, [])]


def _module(listed: AllowList, name: str, entry: Listed) -> tuple[ModuleType, str]:
    try:
        return module_of(name, entry)
    except BadInput as wrong:
        raise BadInput(f"{listed.place(f'plugins.{name}')}: plugins.{name}: {wrong.detail}") from wrong


def _take_names(name: str, introduced: Introduced, taken: dict[str, str]) -> None:
    for provided in introduced.provides:
        if provided in taken:
            raise BadInput(f"{provided} is provided by {taken[provided]} already")
    taken.update(dict.fromkeys(introduced.provides, name))
