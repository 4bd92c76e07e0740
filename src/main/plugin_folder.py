"""A plugin for one ERP's file, written from an example: a module, its packaging, the example and a line of test."""

import json
import re
import shutil
from pathlib import Path

import msgspec

from relance.core.intake.cells import ISO
from relance.core.intake.fields import FIELDS
from relance.core.intake.mapping import CONSTANT
from relance.core.intake.understand import Said, understood
from relance.core.intake.understanding import Understanding
from relance.core.kernel.errors import BadInput
from relance.ports.importers import Importer
from relance.ports.intake import TableReader

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SAMPLE = 65_536
_UTF_8 = ("", "ascii", "utf-8")
_SORTS = {field.name: field for field in FIELDS["items"]}


class NewFolder(msgspec.Struct, frozen=True, kw_only=True):
    """What to write: the plugin's name, the example, what a person says of it, and where."""

    name: str
    example: Path
    mapping: dict[str, str] = {}
    options: dict[str, str] = {}
    into: Path


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """The folder, and which column fills which field."""

    folder: str
    files: tuple[str, ...]
    mapping: dict[str, str]


def write_folder(wanted: NewFolder, text: Importer, reader: TableReader) -> Written:
    """Raises BadInput where the folder is there already, or where the example leaves something open."""
    if not _NAME.fullmatch(wanted.name):
        raise BadInput(f"{wanted.name!r}: small letters, digits and dashes, beginning with a letter")
    if not wanted.example.is_file():
        raise BadInput(f"there is no file {wanted.example.name!r}")
    folder = wanted.into / f"relance-{wanted.name}"
    if folder.exists():
        raise BadInput(f"{folder} is there already")
    found, options = _understood(wanted, text, reader)
    module = f"relance_{wanted.name.replace('-', '_')}"
    texts = {
        f"{module}.py": _module(wanted.name, found, options),
        f"test_{wanted.name.replace('-', '_')}.py": _test(wanted.name, module),
        "pyproject.toml": _packaging(wanted.name, module),
        "README.md": _readme(wanted.name, module),
    }
    (folder / "examples").mkdir(parents=True)
    for name, content in texts.items():
        (folder / name).write_text(content, encoding="utf-8")
    shutil.copyfile(wanted.example, folder / "examples" / wanted.example.name)
    files = (*sorted(texts), f"examples/{wanted.example.name}")
    return Written(folder=str(folder), files=files, mapping=found.mapping)


def _understood(wanted: NewFolder, text: Importer, reader: TableReader) -> tuple[Understanding, dict[str, str]]:
    """The example as items, with nothing left open, and how its text is written."""
    with wanted.example.open("rb") as opened:
        seen = text.recognises(opened.read(_SAMPLE), wanted.example.name)
    if not seen.confidence or seen.refusal:
        raise BadInput(f"{wanted.example.name} is no delimited text: {seen.message or seen.why}")
    options = {**seen.options, **wanted.options}
    table = next(text.read(wanted.example, options), None)
    if table is None:
        raise BadInput(f"{wanted.example.name} has no rows")
    said = Said(mapping=wanted.mapping, options=wanted.options)
    found = understood("items", reader.look(table), said)
    if found.refusal:
        raise BadInput(f"{wanted.example.name}: {found.message}")
    if found.questions:
        raise BadInput("; ".join(question.message for question in found.questions))
    return found, options | found.options


def _module(name: str, found: Understanding, options: dict[str, str]) -> str:
    sorts = {_kind_of(field) for field in found.mapping} | {"Text"}
    imports = ", ".join([*sorted({"Importer", "TabularImporter", *sorts}), "hookimpl"])
    encoding = options.get("encoding", "")
    layout = {
        "encoding": "utf-8-sig" if encoding in _UTF_8 else encoding,
        "delimiter": options.get("delimiter", ";"),
    }
    lines = [f"    {word} = {_text(value)}" for word, value in layout.items()]
    lines += ['    quote = "\'"'] if options.get("quote") == "'" else []
    line = int(options.get("header-line", "1"))
    lines += [f"    header_line = {line}"] if line > 1 else []
    lines += ["", *(f"    {field} = {_column(field, name, options)}" for field, name in found.mapping.items())]
    body = "\n".join(lines)
    return f'''"""Reads the open items that {name} exports."""

from relance.plugins import {imports}

api = 1


class {_class(name)}(TabularImporter):
    """One fixed layout; an attribute is a field, its value says which column fills it and how it is written."""

    name, label = {_text(name)}, {_text(f"{name} - open items")}
{body}


@hookimpl
def provide_importers() -> list[Importer]:
    """One importer."""
    return [{_class(name)}()]
'''


def _kind_of(field: str) -> str:
    sort = _SORTS[field].sort if field in _SORTS else "text"
    return {"day": "Day", "amount": "Amount"}.get(sort, "Text")


def _column(field: str, column: str, options: dict[str, str]) -> str:
    """A column as an attribute's value; what is optional may be missing from the file."""
    if column.startswith(CONSTANT):
        return f"Text({_text(field)}, default={_text(column.removeprefix(CONSTANT))})"
    kind, more = _kind_of(field), ""
    if kind == "Day":
        pattern = options.get("date", ISO).split("|")[0]
        more = f", {_text('%Y-%m-%d' if pattern == ISO else pattern)}"
    if kind == "Amount":
        more = f", decimal={_text(options.get('decimal', '.'))}"
    mandatory = field in _SORTS and (_SORTS[field].mandatory or kind != "Text")
    return f"{kind}({_text(column)}{more})" if mandatory else f'{kind}({_text(column)}{more}, default="")'


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _test(name: str, module: str) -> str:
    return f'''"""The published suite is the whole test."""

from pathlib import Path

from {module} import {_class(name)}

from relance.plugins.testing import importer_suite

Test{_class(name)} = importer_suite({_class(name)}(), examples=Path(__file__).parent / "examples")
'''


def _packaging(name: str, module: str) -> str:
    return f"""[build-system]
requires = ["setuptools>=80.9"]
build-backend = "setuptools.build_meta"

[project]
name = "relance-{name}"
version = "1.0.0"
description = "Open items of {name} for Relance."
requires-python = ">=3.11"
dependencies = ["relance>=0.1"]

[project.entry-points."relance.plugins"]
{name} = "{module}"

[tool.setuptools]
py-modules = ["{module}"]
"""


def _readme(name: str, module: str) -> str:
    return f"""# relance-{name}

1. Look through the columns of `{module}.py`, and take the real names out of the file in `examples/`.
2. `pytest --write-golden` writes what the importer reads beside the example. Read that file before you keep it; from
   then on `pytest` compares.
3. `pip install .` where Relance runs, and allow it in `plugins.toml`:

   ```toml
   [plugins.{name}]
   distribution = "relance-{name}"
   version = "1.0.0"
   ```

4. `relance plugins check {name}`, then `relance import items FILE --tenant CODE --importer {name}`.
"""
