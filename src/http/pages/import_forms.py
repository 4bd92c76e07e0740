"""What the wizard's form says: the file, what was chosen for it, and the answers to what was asked."""

import msgspec

from relance.core.intake.fields import Mode, kind_of
from relance.core.intake.mapping import CONSTANT
from relance.core.intake.runs import Choices
from relance.core.intake.unknown_customers import OPTION as CREATE_CUSTOMERS
from relance.core.intake.unknown_customers import answer_of
from relance.core.kernel.errors import BadInput
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext
from relance.http.pages.import_questions import answered
from relance.http.pages.import_words import field_words

ENTITY = "entity"
"""The field of the legal entity; a file without a column for it is of the one that is chosen (A23)."""
_MOST_COLUMNS = 600


def plain_name(name: str) -> str:
    """The last part of a file's name, printable and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[:120] or "file.csv"


def choices_of(fields: Fields) -> Choices:
    """Everything that was chosen; raises BadInput where two columns fill one field."""
    mapping, options = answered([fields.raw(name) or "" for name in fields.names() if name.startswith("answer.")])
    return msgspec.structs.replace(
        as_sent(fields),
        mapping=_mapping(columns_of(fields)) | mapping,
        options=_options(fields) | options,
        dry_run=fields.text("deed") == "check",
        override_guard=fields.text("deed") == "override",
        override_reason=fields.text("override_reason")[:300],
    )


def as_sent(fields: Fields) -> Choices:
    """What was chosen beside the columns."""
    return Choices(
        archive_ref=fields.text("ref"),
        file_name=plain_name(fields.text("name")),
        kind=kind_of(fields.text("kind")),
        mode=mode_of(fields.text("mode")),
        source=fields.text("source"),
        profile=fields.text("profile"),
    )


def mode_of(text: str) -> Mode:
    """A full list unless the person says otherwise."""
    return "delta" if text == "delta" else "stock"


def columns_of(fields: Fields) -> list[tuple[str, str]]:
    """Each column of the file with the field that was chosen for it, empty where it is not imported."""
    pairs = []
    for place in range(_MOST_COLUMNS):
        column = fields.raw(f"head.{place}")
        if column is None:
            break
        pairs.append((column, fields.text(f"column.{place}")))
    entity = fields.text("entity")
    if entity and ENTITY not in {field for _, field in pairs}:
        pairs.append((f"{CONSTANT}{entity}", ENTITY))
    return pairs


def _options(fields: Fields) -> dict[str, str]:
    """What differs from what the file shows by itself, and how its cells are read."""
    names = [name.removeprefix("option.") for name in fields.names() if name.startswith("option.")]
    said = {name: value for name in names if (value := fields.raw(f"option.{name}"))}
    said = {name: value for name, value in said.items() if value != fields.raw(f"seen.{name}")}
    if fields.raw("keep_newcomers") and said.get(CREATE_CUSTOMERS):
        said[CREATE_CUSTOMERS] = answer_of(said[CREATE_CUSTOMERS] == "no", keeps=True)
    return said


def _mapping(pairs: list[tuple[str, str]]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for column, field in pairs:
        if field and field in mapping:
            raise BadInput(gettext("Two columns are chosen for %(field)s.") % {"field": field_words(field)})
        if field:
            mapping[field] = column
    return mapping
