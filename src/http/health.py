"""For the machine that watches us: alive, ready, and counts; nothing about tenants."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.enums import MediaType

from relance.usecases.tenancy.check_ready import CheckReady

_OPEN = {"needs": "open"}


@get("/health/live", opt=_OPEN, sync_to_thread=False)
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@get("/health/ready", opt=_OPEN, sync_to_thread=True)
def ready(check_ready: NamedDependency[CheckReady]) -> Response[dict[str, str]]:
    """The database answers too."""
    if check_ready():
        return Response({"status": "ready"})
    return Response({"status": "database-away"}, status_code=503)


@get("/metrics", opt=_OPEN, sync_to_thread=False, media_type=MediaType.TEXT)
def metrics(request: Request[Any, Any, Any]) -> str:
    """Counts of this process, as Prometheus reads them."""
    text: str = request.app.state["tally"].text()
    return text


HANDLERS = [live, ready, metrics]
