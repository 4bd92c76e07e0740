"""The API's addresses below /api/v1, and what describes them at /schema/openapi.json."""

from typing import Any

from litestar import Request, Response, Router
from litestar.di import NamedDependency, Provide
from litestar.exceptions import ValidationException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import SkipValidation

from relance.core.kernel.errors import BadInput
from relance.http.api import (
    alerts,
    assigned,
    assignment,
    channels,
    collection,
    customers,
    deeds,
    deliveries,
    deputies,
    domains,
    entities,
    grouping,
    groups,
    import_runs,
    imports_rejected,
    imports_undone,
    intake,
    jobs,
    ledger,
    letters,
    scenarios,
    searches,
    sources,
    specifics,
    statements,
    suppressions,
    templates,
    tenancy,
    tomorrow,
)
from relance.http.api.access import admit_key, refuse_ambiguous_json
from relance.http.api.once import Once
from relance.http.dependencies import Apart
from relance.http.problems import on_refusal
from relance.ports.answers import Answers
from relance.ports.clock import Clock

HANDLERS = [
    *ledger.HANDLERS,
    *collection.HANDLERS,
    *assigned.HANDLERS,
    *assignment.HANDLERS,
    *alerts.HANDLERS,
    *customers.HANDLERS,
    *groups.HANDLERS,
    *grouping.HANDLERS,
    *deputies.HANDLERS,
    *scenarios.HANDLERS,
    *tomorrow.HANDLERS,
    *searches.HANDLERS,
    *intake.HANDLERS,
    *import_runs.HANDLERS,
    *imports_undone.HANDLERS,
    *imports_rejected.HANDLERS,
    *sources.HANDLERS,
    *specifics.HANDLERS,
    *deeds.HANDLERS,
    *deliveries.HANDLERS,
    *letters.HANDLERS,
    *channels.HANDLERS,
    *domains.HANDLERS,
    *statements.HANDLERS,
    *suppressions.HANDLERS,
    *templates.HANDLERS,
    *tenancy.HANDLERS,
    *entities.HANDLERS,
    *jobs.HANDLERS,
]


def api_router(apart: Apart) -> Router:
    """Everything below /api/v1; `apart` gives each handler its verbs."""
    return Router(
        path="/api/v1",
        route_handlers=apart(HANDLERS),
        guards=[admit_key],
        before_request=refuse_ambiguous_json,
        exception_handlers={ValidationException: _on_invalid},
        dependencies={"once": Provide(_once, sync_to_thread=False)},
        security=[{"key": []}],
        include_in_schema=True,
    )


def openapi() -> OpenAPIConfig:
    """The description of the API, as JSON only: no page that loads scripts from elsewhere."""
    return OpenAPIConfig(
        title="Relance",
        version="1",
        description="Amounts are decimal text with a currency, times RFC 3339, problems RFC 9457.",
        openapi_router=Router(path="/schema", route_handlers=[], opt={"needs": "open"}, include_in_schema=False),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(
            security_schemes={"key": SecurityScheme(type="http", scheme="bearer", description="An API key, rl_...")}
        ),
    )


def _once(answers: NamedDependency[SkipValidation[Answers]], clock: NamedDependency[SkipValidation[Clock]]) -> Once:
    return Once(answers, clock)


def _on_invalid(request: Request[Any, Any, Any], error: ValidationException) -> Response[Any]:
    """A parameter or a field that does not fit, named."""
    extra = error.extra if isinstance(error.extra, list) else []
    words = "; ".join(f"{fault.get('key', 'body')}: {fault.get('message', '')}" for fault in extra)
    return on_refusal(request, BadInput(words or str(error.detail)))
