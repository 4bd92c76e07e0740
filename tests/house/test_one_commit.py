"""The edge of a verb commits, once: nothing below it does, and a verb never calls a verb (decision 0004)."""

import ast

from tests.house.tree import modules, named, parsed


def test_nothing_but_the_unit_of_work_commits() -> None:
    found = []
    for path in modules("usecases", "adapters", "http"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
                found.append(f"{named(path)}:{node.lineno}")
    assert not found


def test_a_verb_never_calls_a_verb() -> None:
    found = []
    for path in modules("usecases"):
        verbs = {node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)}
        for node in ast.walk(parsed(path)):
            if not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("relance.usecases")):
                continue
            for alias in node.names:
                if _is_verb(node.module or "", alias.name) and alias.name not in verbs:
                    found.append(f"{named(path)}: {alias.name}")
    assert not found


def _is_verb(module: str, name: str) -> bool:
    import importlib

    thing = getattr(importlib.import_module(module), name, None)
    return isinstance(thing, type) and "__call__" in vars(thing)
