"""Meet one plugin: check its version mark and its hooks, call them, and look at what they hand over."""

import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import msgspec
import pluggy

from relance.core.kernel.errors import BadInput
from relance.ports.hooks import API_VERSION, Specs

SHAPES: dict[str, tuple[str, ...]] = {
    "provide_importers": ("name", "label", "recognises", "read"),
    "provide_fetchers": ("name", "label", "settings", "asks_for", "folders", "open"),
    "provide_channels": ("name", "label", "capabilities", "ready", "carry", "close"),
    "provide_assigners": ("name", "label", "attribute", "settings_type", "fallback", "gives", "propose"),
}
"""Hook to what each object that it hands over must have."""
FAMILIES = {
    "provide_importers": "importer",
    "provide_fetchers": "fetcher",
    "provide_channels": "channel",
    "provide_assigners": "assigner",
}


class Introduced(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin handed over, by hook."""

    objects: dict[str, list[Any]]

    @property
    def provides(self) -> tuple[str, ...]:
        """Family and name of each object."""
        return tuple(f"{FAMILIES[hook]} {thing.name}" for hook, things in self.objects.items() for thing in things)


def check_version(module: ModuleType) -> None:
    """Raise BadInput unless the module was written for our promise to plugins."""
    api = getattr(module, "api", None)
    if api is None:
        raise BadInput(f"{module.__name__} does not say `api = {API_VERSION}`")
    if api != API_VERSION:
        raise BadInput(f"{module.__name__} was made for api {api}; this is api {API_VERSION}")


def introduce(name: str, module: ModuleType, settings: Mapping[str, Any]) -> Introduced:
    """Register the module alone and collect its objects; raises BadInput in the plugin author's words."""
    manager = pluggy.PluginManager("relance")
    manager.add_hookspecs(Specs)
    try:
        manager.register(module, name)
        manager.check_pending()
    except pluggy.PluginValidationError as wrong:
        raise BadInput(str(wrong).replace("\n", " ")) from wrong
    objects = {hook: _handed_over(getattr(manager.hook, hook), settings) for hook in SHAPES}
    if not any(objects.values()):
        raise BadInput(f"{module.__name__} provides nothing: no function is marked with hookimpl")
    return Introduced(objects={hook: things for hook, things in objects.items() if things})


def _handed_over(hook: pluggy.HookCaller, settings: Mapping[str, Any]) -> list[Any]:
    for implementation in hook.get_hookimpls():
        if inspect.iscoroutinefunction(implementation.function):
            raise BadInput(f"{hook.name} is async; hooks hand over objects at once, and only channels work async")
        given = {"settings": dict(settings)} if "settings" in implementation.argnames else {}
        function: Any = implementation.function
        return [_checked(hook.name, thing) for thing in _listed(hook.name, function(**given))]
    return []


def _listed(hook: str, things: object) -> list[Any]:
    if not isinstance(things, list | tuple):
        raise BadInput(f"{hook} hands over {type(things).__name__}, not a list")
    return list(things)


def _checked(hook: str, thing: Any) -> Any:
    missing = [part for part in SHAPES[hook] if not hasattr(thing, part)]
    if missing:
        raise BadInput(f"{hook}: {type(thing).__name__} has no {missing[0]!r}")
    if not isinstance(thing.name, str) or not thing.name.replace("-", "").isalnum() or thing.name != thing.name.lower():
        raise BadInput(f"{hook}: {thing.name!r} is no name; use a to z, 0 to 9 and hyphens")
    return thing
