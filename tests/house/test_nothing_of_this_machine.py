"""The project speaks of itself alone: no path of one machine, no loose ends."""

import re
import subprocess

from tests.house.tree import ROOT

_PATHS = re.compile(r"(?<![\w.])/(?:work|root|farm)/[a-z.]")
_LOOSE = re.compile(r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError")


def _tracked(*suffixes: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return [name for name in listed if name.endswith(suffixes) and (ROOT / name).is_file()]


def test_no_path_of_one_machine_is_in_the_tree() -> None:
    found = [
        n for n in _tracked(".py", ".md", ".toml", ".html", ".js", ".css") if _PATHS.search((ROOT / n).read_text())
    ]
    assert not [name for name in found if name != "tests/house/test_nothing_of_this_machine.py"]


def test_no_loose_end_is_in_the_source() -> None:
    assert not [
        name for name in _tracked(".py") if name.startswith("src/") and _LOOSE.search((ROOT / name).read_text())
    ]
