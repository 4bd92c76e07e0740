"""The outbox: messages that were written to a folder instead of leaving (A25)."""

from litestar import Response
from litestar.di import NamedDependency

from relance.core.kernel.errors import NotFound
from relance.http.access import page
from relance.http.templating import Show
from relance.usecases.collection.list_outbox import ListOutbox
from relance.usecases.tenancy.resume_session import SignedIn


@page("/outbox", needs="see")
def outbox(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], list_outbox: NamedDependency[ListOutbox]
) -> Response[str]:
    """The list; where messages really leave there is no such page."""
    if not show.outbox:
        raise NotFound("no outbox folder is set")
    return show("outbox.html", written=list_outbox(who.actor), zone=who.tenant.timezone)


HANDLERS = [outbox]
