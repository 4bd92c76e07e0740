"""Which profile a file follows, what its layout has become since, and what is kept for the next file."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from relance.core.intake.cell_guesses import MOST_WORDS, ask_type
from relance.core.intake.controls import CONTROLS
from relance.core.intake.layouts import (
    Change,
    change_of,
    layout_of,
    notes_about,
    of_changes,
    questions_about,
    words_about,
)
from relance.core.intake.mapping import CONSTANT, Question
from relance.core.intake.reports import ImportReport
from relance.core.intake.type_table import type_options
from relance.core.intake.understanding import ColumnGuess, Understanding
from relance.core.intake.unknown_customers import of_one_file, to_keep
from relance.ports.intake import Checked
from relance.ports.store.intake import Profile
from relance.usecases.intake.preparing import FileToImport, Prepared


def settled(ready: Prepared, columns: tuple[str, ...]) -> Understanding | None:
    """What a profile says of a file with these columns; None where the file must speak for itself."""
    ready.columns = columns
    profile = profile_for(ready, columns)
    if profile is None or (_tells_itself(ready) and ready.profile is None):
        return None
    request, plan = ready.request, ready.plan
    options = dict(plan.options) | profile.options | dict(request.options)
    if request.mapping:
        mapping = ready.recognised.mapping | still_there(profile, columns) | dict(request.mapping)
        ready.plan = msgspec.structs.replace(plan, mapping=mapping, options=options)
        return None
    found, ready.change = follows(ready, profile, columns)
    mapping = {field: name for field, name in profile.mapping.items() if field not in ready.change.left_out}
    ready.plan = msgspec.structs.replace(plan, mapping=mapping, options=options)
    return found


def _tells_itself(ready: Prepared) -> bool:
    """Whether the columns' own names leave no doubt, so that nothing needs to be kept of how they were understood."""
    return ready.recognised.fields or bool(ready.recognised.mapping)


def profile_for(ready: Prepared, columns: Sequence[str]) -> Profile | None:
    """The profile that was named, the source's own, or one that knows exactly this layout."""
    request = ready.request
    if ready.profile is not None:
        return ready.profile
    own = [one for one in ready.profiles if request.source and one.name == kept_name(request)]
    layout = layout_of(columns)
    alike = [one for one in ready.profiles if one.layout == layout and one.importer == ready.importer.name]
    return next(iter([*own, *alike]), None)


def kept_name(request: FileToImport) -> str:
    """The name under which the next file of this source finds what was understood of this one."""
    if request.profile:
        return request.profile
    source = request.source or request.kind
    return source if source == request.kind else f"{source}-{request.kind}"


def follows(ready: Prepared, profile: Profile, columns: Sequence[str]) -> tuple[Understanding, Change]:
    """The file as the profile says it is; questions where columns that it needs are gone."""
    change = change_of(profile.kind, profile.mapping, profile.columns or columns, columns)
    if ready.request.mode == "delta":
        change = of_changes(change, profile.kind, profile.mapping)
    if change.stops:
        asked = questions_about(change, profile.mapping, columns)
        return Understanding(kind=profile.kind, questions=asked, message=words_about(change)), change
    why = f"the profile {profile.name!r} says so"
    guesses = tuple(
        ColumnGuess(field=field, column=name, confidence=100, code="profile", why=why)
        for field, name in profile.mapping.items()
        if field not in change.left_out
    )
    return Understanding(kind=profile.kind, columns=guesses), change


def unknown_types(ready: Prepared, checked: Checked) -> tuple[Question, ...]:
    """Words for types that came since the profile was made: a person is asked, as for the first file of its source."""
    if ready.change is None:
        return ()
    rows = [row for row in checked.rejected if row.code == "unknown-type"]
    words = dict.fromkeys((row.column, row.value) for row in rows)
    return tuple(ask_type(column, word) for column, word in list(words)[:MOST_WORDS])


def still_there(profile: Profile, columns: Sequence[str]) -> dict[str, str]:
    """What of a profile's mapping still fits a file that a person maps anew."""
    return {field: name for field, name in profile.mapping.items() if name in columns or name.startswith(CONSTANT)}


def layout_report(report: ImportReport, change: Change) -> ImportReport:
    """The report of an import, with what has become of the layout."""
    notes = (*report.notes, *notes_about(change))
    if not change.stops:
        return msgspec.structs.replace(report, notes=notes)
    return msgspec.structs.replace(report, notes=notes, reason="layout-changed", message=words_about(change))


def profile_to_save(ready: Prepared, mapping: dict[str, str], at: datetime) -> Profile | None:
    """What is kept of a good import: always under a profile's or a source's name, else only what a person answered."""
    request = ready.request
    by_person = bool(request.mapping) or any(_lasts(*said) for said in request.options.items())
    if not (request.profile or ((request.source or by_person) and not _tells_itself(ready))) or not ready.columns:
        return None
    if not (request.profile or request.source) and mapping.get("customer_code", "").startswith(CONSTANT):
        return None  # whose items these are was said of this file, and not of every file that looks like it
    if ready.change is not None and ready.change.left_out:
        return None  # the next file may have all columns again
    return Profile(
        name=kept_name(request),
        kind=request.kind,
        mapping=mapping,
        options=_options_to_keep(ready),
        importer=ready.importer.name,
        columns=tuple(ready.columns),
        layout=layout_of(ready.columns),
        author=request.actor.name,
        saved_at=at,
    )


def _options_to_keep(ready: Prepared) -> dict[str, str]:
    """How the file was read, without announced figures and without the tenant's own table of types.

    What the table says is asked anew each time, or correcting it would not reach the sources that follow a profile.
    """
    table = type_options(ready.settings.text("item-types"))
    read = {
        name: value
        for name, value in ready.plan.options.items()
        if name not in CONTROLS and (name in ready.request.options or table.get(name) != value)
    }
    profile = profile_for(ready, ready.columns)
    return to_keep(read, ready.request.options, profile.options if profile else {})


def _lasts(name: str, value: str) -> bool:
    """Whether an option is an answer that the next file needs too."""
    return name not in CONTROLS and not of_one_file(name, value)
