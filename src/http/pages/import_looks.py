"""A file as the wizard shows it: how it was read, what its columns seem to be, and what only a person can say."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.fields import BUCKETS, FIELDS, Kind, mandatory_groups
from relance.core.intake.mapping import CONSTANT, Question
from relance.core.intake.runs import Choices
from relance.core.intake.understanding import ColumnGuess
from relance.core.intake.unknown_customers import Newcomers
from relance.http.i18n.speech import gettext, marked
from relance.http.pages import import_readings
from relance.http.pages.import_questions import Asked, asked
from relance.http.pages.import_readings import Reading
from relance.http.pages.import_why import SURE, column_words, refusal_words
from relance.usecases.intake.look_at_file import FileLook

_LIKELY = 60
_SORTS = {field.name: field.sort for fields in FIELDS.values() for field in fields}
_WHOSE = {False: marked("chosen by you"), True: marked("remembered from before")}
Pairs = Sequence[tuple[str, str]]
"""Columns of the file and the field that each goes to, empty where it is not imported."""


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """One column, or a value for every row where `constant`. `level` is `sure`, `likely` or `doubt`, or empty."""

    place: int
    name: str
    samples: tuple[str, ...] = ()
    field: str = ""
    constant: bool = False
    sure: int | None = None
    level: str = ""
    why: str = ""


class LookShown(msgspec.Struct, frozen=True, kw_only=True):
    """All that the columns page needs of the file. `hidden` are options without a control of their own, `seen` those
    that the file itself shows.
    """

    kind: Kind
    readings: tuple[Reading, ...]
    columns: tuple[ColumnShown, ...]
    asked: tuple[Asked, ...]
    missing: tuple[str, ...]
    mandatory: tuple[str, ...]
    fields: tuple[str, ...]
    refusal: str = ""
    hidden: Mapping[str, str] = {}
    seen: Mapping[str, str] = {}
    newcomers: Newcomers = Newcomers()


def shown(
    look: FileLook,
    choices: Choices,
    pairs: Pairs | None = None,
    questions: Sequence[Question] | None = None,
    *,
    remembered: bool = False,
) -> LookShown:
    """The file with what was understood of it.

    `pairs` is what has been said of the columns already, by the person or, where it is `remembered`, by a profile;
    `questions` are what a check still had to ask.
    """
    understanding = look.understanding
    if pairs is None or not any(column in look.columns for column, _ in pairs):
        pairs = [(guess.column, guess.field) for guess in understanding.columns]
    options = dict(understanding.options) | dict(choices.options)
    samples = dict(zip(look.columns, look.samples, strict=False))
    chosen = {field for _, field in pairs}
    groups = mandatory_groups(choices.kind)
    open_questions = understanding.questions if questions is None else questions
    return LookShown(
        kind=choices.kind,
        readings=import_readings.readings(understanding.guesses, options),
        columns=_columns(pairs, samples, understanding.columns, gettext(_WHOSE[remembered])),
        asked=tuple(asked(place, question, samples) for place, question in enumerate(open_questions)),
        missing=tuple(group[0] for group in groups if not set(group) & chosen),
        mandatory=tuple(name for group in groups for name in group),
        fields=tuple(field.name for field in FIELDS[choices.kind] if field.name not in BUCKETS),
        refusal=refusal_words(understanding.refusal, understanding.message),
        hidden=import_readings.hidden(options),
        seen=import_readings.seen(understanding.guesses),
        newcomers=Newcomers.of(options),
    )


def _columns(
    pairs: Pairs, samples: Mapping[str, Sequence[str]], guesses: Sequence[ColumnGuess], said: str
) -> tuple[ColumnShown, ...]:
    """Every column of the file, one that fills two fields twice; then the values for every row."""
    by_field = {(guess.column, guess.field): guess for guess in guesses if guess.code != "given"}
    lines: list[tuple[str, str]] = []
    for name in samples:
        fields = [field for column, field in pairs if column == name and field]
        lines += [(name, field) for field in fields or [""]]
    lines += [(column, field) for column, field in pairs if column not in samples and column.startswith(CONSTANT)]
    return tuple(
        _column(place, name, field, tuple(samples.get(name, ()))[:3], by_field.get((name, field)), said)
        for place, (name, field) in enumerate(lines)
    )


def _column(
    place: int, name: str, field: str, samples: tuple[str, ...], guess: ColumnGuess | None, said: str
) -> ColumnShown:
    constant = name.startswith(CONSTANT) and not samples
    plain = ColumnShown(place=place, name=name, samples=samples, field=field, constant=constant)
    if guess is None:
        return msgspec.structs.replace(plain, why=said if field else "")
    level = "sure" if guess.confidence >= SURE else "likely" if guess.confidence >= _LIKELY else "doubt"
    why = column_words(guess, _SORTS.get(field, "text"))
    return msgspec.structs.replace(plain, sure=guess.confidence, level=level, why=why)
