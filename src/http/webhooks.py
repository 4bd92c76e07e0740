"""What other programs report by themselves: signed, appended, answered at once (T6)."""

from typing import Any

import msgspec
from anyio import to_thread
from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath

from relance.http.dependencies import Apart
from relance.usecases.collection.take_bounces import BounceReport, TakeBounces

AnyRequest = Request[Any, Any, Any]
_LARGEST = 1_000_000


@post("/bounces/{tenant:str}", opt={"needs": "open"}, status_code=200, request_max_body_size=_LARGEST)
async def bounces(
    request: AnyRequest, tenant: FromPath[str], take_bounces: NamedDependency[TakeBounces]
) -> Response[bytes]:
    """Returned mail, as a mail provider reports it."""
    report = BounceReport(
        tenant=tenant,
        body=await request.body(),
        moment=request.headers.get("x-relance-timestamp", ""),
        signature=request.headers.get("x-relance-signature", ""),
    )
    done = await to_thread.run_sync(take_bounces, report)
    return Response(msgspec.json.encode(done), media_type=MediaType.JSON)


def webhook_router(apart: Apart) -> Router:
    """Everything below /webhooks; `apart` gives each handler its verbs."""
    return Router(path="/webhooks", route_handlers=apart([bounces]))
