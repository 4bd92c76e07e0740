"""The wizard's columns: what the file holds, how it is read, and which column is what."""

from typing import Any

import msgspec
from litestar import Response
from litestar.di import NamedDependency

from relance.core.intake.fields import KINDS, kind_of
from relance.core.intake.runs import Choices, Run
from relance.core.intake.unknown_customers import OPTION as CREATE_CUSTOMERS
from relance.core.kernel.errors import BadInput
from relance.http.access import page
from relance.http.addresses import query
from relance.http.pages.import_forms import mode_of, plain_name
from relance.http.pages.import_looks import Pairs, shown
from relance.http.pages.import_profiles import belonging, of_kind, remembered
from relance.http.pages.import_reports import WORDS, must_type
from relance.http.templating import Show
from relance.usecases.intake.list_imports import ImportsQuestion, ListImports
from relance.usecases.intake.list_profiles import ListProfiles, ProfilesQuestion
from relance.usecases.intake.list_sources import ListSources
from relance.usecases.intake.look_at_file import FileLook, LookAtFile, LookWanted
from relance.usecases.tenancy.resume_session import SignedIn

_NONE = "-"
"""Asks for no profile, where one would be found."""


@page("/imports/columns", needs="import")
def columns(
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    look_at_file: NamedDependency[LookAtFile],
    list_profiles: NamedDependency[ListProfiles],
    list_sources: NamedDependency[ListSources],
    list_imports: NamedDependency[ListImports],
) -> Response[str]:
    """What is suggested is chosen already: as last time where a file like this came before."""
    asked = show.request.query_params
    reference, name = asked.get("ref", ""), plain_name(asked.get("name", ""))
    kind = kind_of(asked["kind"]) if asked.get("kind") else None
    try:
        look = look_at_file(LookWanted(actor=who.actor, reference=reference, file_name=name, kind=kind))
    except BadInput as unreadable:  # another file can be chosen right there
        lines = list_imports(ImportsQuestion(actor=who.actor))
        return show("imports/list.html", status=422, lines=lines, problem=unreadable.detail, pasted="", **WORDS)
    profiles, wanted = list_profiles(ProfilesQuestion(actor=who.actor)), asked.get("profile", "")
    known = None if wanted == _NONE else remembered(profiles, wanted, look.columns, kind)
    choices = Choices(
        archive_ref=reference,
        file_name=name,
        kind=known.kind if known else look.understanding.kind or KINDS[0],
        mode=mode_of(asked.get("mode", "")),
        source=asked.get("source", ""),
    )
    names = of_kind(profiles, choices.kind)
    if known is None:
        return columns_page(show, look, choices, profiles=names)
    profile, source = belonging(known, {state.plan.name for state in list_sources(who.actor)})
    again = msgspec.structs.replace(
        choices,
        mapping=known.mapping,
        options=known.options,
        profile=profile,
        source=choices.source or source,
    )
    pairs = [(column, field) for field, column in known.mapping.items()]
    return columns_page(show, looked(look_at_file, who, again), again, pairs, profiles=names, used=known.name)


def columns_page(
    show: Show,
    look: FileLook,
    choices: Choices,
    chosen: Pairs | None = None,
    *,
    done: Run | None = None,
    problem: str = "",
    profiles: list[str] | None = None,
    used: str = "",
) -> Response[str]:
    """The columns, and what a check has found; `used` names the profile that chose them."""
    report = done.report if done else None
    asked = report.questions if report else None
    values: dict[str, Any] = {
        "choices": choices,
        "look": shown(look, choices, chosen, asked, remembered=bool(used)),
        "report": report,
        "run": done,
        "problem": problem,
        "must": must_type(report) if report else 0,
        "profiles": profiles or [],
        "used": used,
    }
    return show("imports/columns.html", status=422 if problem else 200, **values, **WORDS)


def looked(look_at_file: LookAtFile, who: SignedIn, choices: Choices) -> FileLook:
    """The file as it speaks for itself; looked at again where the person has said otherwise."""
    wanted = LookWanted(actor=who.actor, reference=choices.archive_ref, file_name=choices.file_name, kind=choices.kind)
    look = look_at_file(wanted)
    said = {name: value for name, value in choices.options.items() if name != CREATE_CUSTOMERS}
    options = {name: value for name, value in said.items() if look.options.get(name) != value}
    mapping = {field: name for field, name in choices.mapping.items() if look.suggested.get(field) != name}
    if not options and not mapping:
        return look
    try:
        return look_at_file(msgspec.structs.replace(wanted, options=options, mapping=mapping))
    except BadInput:  # read otherwise, the file may have other columns: those are mapped anew
        return look_at_file(msgspec.structs.replace(wanted, options=options))


def afresh(who: SignedIn, choices: Choices, profile: str) -> str:
    """The address of the columns with another profile, or with none."""
    asked = {"ref": choices.archive_ref, "name": choices.file_name, "kind": choices.kind, "mode": choices.mode}
    return f"/t/{who.tenant.code}/imports/columns{query(**asked, profile=profile or _NONE)}"


HANDLERS: list[Any] = [columns]
