"""Every behaviour of colleagues, collectors and groups has a test that names it."""

import re

from tests.house.tree import ROOT

SECTIONS = {"S0": 22, "S2": 16, "S4": 15}
"""How many behaviours each section has."""


def _named() -> set[str]:
    """Identifiers in names of tests (`test_s0_7_...`), in docstrings and comments (`S0.7`, `S0.13 to S0.17`)."""
    found: set[str] = set()
    house = ROOT / "tests/house"
    for path in (path for path in (ROOT / "tests").rglob("test_*.py") if house not in path.parents):
        text = path.read_text(encoding="utf-8")
        found |= {f"S{section}.{number}" for section, number in re.findall(r"(?<=_)s(\d)_(\d+)(?=_)", text)}
        found |= {f"S{section}.{number}" for section, number in re.findall(r"\bS(\d)\.(\d+)\b", text)}
        for section, first, last in re.findall(r"\bS(\d)\.(\d+) to S\1\.(\d+)\b", text):
            found |= {f"S{section}.{number}" for number in range(int(first), int(last) + 1)}
    return found


def test_every_behaviour_of_colleagues_collectors_and_groups_is_named_by_a_test() -> None:
    wanted = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert wanted - _named() == set()
