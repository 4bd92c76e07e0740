"""Found a tenant with everything that a first day needs."""

import msgspec

from relance.core.customers.saved_searches import SavedSearch
from relance.core.kernel.addresses import checked_mailbox
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId, UserId
from relance.core.tenancy.languages import checked_language
from relance.core.tenancy.tenants import Tenant, checked_code, checked_name
from relance.core.tenancy.users import User
from relance.ports.clock import Clock
from relance.ports.standards import Standards
from relance.ports.store.tenancy import TenancyStore
from relance.ports.supplied import Supplied
from relance.ports.work import Unit, Work
from relance.usecases.tenancy.places import checked_country, checked_currency, checked_zone

_AUTHOR = "system"


class NewTenant(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator says. `collector`: an address that becomes a user and the default collector."""

    code: str
    name: str
    currency: str
    country: str
    language: str
    timezone: str
    collector: str | None = None
    scenario: str = "standard"


class FoundTenant:
    """A company starts to use this installation: its entity, supplied scenarios and templates, a default collector."""

    def __init__(self, work: Work, clock: Clock, standards: Standards, supplied: Supplied) -> None:
        self._work, self._clock, self._standards, self._supplied = work, clock, standards, supplied

    def __call__(self, request: NewTenant) -> Tenant:
        """Keep the tenant; raises BadInput, and Conflict when the code is taken."""
        draft = self._checked(request)
        with self._work.founding(draft, f"{draft.country}01") as unit:
            self._supply(unit)
            self._choose(unit.tenancy, "scenario", request.scenario)
            if request.collector:
                self._add_collector(unit.tenancy, request.collector)
            unit.audit.record(_AUTHOR, "tenant-founded", f"tenant:{draft.code}", {"country": draft.country})
            return unit.tenancy.tenant()

    def _checked(self, request: NewTenant) -> Tenant:
        if request.collector:
            checked_mailbox(request.collector)
        known = [scenario.code for scenario in self._supplied.scenarios()]
        if request.scenario not in known:
            raise BadInput(f"scenario: one of {', '.join(known)}, not {request.scenario!r}")
        zone = checked_zone(request.timezone, self._standards)
        return Tenant(
            tenant=TenantId(0),
            code=checked_code(request.code),
            name=checked_name(request.name),
            currency=checked_currency(request.currency, self._standards),
            country=checked_country(request.country, self._standards),
            language=checked_language(request.language),
            timezone=zone,
            created_on=self._clock.today(zone),
        )

    def _supply(self, unit: Unit) -> None:
        for scenario in self._supplied.scenarios():
            unit.collection.save_scenario(scenario)
        unit.templates.supply(self._supplied.templates())
        for alert in self._supplied.alerts(unit.tenancy.tenant().language):
            unit.saved_searches.save(
                SavedSearch(
                    number=unit.tenancy.next_numbers("searches", 1),
                    name=alert.name,
                    target="customers",
                    search=alert.search,
                    shared=True,
                    alert=alert.colour,
                    sign=alert.sign,
                )
            )

    def _add_collector(self, tenancy: TenancyStore, address: str) -> None:
        """The operator vouches for the address, so it may be a sender at once (A15)."""
        email = checked_mailbox(address).lower()
        number = UserId(tenancy.next_numbers("users", 1))
        name = email.partition("@")[0].replace(".", " ").replace("_", " ").title()
        collector = User(user=number, email=email, name=name, role="collector", address_confirmed=True)
        tenancy.add_user(collector, None)
        self._choose(tenancy, "collector", email)

    def _choose(self, tenancy: TenancyStore, name: str, value: str) -> None:
        tenancy.save_setting(name, value, self._clock.now(), _AUTHOR)
