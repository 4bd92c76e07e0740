"""The source tree as house tests read it."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"


def modules(*rooms: str) -> list[Path]:
    """All Python files of the rooms, or of the whole house."""
    roots = [SOURCE / room for room in rooms] or [SOURCE]
    return sorted(path for root in roots for path in root.rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """The path as people write it."""
    return path.relative_to(ROOT).as_posix()
