"""The way in: `/` leads to the agenda; `/t/{tenant}` too; on a phone `more` lists what the tab bar cannot."""

from litestar import Response
from litestar.di import NamedDependency

from relance.http.access import page
from relance.http.templating import Show
from relance.usecases.tenancy.resume_session import SignedIn


@page("/", needs="signed-in")
def root(who: NamedDependency[SignedIn], show: NamedDependency[Show]) -> Response[str]:
    """To one's agenda."""
    return show.go(f"/t/{who.tenant.code}/agenda")


@page("/", needs="see")
def tenant_root(who: NamedDependency[SignedIn], show: NamedDependency[Show]) -> Response[str]:
    """To one's agenda."""
    return show.go(f"/t/{who.tenant.code}/agenda")


@page("/more", needs="see")
def more(show: NamedDependency[Show]) -> Response[str]:
    """Everything that the phone's tab bar has no room for."""
    return show("more.html")


HANDLERS = [tenant_root, more]
