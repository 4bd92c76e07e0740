"""From a plugin's name to its module: built in, or the one distribution and version that the operator allowed."""

import importlib
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from relance.adapters.plugin_host.allow_list import Listed
from relance.core.kernel.errors import BadInput

GROUP = "relance.plugins"
BUILT_IN = {
    "csv": "relance.plugins.importers.csv",
    "excel": "relance.plugins.importers.excel",
    "camt": "relance.plugins.importers.camt",
    "mt940": "relance.plugins.importers.mt940",
    "cfonb": "relance.plugins.importers.cfonb",
    "fec": "relance.plugins.importers.fec",
    "datev": "relance.plugins.importers.datev",
    "feed": "relance.plugins.importers.feed",
    "api": "relance.plugins.importers.api",
    "folder": "relance.plugins.importers.folder",
    "ftp": "relance.plugins.importers.ftp",
    "email": "relance.plugins.channels.email",
    "letter": "relance.plugins.channels.letter",
    "outbox": "relance.plugins.channels.outbox",
    "sms": "relance.plugins.channels.sms",
    "collector": "relance.plugins.assigners.collector",
    "colleague": "relance.plugins.assigners.colleague",
    "group": "relance.plugins.assigners.group",
    "scenario": "relance.plugins.assigners.scenario",
}


def module_of(name: str, listed: Listed) -> tuple[ModuleType, str]:
    """The plugin's module and where it comes from; raises BadInput for one that is not there as allowed."""
    if name in BUILT_IN:
        if listed.distribution:
            raise BadInput(f"{name!r} is the name of a built-in plugin; a distribution cannot take it")
        return importlib.import_module(BUILT_IN[name]), "built-in"
    entry = _entry(name, listed)
    module = entry.load()
    if not isinstance(module, ModuleType):
        raise BadInput(f"the entry point {name!r} must name a module, not {entry.value!r}")
    return module, f"{listed.distribution} {listed.version}"


def installed() -> dict[str, EntryPoint]:
    """Plugins of other distributions that are installed, allowed or not; nothing of them is imported."""
    return {entry.name: entry for entry in entry_points(group=GROUP)}


def _entry(name: str, listed: Listed) -> EntryPoint:
    if not listed.distribution or not listed.version:
        known = ", ".join(sorted({*BUILT_IN, *installed()}))
        raise BadInput(f"no built-in plugin {name!r}; name its distribution and version (installed: {known})")
    for entry in entry_points(group=GROUP, name=name):
        if entry.dist is not None and entry.dist.name == listed.distribution:
            if entry.dist.version != listed.version:
                raise BadInput(f"{listed.distribution} {entry.dist.version} is installed, {listed.version} is allowed")
            return entry
    raise BadInput(f"{listed.distribution} is not installed, or offers no plugin {name!r}")
