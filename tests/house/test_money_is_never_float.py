"""I-12: amounts are integers or Decimal; a float in the core or in a verb is a bug waiting."""

import ast

from tests.house.tree import modules, named, parsed


def test_the_core_and_the_verbs_never_make_a_float() -> None:
    found = []
    for path in modules("core", "usecases"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
                found.append(f"{named(path)}:{node.lineno}")
            if isinstance(node, ast.Constant) and isinstance(node.value, float):
                found.append(f"{named(path)}:{node.lineno}")
    assert not found


def test_the_core_never_asks_for_the_time() -> None:
    asking = {"now", "today", "utcnow", "time", "monotonic"}
    found = []
    for path in modules("core"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in {"datetime", "date", "time"}:
                    found.append(f"{named(path)}:{node.lineno}")
    assert not found
