"""Set up a source, or change how it is fetched."""

import msgspec

from relance.core.intake.fields import kind_of
from relance.core.intake.schedule import checked_schedule, next_time
from relance.core.intake.sources import UPLOAD, SourcePlan, SourceState, checked_plan
from relance.core.kernel.errors import BadInput, Conflict
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.fetchers import Fetchers
from relance.ports.keyring import Keyring
from relance.ports.store.sources import Kept
from relance.ports.work import Unit, Work
from relance.usecases.intake.source_places import checked_settings, defaults_of, purpose_of


class SourceWanted(msgspec.Struct, frozen=True, kw_only=True):
    """How a source shall be. Without a secret the kept one stays, unless it would go to another host or user.

    `new`: refuse where a source of this name was set up before.
    """

    actor: Actor
    plan: SourcePlan
    secret: str | None = None
    new: bool = False


class SaveSource:
    """Keeps a source; its secret is sealed, and neither shown nor logged again."""

    def __init__(self, work: Work, clock: Clock, fetchers: Fetchers, keyring: Keyring) -> None:
        self._work, self._clock, self._fetchers, self._keyring = work, clock, fetchers, keyring

    def __call__(self, request: SourceWanted) -> SourceState:
        """The source as it is kept; raises BadInput, Conflict, NotAllowed."""
        require_right(request.actor, "import")
        plan = self._checked(request.plan)
        with self._work(request.actor.tenant) as unit:
            before = _before(unit, plan.name)
            if before is not None and request.new:
                raise Conflict(f"there is a source {plan.name!r} already")
            if plan.profile and unit.intake.profile(plan.profile) is None:
                raise BadInput(f"no profile {plan.profile!r}; import one file by hand and keep its mapping first")
            source = unit.intake.ensure_source(plan.name)
            kept = self._kept(request, plan, before, unit.sources.kept(source.source))
            zone, now = unit.tenancy.tenant().timezone, self._clock.now()
            unit.sources.save(
                source.source, plan, kept, next_time(plan.schedule, zone, now) if plan.scheduled else None
            )
            said = {"way": plan.way, "kind": plan.kind, "enabled": plan.enabled, "secret": request.secret is not None}
            unit.audit.record(request.actor.name, "source-saved", f"source:{plan.name}", said)
            return unit.sources.state(plan.name)

    def _checked(self, plan: SourcePlan) -> SourcePlan:
        kind_of(plan.kind)
        schedule = checked_schedule(plan.schedule.times, plan.schedule.weekdays)
        plan = checked_plan(msgspec.structs.replace(plan, schedule=schedule))
        if plan.way == UPLOAD:
            return msgspec.structs.replace(plan, settings={}, folder="", archive_folder="")
        fetcher = self._fetchers.named(plan.way)
        plan = msgspec.structs.replace(plan, settings=checked_settings(fetcher, plan.settings))
        if fetcher.folders:
            return plan
        return msgspec.structs.replace(plan, folder="", archive_folder="", pattern="*")

    def _kept(self, request: SourceWanted, plan: SourcePlan, before: SourcePlan | None, kept: Kept) -> Kept:
        elsewhere = before is not None and self._leads_elsewhere(before, plan)
        if elsewhere and kept.sealed_secret and request.secret is None:
            raise BadInput("the secret was kept for another host or user: enter it again")
        if request.secret is not None:
            sealed = self._sealed(request.actor.tenant, plan.name, request.secret)
            kept = msgspec.structs.replace(kept, sealed_secret=sealed)
        return msgspec.structs.replace(kept, trusted_key="", fingerprint="") if elsewhere else kept

    def _leads_elsewhere(self, before: SourcePlan, plan: SourcePlan) -> bool:
        if before.way != plan.way:
            return True
        if plan.way == UPLOAD:
            return False
        fetcher = self._fetchers.named(plan.way)
        old, new = defaults_of(fetcher) | before.settings, defaults_of(fetcher) | plan.settings
        return any(old[setting.name] != new[setting.name] for setting in fetcher.settings if setting.endpoint)

    def _sealed(self, tenant: TenantId, name: str, secret: str) -> str:
        return self._keyring.seal(purpose_of(tenant, name), secret) if secret else ""


def _before(unit: Unit, name: str) -> SourcePlan | None:
    known = {state.plan.name: state.plan for state in unit.sources.states() if state.set_up}
    return known.get(name)
