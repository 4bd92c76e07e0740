"""Verbs are synchronous but the dispatcher (decision 0002), and a verb's file, class and call agree (house.md)."""

import ast

from tests.house.tree import modules, named, parsed

ASYNCHRONOUS = {"Dispatch"}


def _verbs() -> list[tuple[str, ast.ClassDef, ast.FunctionDef | ast.AsyncFunctionDef]]:
    found = []
    for path in modules("usecases"):
        for node in parsed(path).body:
            if not isinstance(node, ast.ClassDef):
                continue
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) and part.name == "__call__":
                    found.append((named(path), node, part))
    return found


def test_verbs_are_synchronous() -> None:
    waiting = {node.name for _, node, call in _verbs() if isinstance(call, ast.AsyncFunctionDef)}
    assert waiting <= ASYNCHRONOUS


def test_a_verbs_file_is_named_like_its_class() -> None:
    wrong = []
    for path, node, _ in _verbs():
        words = "".join(part.capitalize() for part in path.rsplit("/", 1)[1].removesuffix(".py").split("_"))
        if words != node.name:
            wrong.append(f"{path}: {node.name}")
    assert not wrong
