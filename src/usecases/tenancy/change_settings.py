"""Change the tenant's settings."""

import msgspec

from relance.core.collection.composing import mailbox_of
from relance.core.collection.windows import parse_windows
from relance.core.intake.type_table import parse_types
from relance.core.kernel.addresses import checked_mailbox
from relance.core.kernel.errors import BadInput, RelanceError
from relance.core.tenancy.languages import checked_language
from relance.core.tenancy.settings import checked
from relance.core.tenancy.tenants import Tenant, checked_name
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.standards import Standards
from relance.ports.store.collection import ScenarioChange
from relance.ports.work import Unit, Work
from relance.usecases.collection.following import follow
from relance.usecases.collection.replanning import Planner
from relance.usecases.tenancy.places import checked_country, checked_currency, checked_zone
from relance.usecases.tenancy.show_settings import OF_THE_TENANT, settings_shown


class SettingsChanged(RelanceError):
    """The settings are not those that the person looked at."""

    code = "settings-changed"
    status = 412


class NewSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Setting to value, as a person writes them; name, currency, country, language and timezone are settings too.

    `version`: change only what was shown with this version.
    """

    actor: Actor
    values: dict[str, str]
    version: str | None = None


class ChangeSettings:
    """The administrator decides how the tenant works; all values are good, or nothing changes."""

    def __init__(self, work: Work, clock: Clock, standards: Standards, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._standards = work, clock, standards
        self._calendars, self._key = calendars, key

    def __call__(self, request: NewSettings) -> tuple[str, ...]:
        """Keep the values and return the names of those that changed; raises BadInput, SettingsChanged, NotAllowed."""
        require_right(request.actor, "settings")
        by = request.actor.name
        with self._work(request.actor.tenant) as unit:
            if "scenario" in request.values:
                unit.day.lock()
            if request.version not in {None, settings_shown(unit).version}:
                raise SettingsChanged("the settings were changed meanwhile; read them again")
            changed = {
                **self._change_tenant(unit, request.values),
                **self._change_rest(unit, request.values, by),
            }
            for name, (before, after) in changed.items():
                unit.audit.record(by, "setting-changed", f"setting:{name}", {"before": before, "after": after})
            if "scenario" in changed:
                self._follow(unit, *changed["scenario"], by)
        return tuple(changed)

    def _follow(self, unit: Unit, before: str, after: str, by: str) -> None:
        """Accounts without a scenario of their own move with the default (B4)."""
        changes = [ScenarioChange(customer, before, after) for customer in unit.collection.by_default()]
        today = self._clock.today(unit.tenancy.tenant().timezone)
        follow(unit, changes, by, Planner(unit, today, self._calendars, self._key))

    def _change_tenant(self, unit: Unit, values: dict[str, str]) -> dict[str, tuple[str, str]]:
        before = msgspec.structs.asdict(unit.tenancy.tenant())
        after = before | {name: self._of_tenant(name, values[name]) for name in OF_THE_TENANT if name in values}
        changed = {name: (before[name], after[name]) for name in OF_THE_TENANT if after[name] != before[name]}
        if changed:
            unit.tenancy.save_tenant(Tenant(**after))
        if "name" in changed:
            _rename_first(unit, *changed["name"])
        return changed

    def _change_rest(self, unit: Unit, values: dict[str, str], by: str) -> dict[str, tuple[str, str]]:
        settings, changed = unit.tenancy.settings(), {}
        for name, text in values.items():
            if name in OF_THE_TENANT:
                continue
            value = checked(name, text)
            _check_reference(unit, name, value)
            if value == settings.text(name):
                continue
            changed[name] = (settings.text(name), value)
            unit.tenancy.save_setting(name, value, self._clock.now(), by)
        return changed

    def _of_tenant(self, name: str, value: str) -> str:
        value = value.strip()
        if name == "name":
            return checked_name(value)
        if name == "currency":
            return checked_currency(value, self._standards)
        if name == "country":
            return checked_country(value, self._standards)
        if name == "timezone":
            return checked_zone(value, self._standards)
        return checked_language(value)


def _rename_first(unit: Unit, before: str, after: str) -> None:
    """The first entity goes by the company's name until somebody gives it one of its own (A23)."""
    first = unit.entities.all()[0]
    if first.name == before:
        unit.entities.save(msgspec.structs.replace(first, name=after))


def _check_reference(unit: Unit, name: str, value: str) -> None:
    """What a setting names must exist, and what it describes must be readable."""
    if name == "collector" and value:
        user = unit.tenancy.user_by_email(value)
        if user is None:
            raise BadInput(f"collector: no user {value!r}; add this person first")
        if not user.active:
            raise BadInput(f"collector: {user.name} is inactive, and collects nothing")
    known = [scenario.code for scenario in unit.collection.scenarios()] if name == "scenario" else []
    if name == "scenario" and value and value not in known:
        raise BadInput(f"scenario: one of {', '.join(known)}, not {value!r}")
    if name == "item-types":
        parse_types(value)
    if name == "windows" or (name.startswith("windows-") and value):
        parse_windows(value)
    if name == "bounce-address" and value:
        checked_mailbox(value)
    if name == "sender" and value and mailbox_of(value) is None:
        raise BadInput(f"sender: {value!r} is no sender; write it like Acme Accounts <accounts@acme.example>")
