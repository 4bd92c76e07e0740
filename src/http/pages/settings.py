"""The tenant's settings, section by section, and the audit trail."""

from typing import Any

from litestar import Response
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath

from relance.core.kernel.errors import BadInput, NotFound
from relance.core.tenancy.languages import MESSAGE_LANGUAGES
from relance.core.tenancy.settings import SETTINGS
from relance.core.tenancy.users import Actor
from relance.http.access import deed, page
from relance.http.addresses import query
from relance.http.dependencies import Fields
from relance.http.i18n.speech import spoken
from relance.http.pages.choices import number_or_none
from relance.http.pages.scenario_words import named
from relance.http.pages.setting_fields import CHOICES, DAYS, SECTIONS, countries, slots_of, typed, weekdays, zones
from relance.http.templating import Show
from relance.usecases.scenarios.list_scenarios import ListScenarios
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings
from relance.usecases.tenancy.list_users import ListUsers
from relance.usecases.tenancy.read_audit import AuditWanted, ReadAudit
from relance.usecases.tenancy.resume_session import SignedIn
from relance.usecases.tenancy.show_settings import ShowSettings

_AUDIT_PAGE = 100


class SettingsDesk:
    """What a settings page shows beside its form: the values, the choices, and who changed something last."""

    def __init__(
        self, settings: ShowSettings, users: ListUsers, scenarios: ListScenarios, audit: ReadAudit, actor: Actor
    ) -> None:
        self._settings, self._users, self._scenarios = settings, users, scenarios
        self._audit, self._actor = audit, actor

    def values(self, section: str, kept: dict[str, str] | None = None) -> dict[str, Any]:
        """Everything the template needs; `kept` is what was typed and refused."""
        values = self._settings(self._actor).values | (kept or {})
        subjects = tuple(f"setting:{line.name}" for line in SECTIONS[section][1])
        latest = self._audit(AuditWanted(actor=self._actor, subjects=subjects))
        names = {line.code: named(line.live) for line in self._scenarios(self._actor) if line.live}
        return {
            "section": section,
            "sections": SECTIONS,
            "known": SETTINGS,
            "values": values,
            "slots": slots_of(values["windows"]),
            "week": DAYS,
            "weekdays": weekdays(spoken()),
            "users": self._users(self._actor),
            "scenarios": names,
            "countries": countries(spoken()),
            "zones": zones(),
            "languages": MESSAGE_LANGUAGES,
            "choices": CHOICES,
            "last": latest[0] if latest else None,
        }


def desk(
    who: NamedDependency[SignedIn],
    show_settings: NamedDependency[ShowSettings],
    list_users: NamedDependency[ListUsers],
    list_scenarios: NamedDependency[ListScenarios],
    read_audit: NamedDependency[ReadAudit],
) -> SettingsDesk:
    """Lends the verbs that a settings page reads with."""
    return SettingsDesk(show_settings, list_users, list_scenarios, read_audit, who.actor)


_DESK = {"desk": Provide(desk, sync_to_thread=False)}


@page("/settings", needs="settings")
def settings(who: NamedDependency[SignedIn], show: NamedDependency[Show]) -> Response[str]:
    """To the first section."""
    return show.go(f"/t/{who.tenant.code}/settings/company")


@page("/settings/{section:str}", needs="settings", dependencies=_DESK)
def section_page(
    section: FromPath[str], show: NamedDependency[Show], desk: NamedDependency[SettingsDesk]
) -> Response[str]:
    """One section's form."""
    return show("settings/section.html", problem="", **desk.values(_checked(section)))


@deed("/settings/{section:str}", needs="settings", dependencies=_DESK)
def save_section(
    section: FromPath[str],
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    desk: NamedDependency[SettingsDesk],
    change_settings: NamedDependency[ChangeSettings],
) -> Response[str]:
    """Keep the section, or show it again with what is wrong."""
    named, kept = _checked(section), dict[str, str]()
    try:
        kept = typed(named, fields)
        change_settings(NewSettings(actor=who.actor, values=kept))
    except BadInput as refused:  # the form keeps what was typed
        return show("settings/section.html", status=422, problem=refused.detail, **desk.values(named, kept))
    return show.go(f"/t/{who.tenant.code}/settings/{named}?done=saved")


@page("/settings/audit", needs="settings")
def audit(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], read_audit: NamedDependency[ReadAudit]
) -> Response[str]:
    """Who did what, the latest first."""
    asked = show.request.query_params
    search, before = asked.get("q", "")[:200], number_or_none(asked.get("before", ""))
    lines = read_audit(AuditWanted(actor=who.actor, search=search, before=before, limit=_AUDIT_PAGE))
    more = query(q=search, before=lines[-1].seq) if len(lines) == _AUDIT_PAGE else ""
    part = "settings/audit_rows.html" if show.partial and before else "settings/audit.html"
    return show(part, lines=lines, search=search, more=more, sections=SECTIONS, section="audit")


def _checked(section: str) -> str:
    if section not in SECTIONS:
        raise NotFound("no such section")
    return section


HANDLERS = [settings, section_page, save_section, audit]
