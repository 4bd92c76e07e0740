"""What is ugly in a code base is its tail: long files, long functions (house.md, Size)."""

import ast

from tests.house.tree import modules, named, parsed

LONGEST_FILE = 400
LONGEST_FUNCTION = 45


def test_no_file_is_too_long() -> None:
    long = {named(path): n for path in modules() if (n := len(path.read_text().splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_is_too_long() -> None:
    long = {}
    for path in modules():
        if "migrations/versions" in named(path):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{named(path)}:{node.name}"] = length
    assert not long
