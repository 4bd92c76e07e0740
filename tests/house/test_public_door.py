"""Built-in plugins use the door that outsiders use, and the page about hooks tells the truth."""

import ast
import inspect
import re

import relance.plugins
import relance.plugins.testing
from relance.adapters.plugin_host.introduction import SHAPES
from relance.ports.hooks import Specs
from tests.house.tree import ROOT, modules, named, parsed

FAMILIES = ("plugins/importers", "plugins/channels", "plugins/assigners")
PAGE = ROOT / "docs/plugins/hooks.md"


def _imports_of_relance(tree: ast.Module) -> list[str]:
    found = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    found += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [module for module in found if module.split(".")[0] == "relance"]


def test_built_in_plugins_import_relance_only_through_the_door() -> None:
    beside = {
        f"{named(path)}: {module}"
        for path in modules(*FAMILIES)
        for module in _imports_of_relance(parsed(path))
        if module != "relance.plugins" and not module.startswith(_family(named(path)))
    }
    assert not beside


def _family(path: str) -> str:
    return ".".join(["relance", *path.split("/")[1:3]])


def test_the_door_offers_what_it_lists_and_lists_what_it_offers() -> None:
    for door in (relance.plugins, relance.plugins.testing):
        assert all(hasattr(door, name) for name in door.__all__)
        tree = ast.parse(inspect.getsource(door))
        imported = {a.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for a in node.names}
        assert imported == set(door.__all__)


def test_the_page_names_every_hook_with_its_arguments() -> None:
    hooks = {
        name: tuple(inspect.signature(hook).parameters)[1:]
        for name, hook in vars(Specs).items()
        if hasattr(hook, "relance_spec")
    }
    written = {
        name: tuple(filter(None, arguments.split(", ")))
        for name, arguments in re.findall(r"^## `(\w+)\((.*)\)`$", PAGE.read_text(), re.M)
    }
    assert written == hooks
    assert set(SHAPES) == set(hooks)


def test_the_page_names_what_each_object_must_have() -> None:
    sections = dict(re.findall(r"^## `(\w+)\(.*?\)`\n(.*?)(?=^## )", PAGE.read_text(), re.M | re.S))
    for hook, parts in SHAPES.items():
        missing = [part for part in parts if not re.search(rf"`{part}\b", sections[hook])]
        assert not missing, f"{hook}: {missing}"
