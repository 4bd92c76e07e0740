"""The web application: routes, the guard, headers, errors. It is given its verbs and knows no adapter."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from anyio import to_thread
from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.static_files import create_static_files_router

from relance.http.access import WEB, admit
from relance.http.api.access import OPEN_WITH_KEY
from relance.http.api.basic import OPEN_WITH_ID
from relance.http.api.feed import feed_router
from relance.http.api.router import api_router, openapi
from relance.http.assets import STATIC, require_assets
from relance.http.dependencies import ASKED_BY_ALL, Apart, Web, edge_dependencies, offer, with_verbs
from relance.http.metrics import Tally, counting
from relance.http.problems import HANDLERS
from relance.http.routes import OPEN_PAGES, TENANT_PAGES
from relance.http.security import dress
from relance.http.webhooks import webhook_router

_LARGEST_FORM = 1_000_000


def create_app(
    offered: Mapping[str, Callable[[], Any]],
    *,
    outbox: bool = False,
    fenced: Callable[[], str] = lambda: "",
    background: Callable[[], Callable[[], None]] | None = None,
    closing: Callable[[], None] = lambda: None,
) -> Litestar:
    """The application. `offered`: provider name to a function that makes the verb.

    `fenced` answers why nothing may leave from this database. `background` starts what runs beside the server and
    answers how to stop it; `closing` runs at the very end.
    """
    require_assets()

    tally = Tally()
    web = Web(
        resume_session=offered["resume_session"], count_agenda=offered["count_agenda"], outbox=outbox, fenced=fenced
    )
    app = Litestar(
        route_handlers=_routers(with_verbs(offered)),
        dependencies=edge_dependencies() | {name: offer(offered[name]) for name in ASKED_BY_ALL},
        guards=[admit],
        exception_handlers=HANDLERS,
        before_send=[dress],
        middleware=[counting(tally)],
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=5, minimum_size=600, exclude_opt_key="uncompressed"
        ),
        openapi_config=openapi(),
        include_in_schema=False,
        state=State({WEB: web, "tally": tally} | {name: offered[name] for name in (OPEN_WITH_KEY, OPEN_WITH_ID)}),
        lifespan=[_living(background, closing)],
        request_max_body_size=_LARGEST_FORM,
        logging_config=None,
    )
    app.state["places"] = frozenset(route.path for route in app.routes)
    return app


def _living(
    background: Callable[[], Callable[[], None]] | None, closing: Callable[[], None]
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """What runs beside the server from its start, and what is closed at its end."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        stop = background() if background else None
        try:
            yield
        finally:
            if stop:
                await to_thread.run_sync(stop)
            closing()

    return lifespan


def _routers(apart: Apart) -> list[Router]:
    pages = Router(path="/", route_handlers=apart(OPEN_PAGES))
    theirs = Router(path="/t/{tenant:str}", route_handlers=apart(TENANT_PAGES))
    return [pages, theirs, api_router(apart), feed_router(apart), webhook_router(apart), _static()]


def _static() -> Router:
    forever = CacheControlHeader(max_age=31_536_000, immutable=True, public=True)
    return create_static_files_router("/static", [STATIC], cache_control=forever, opt={"needs": "open"})
