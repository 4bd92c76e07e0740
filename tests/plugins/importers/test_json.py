"""JSON as a table: which list, which columns, and what is torn."""

from pathlib import Path
from typing import Any

import pytest

from relance.core.kernel.errors import BadInput
from relance.plugins import TYPED
from relance.plugins.importers.json_records import JsonRecords
from relance.plugins.testing import importer_suite

TestJson = importer_suite(JsonRecords(), examples=Path(__file__).parent / "json_examples")


def rows(tmp_path: Path, text: str | bytes, **options: str) -> list[dict[str, Any]]:
    file = tmp_path / "x.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [row for table in JsonRecords().read(file, options) for row in table.columns.to_dicts()]


def test_what_lies_deeper_has_a_name_with_points_and_numbers_stay_as_written(tmp_path: Path) -> None:
    read = rows(tmp_path, '[{"a": {"b": 1.10, "c": null}, "d": true, "e": [1, "x"], "f": 12345678901234567890}]')
    expected = {"line": 1, "a.b": f"{TYPED}1.10", "a.c": "", "d": "true", "e": '[1, "x"]', "f": "12345678901234567890"}
    assert read == [expected]


def test_records_need_not_have_the_same_names(tmp_path: Path) -> None:
    assert rows(tmp_path, '{"a": "1"}\n\n{"b": "2"}\n') == [
        {"line": 1, "a": "1", "b": ""},
        {"line": 3, "a": "", "b": "2"},
    ]


def test_other_text_forms_of_unicode_are_read(tmp_path: Path) -> None:
    assert rows(tmp_path, '[{"a": "é"}]'.encode("utf-8-sig")) == [{"line": 1, "a": "é"}]
    assert rows(tmp_path, '[{"a": "é"}]'.encode("utf-16")) == [{"line": 1, "a": "é"}]


def test_a_list_is_joined_only_by_a_key_that_is_there_once(tmp_path: Path) -> None:
    text = '{"items": [{"cust_id": 1, "name": "own"}], "custs": [{"cust_id": 1, "name": "theirs", "city": "Lyon"}], \
"pays": [{"cust_id": 1, "p": 1}, {"cust_id": 1, "p": 2}]}'
    assert rows(tmp_path, text, list="items") == [
        {"line": 1, "cust_id": "1", "name": "own", "custs.name": "theirs", "city": "Lyon"}
    ]
    assert rows(tmp_path, text, list="items", join="none") == [{"line": 1, "cust_id": "1", "name": "own"}]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "[1, 2]", '{"a": [{"b": 1}', '{"a": 1}{', "[" * 50_000, '"x"', '[{"a": 1}, 2]', "[{}]"]
)
def test_what_is_no_list_of_records_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput):
        rows(tmp_path, text)
