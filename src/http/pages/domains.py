"""The domains that messages are sent from: each record to publish, and whether it is seen."""

from litestar import Response
from litestar.di import NamedDependency

from relance.core.kernel.errors import BadInput, Conflict
from relance.core.tenancy.sender_domains import Sight
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.setting_fields import SECTIONS
from relance.http.templating import Show
from relance.ports.sender_domains import NamesSilent
from relance.usecases.tenancy.add_domain import AddDomain, NewDomain
from relance.usecases.tenancy.check_domain import CheckDomain, DomainToCheck
from relance.usecases.tenancy.list_domains import ListDomains
from relance.usecases.tenancy.remove_domain import DomainToRemove, RemoveDomain
from relance.usecases.tenancy.resume_session import SignedIn

SIGHTS: dict[Sight, tuple[str, str]] = {
    "unasked": ("", marked("not asked yet")),
    "missing": ("red", marked("missing")),
    "other": ("red", marked("another one is there")),
    "several": ("red", marked("several, only one may be there")),
    "weak": ("amber", marked("seen, and it asks for nothing")),
    "seen": ("green", marked("seen")),
}


@page("/settings/domains", needs="settings")
def domains(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_domains: NamedDependency[ListDomains]
) -> Response[str]:
    """All of them with their records."""
    return _shown(who, show, list_domains)


@deed("/settings/domains", needs="settings")
def add(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_domains: NamedDependency[ListDomains],
    add_domain: NamedDependency[AddDomain],
) -> Response[str]:
    """One more, with a key of its own."""
    try:
        add_domain(NewDomain(actor=who.actor, domain=fields.text("domain")))
    except (BadInput, Conflict) as refused:  # the form is shown again
        return _shown(who, show, list_domains, refused.detail, fields.text("domain"), 422)
    return show.go(f"/t/{who.tenant.code}/settings/domains?done=saved")


@deed("/settings/domains/check", needs="settings")
def check(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    list_domains: NamedDependency[ListDomains],
    check_domain: NamedDependency[CheckDomain],
) -> Response[str]:
    """What the name servers know now."""
    try:
        check_domain(DomainToCheck(actor=who.actor, domain=fields.text("domain")))
    except NamesSilent:
        problem = gettext("The name servers do not answer. Try again later.")
        return _shown(who, show, list_domains, problem, "", 503)
    return show.go(f"/t/{who.tenant.code}/settings/domains")


@deed("/settings/domains/remove", needs="settings")
def remove(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    remove_domain: NamedDependency[RemoveDomain],
) -> Response[str]:
    """Its key is forgotten."""
    remove_domain(DomainToRemove(actor=who.actor, domain=fields.text("domain")))
    return show.go(f"/t/{who.tenant.code}/settings/domains?done=saved")


def _shown(
    who: SignedIn, show: Show, list_domains: ListDomains, problem: str = "", typed: str = "", status: int = 200
) -> Response[str]:
    return show(
        "settings/domains.html",
        status=status,
        shown=list_domains(who.actor),
        sights=SIGHTS,
        problem=problem,
        typed=typed,
        sections=SECTIONS,
        section="domains",
    )


HANDLERS = [domains, add, check, remove]
