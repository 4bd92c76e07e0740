"""What an import must know before it reads its file: who, how, from where, and whether it was read already."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from relance.core.intake.fields import Kind, Mode
from relance.core.intake.layouts import Change
from relance.core.intake.progress import Telling, untold
from relance.core.intake.reports import ImportReport, Reject
from relance.core.intake.type_table import type_options
from relance.core.intake.understanding import Understanding
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

_SAMPLE = 65_536
_WITH_SHORTCUT = ("items", "payments")


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
    ) -> None:
        self.request, self.tenant, self.settings = request, tenant, settings
        self.importer, self.recognised, self.plan = importer, recognised, plan
        self.started_at = started_at
        self.source = request.source or request.profile or request.kind
        self.options = dict(recognised.options) | dict(plan.options)
        self.fingerprint = _fingerprint(request, plan, importer.name, tenant.currency)
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
    given = (kept.options if kept else {}) | dict(request.options)
    recognised = recognised_by(importer, request.file, request.file_name, sample, given)
    kind = kind_told(request.kind, recognised)
    if kind != request.kind:
        request = msgspec.structs.replace(request, kind=kind, source=request.source or feed_source(kind))
    profile = _profile(unit, request)
    plan = Plan(
        kind=request.kind,
        mapping=recognised.mapping | (profile.mapping if profile else {}) | dict(request.mapping),
        options=_options(settings, profile, request),
        currency=tenant.currency,
        known=unit.intake.known_words(request.kind, request.entity),
        trusted=request.actor.role == "administrator",
    )
    ready = Prepared(request, tenant, settings, importer, recognised, plan, now)
    ready.profile = profile
    ready.profiles = tuple(one for one in unit.intake.profiles() if one.kind == request.kind)
    collector = unit.tenancy.user_by_email(settings.text("collector")) if settings.text("collector") else None
    ready.collector = collector.user if collector else None
    ready.last_report = _report_of_same_file(unit, ready)
    return ready


def _options(settings: Settings, profile: Profile | None, request: FileToImport) -> dict[str, str]:
    """The tenant's own table of types, then what the profile keeps, then what was said now."""
    types = type_options(settings.text("item-types")) if request.kind == "items" else {}
    return types | (profile.options if profile else {}) | dict(request.options)


def _profile(unit: Unit, request: FileToImport) -> Profile | None:
    profile = unit.intake.profile(request.profile) if request.profile else None
    if request.profile and profile is None and not request.mapping:
        raise BadInput(f"no profile {request.profile!r}; give --map field=column with it once, and it is kept")
    if profile and profile.kind != request.kind:
        raise BadInput(f"the profile {profile.name!r} is for {profile.kind}, not for {request.kind}")
    return profile


def _report_of_same_file(unit: Unit, ready: Prepared) -> ImportReport | None:
    source = unit.intake.source(ready.source)
    if ready.request.kind not in _WITH_SHORTCUT or source is None or source.last_import is None:
        return None
    if source.fingerprint != ready.fingerprint:
        return None
    rejected = tuple(msgspec.convert(row, Reject) for row in unit.intake.rejects(source.last_import))
    return msgspec.structs.replace(unit.intake.one(source.last_import).report, rejected=rejected)


def _fingerprint(request: FileToImport, plan: Plan, importer: str, currency: str) -> str:
    with request.file.open("rb") as opened:
        content = hashlib.file_digest(opened, "sha256").hexdigest()
    mapping, options = sorted(plan.mapping.items()), sorted(plan.options.items())
    how = [request.kind, request.mode, request.entity, importer, currency, mapping, options]
    return hashlib.sha256(content.encode() + msgspec.json.encode(how)).hexdigest()
