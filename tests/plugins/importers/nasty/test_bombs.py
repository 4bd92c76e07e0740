"""Small files that would fill a reader's memory, or keep it busy for hours."""

import json
import re
import subprocess
import sys

import pytest

BECOMES = {
    "a line without an end": "more than 1000000 characters",
    "a cell of 200,000 characters": "line 3: a cell has 200000 characters; at most 100000",
    "a quoted cell of 200,000 characters": "line 3: a cell has 200000 characters; at most 100000",
    "ten million cells in a row": "more than 1000000 characters",
    "ten million columns": "columns; at most 300",
    "delimiters only": "no delimiter splits the lines",
    "blank lines only": "more than 20000000 lines",
    "quotes only": "more than 1000000 characters",
    "a quote opened in each row": "too many quotes are never closed; .* quote=none",
    "a quote closed too early in each row": "too many quotes are never closed; .* quote=none",
    "a quote opened once": "499999 rows, 1 rejected",
    "line breaks in every row": "300000 rows, 0 rejected",
    "each row too long": "0 rows, 200000 rejected",
    "five million rows and one": "more than 5000000 rows; cut it into several files",
    "NUL bytes at the end": "NUL bytes",
    "a workbook that unpacks to 300 MB": "hundreds of times its size",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What the process that read them all told of each."""
    command = [sys.executable, "-m", "tests.plugins.importers.nasty.bombs", str(tmp_path_factory.mktemp("bombs"))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("name", BECOMES)
def test_a_bomb_is_read_or_refused_in_words(told: dict[str, dict[str, object]], name: str) -> None:
    assert re.search(BECOMES[name], str(told[name]["became"]))


def test_no_bomb_takes_400_megabytes(told: dict[str, dict[str, object]]) -> None:
    assert max(int(str(line["memory"])) for line in told.values()) < 400
