"""The switch that stops all sending of the tenant."""

from litestar import Response
from litestar.di import NamedDependency

from relance.core.kernel.errors import BadInput
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.templating import Show
from relance.usecases.collection.stop_sending import SendingStop, StopSending
from relance.usecases.tenancy.resume_session import SignedIn


@page("/sending", needs="stop-sending")
def ask(show: NamedDependency[Show]) -> Response[str]:
    """Stop it, or let it go on?"""
    return show("agenda/sending.html", problem="")


@deed("/sending", needs="stop-sending")
def stop(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    stop_sending: NamedDependency[StopSending],
) -> Response[str]:
    """Nothing leaves from now on, or messages leave again."""
    resume = fields.text("deed") == "resume"
    try:
        stop_sending(SendingStop(actor=who.actor, reason=fields.text("reason"), resume=resume))
    except BadInput as refused:  # the form is shown again
        return show("agenda/sending.html", status=422, problem=refused.detail)
    return show.go(f"/t/{who.tenant.code}/agenda?done=saved")


HANDLERS = [ask, stop]
