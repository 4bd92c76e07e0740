"""The explicit package list is the one weak point of mapping src to relance, so it is guarded."""

import tomllib

from tests.house.tree import ROOT, SOURCE


def test_every_package_is_listed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    there = sorted(
        ".".join(["relance", *init.parent.relative_to(SOURCE).parts]) for init in SOURCE.rglob("__init__.py")
    )
    assert sorted(listed) == there


def test_every_folder_with_code_is_a_package() -> None:
    bare = {path.parent for path in SOURCE.rglob("*.py") if not (path.parent / "__init__.py").exists()}
    assert not bare
