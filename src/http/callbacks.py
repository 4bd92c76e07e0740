"""Where the gateways that carry our messages report; they have no session, their signature is their key (T6)."""

from typing import Any

from anyio import to_thread
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.usecases.collection.take_reply import ReplyTold, TakeReply
from relance.usecases.collection.take_report import ReportTold, TakeReport


@post("/tw/{tenant:str}/{reference:str}", opt={"needs": "open"}, status_code=204)
async def sms_report(
    request: Request[Any, Any, Any],
    tenant: FromPath[str],
    reference: FromPath[str],
    take_report: NamedDependency[TakeReport],
) -> None:
    """What became of an SMS. Unsigned: 403, and nothing is kept."""
    form = await request.form()
    told = ReportTold(
        tenant=tenant,
        reference=reference,
        address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        fields={name: value for name, value in form.items() if isinstance(value, str)},
        signature=request.headers.get("x-twilio-signature", ""),
    )
    await to_thread.run_sync(take_report, told)


@post("/tw/{tenant:str}/replies/{token:str}", opt={"needs": "open"}, status_code=200)
async def sms_reply(
    request: Request[Any, Any, Any],
    tenant: FromPath[str],
    token: FromPath[str],
    take_reply: NamedDependency[TakeReply],
) -> Response[str]:
    """What somebody answered to an SMS. Unsigned: 403, and nothing is kept; we never answer back."""
    form = await request.form()
    told = ReplyTold(
        tenant=tenant,
        token=token,
        address=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        fields={name: value for name, value in form.items() if isinstance(value, str)},
        signature=request.headers.get("x-twilio-signature", ""),
    )
    await to_thread.run_sync(take_reply, told)
    return Response("<Response/>", media_type="text/xml")


HANDLERS = [sms_report, sms_reply]
