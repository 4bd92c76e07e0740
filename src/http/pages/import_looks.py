"""A file as the wizard shows it: how it was read, what its columns seem to be, and what only a person can say."""

from collections.abc import Mapping, Sequence

import msgspec

from relance.core.intake.fields import FIELDS, Kind, mandatory_groups
from relance.core.intake.mapping import Question
from relance.core.intake.runs import Choices
from relance.core.intake.understanding import ColumnGuess
from relance.http.i18n.speech import gettext
from relance.http.pages import import_readings
from relance.http.pages.import_readings import Reading
from relance.http.pages.import_words import field_words, why_words
from relance.usecases.intake.look_at_file import FileLook

_CERTAIN, _LIKELY = 90, 70


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """One column of the file. `sure` is None where nothing is guessed; `level` is `sure`, `likely`, `doubt` or ``."""

    place: int
    name: str
    samples: tuple[str, ...]
    field: str
    sure: int | None = None
    level: str = ""
    why: str = ""


class Choice(msgspec.Struct, frozen=True):
    """One answer, and what it means for a value of this file."""

    value: str
    label: str
    example: str = ""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question, plainly; `field` is set where the answer is a column."""

    place: int
    code: str
    title: str
    why: str
    field: str = ""
    choices: tuple[Choice, ...] = ()


class LookShown(msgspec.Struct, frozen=True, kw_only=True):
    """All that the columns page needs of the file."""

    kind: Kind
    readings: tuple[Reading, ...]
    columns: tuple[ColumnShown, ...]
    asked: tuple[Asked, ...]
    missing: tuple[str, ...]
    mandatory: tuple[str, ...]
    fields: tuple[str, ...]
    refusal: str = ""
    message: str = ""
    hidden: Mapping[str, str] = {}
    """Options that are kept as they are and have no control of their own."""


def shown(
    look: FileLook,
    choices: Choices,
    *,
    chosen: Mapping[str, str] | None = None,
    asked: Sequence[Question] | None = None,
) -> LookShown:
    """The file with what was understood of it.

    `chosen` (column to field) is what the person has said already, `asked` what a check still had to ask.
    """
    understanding = look.understanding
    fields = {guess.column: guess for guess in understanding.columns}
    mapping = dict(chosen) if chosen is not None else {column: guess.field for column, guess in fields.items()}
    options = dict(understanding.options) | dict(choices.options)
    questions = understanding.questions if asked is None else asked
    samples = dict(zip(look.columns, look.samples, strict=False))
    groups = mandatory_groups(choices.kind)
    return LookShown(
        kind=choices.kind,
        readings=import_readings.readings(understanding.guesses, options),
        columns=tuple(
            _column(place, name, samples.get(name, ()), mapping.get(name, ""), fields.get(name))
            for place, name in enumerate(look.columns)
        ),
        asked=tuple(_asked(place, question, samples) for place, question in enumerate(questions)),
        missing=tuple(group[0] for group in groups if not set(group) & set(mapping.values())),
        mandatory=tuple(name for group in groups for name in group),
        fields=tuple(field.name for field in FIELDS[choices.kind]),
        refusal=understanding.refusal,
        message=understanding.message,
        hidden=import_readings.hidden(options),
    )


def _column(place: int, name: str, samples: tuple[str, ...], field: str, guess: ColumnGuess | None) -> ColumnShown:
    plain = ColumnShown(place=place, name=name, samples=samples[:3], field=field)
    if guess is None or guess.field != field:
        why = gettext("chosen by you") if field else ""
        return msgspec.structs.replace(plain, why=why)
    level = "sure" if guess.confidence >= _CERTAIN else "likely" if guess.confidence >= _LIKELY else "doubt"
    why = why_words(guess.code, guess.why)
    if guess.others and level != "sure":
        others = ", ".join(guess.others[:2])
        why = gettext("check: or “%(others)s”?") % {"others": others}
    return msgspec.structs.replace(plain, sure=guess.confidence, level=level, why=why)


def _asked(place: int, question: Question, samples: Mapping[str, tuple[str, ...]]) -> Asked:
    if question.code == "missing-field":
        return Asked(
            place=place,
            code=question.code,
            field=question.column,
            title=gettext("Which column holds “%(field)s”?") % {"field": field_words(question.column)},
            why=gettext("It is needed, and no column of the file says it clearly."),
            choices=tuple(Choice(name, name, ", ".join(samples.get(name, ())[:2])) for name in question.choices),
        )
    values = samples.get(question.column, ())
    return Asked(
        place=place,
        code=question.code,
        title=import_readings.title_of(question),
        why=import_readings.why_asked(question),
        choices=tuple(
            Choice(choice, import_readings.choice_words(choice), import_readings.example_of(choice, values))
            for choice in question.choices
        ),
    )
