"""What an import must know before it reads its file: who, how, from where, and whether it was read already."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from relance.core.intake.fields import FEED, Kind, Mode
from relance.core.intake.layouts import Change
from relance.core.intake.progress import Telling, untold
from relance.core.intake.reports import ImportReport
from relance.core.intake.type_table import type_options
from relance.core.intake.understanding import Understanding
from relance.core.intake.unknown_customers import OPTION, leaves_out
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import ImportId
from relance.core.tenancy.settings import Settings
from relance.core.tenancy.tenants import Tenant
from relance.core.tenancy.users import Actor
from relance.ports.importers import Importer, Recognised
from relance.ports.intake import Importers, Plan
from relance.ports.store.intake import Profile
from relance.ports.work import Unit
from relance.usecases.intake.feeding import feed_source, kind_told
from relance.usecases.intake.recognising import recognised_by
from relance.usecases.intake.same_file import FilePrint, report_of_same_file

_SAMPLE = 65_536
_KNOWN = Recognised(confidence=100, why="the last file of this source was the same")


class FileToImport(msgspec.Struct, frozen=True, kw_only=True):
    """What to import and how. `mapping` is field to column; the source is the profile's name, else the kind's."""

    actor: Actor
    kind: Kind
    file: Path
    file_name: str
    mode: Mode = "stock"
    profile: str | None = None
    importer: str | None = None
    source: str | None = None
    entity: str | None = None
    mapping: Mapping[str, str] = {}
    options: Mapping[str, str] = {}
    dry_run: bool = False
    override_guard: bool = False
    override_reason: str = ""
    """Why a person insists; kept with the import and in the audit trail."""
    number: ImportId | None = None
    """Of an import whose row is in the history already, as running."""
    tell: Telling = untold


class Prepared:
    """One import, ready to read."""

    def __init__(
        self,
        request: FileToImport,
        tenant: Tenant,
        settings: Settings,
        importer: Importer,
        recognised: Recognised,
        plan: Plan,
        started_at: datetime,
        file: FilePrint,
    ) -> None:
        self.request, self.tenant, self.settings = request, tenant, settings
        self.importer, self.recognised, self.plan = importer, recognised, plan
        self.started_at = started_at
        self.source = _source_of(request)
        self.options = dict(recognised.options) | dict(plan.options)
        self.file = file
        self.understanding: Understanding | None = None
        self.profile: Profile | None = None
        self.profiles: tuple[Profile, ...] = ()
        self.change: Change | None = None
        self.columns: tuple[str, ...] = ()
        self.collector: int | None = None
        self.last_report: ImportReport | None = None

    def follow(self, understanding: Understanding, known: Mapping[str, Mapping[str, Any]]) -> None:
        """Read the file as it was understood; what a person said stands in it already."""
        self.understanding = understanding
        options = dict(understanding.options) | dict(self.plan.options)
        mapping = understanding.mapping or self.plan.mapping
        exact = bool(understanding.columns)
        self.plan = msgspec.structs.replace(self.plan, mapping=mapping, options=options, known=known, exact=exact)

    @property
    def identical(self) -> bool:
        """Whether the same file was this source's last import, and nothing else changed its items since (A21)."""
        return self.last_report is not None


def prepared(unit: Unit, request: FileToImport, importers: Importers, now: datetime) -> Prepared:
    """Gather what the import needs; raises BadInput for a profile, an entity or an importer that is not there."""
    tenant, settings = unit.tenancy.tenant(), unit.tenancy.settings()
    with request.file.open("rb") as opened:
        sample = opened.read(_SAMPLE)
    importer = importers.named(request.importer) if request.importer else importers.best_for(sample, request.file_name)
    kept = unit.intake.profile(request.profile) if request.profile else None
    look = partial(recognised_by, importer, request.file, request.file_name, sample, _given(request, kept))
    recognised = look() if request.kind == FEED else None
    request = _with_kind_told(request, recognised)
    profile = _checked(request, kept)
    mapping = (profile.mapping if profile else {}) | dict(request.mapping)
    options = _options(settings, profile, request)
    how = (
        request.kind,
        request.mode,
        request.entity,
        importer.name,
        tenant.currency,
        *map(_sorted, (mapping, options if leaves_out(options) else _without(options, OPTION))),
    )
    file = FilePrint(request.file, how)
    last = report_of_same_file(unit, request.kind, _source_of(request), file)
    recognised = recognised or (_KNOWN if last and not request.dry_run else look())
    plan = Plan(
        kind=request.kind,
        mapping=recognised.mapping | mapping,
        options=options,
        currency=tenant.currency,
        known=unit.intake.known_words(request.kind, request.entity),
        trusted=request.actor.role == "administrator",
    )
    ready = Prepared(request, tenant, settings, importer, recognised, plan, now, file)
    ready.profile, ready.last_report = profile, last
    ready.profiles = tuple(one for one in unit.intake.profiles() if one.kind == request.kind)
    collector = unit.tenancy.user_by_email(settings.text("collector")) if settings.text("collector") else None
    ready.collector = collector.user if collector else None
    return ready


def _options(settings: Settings, profile: Profile | None, request: FileToImport) -> dict[str, str]:
    """The tenant's own table of types, then what the profile keeps, then what was said now."""
    types = type_options(settings.text("item-types")) if request.kind == "items" else {}
    return types | (profile.options if profile else {}) | dict(request.options)


def _with_kind_told(request: FileToImport, recognised: Recognised | None) -> FileToImport:
    """The request for what a file of the feed holds, which has a source of its own."""
    if recognised is None:
        return request
    kind = kind_told(request.kind, recognised)
    return msgspec.structs.replace(request, kind=kind, source=request.source or feed_source(kind))


def _checked(request: FileToImport, profile: Profile | None) -> Profile | None:
    if request.profile and profile is None and not request.mapping:
        raise BadInput(f"no profile {request.profile!r}; give --map field=column with it once, and it is kept")
    if profile and profile.kind != request.kind:
        raise BadInput(f"the profile {profile.name!r} is for {profile.kind}, not for {request.kind}")
    return profile


def _given(request: FileToImport, profile: Profile | None) -> dict[str, str]:
    return (profile.options if profile else {}) | dict(request.options)


def _source_of(request: FileToImport) -> str:
    return request.source or request.profile or request.kind


def _without(options: Mapping[str, str], left_out: str) -> dict[str, str]:
    return {name: value for name, value in options.items() if name != left_out}


def _sorted(said: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(said.items())
