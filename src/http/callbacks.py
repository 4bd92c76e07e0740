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
    address, fields, signature = await _signed(request)
    told = ReportTold(tenant=tenant, reference=reference, address=address, fields=fields, signature=signature)
    await to_thread.run_sync(take_report, told)


@post("/tw/{tenant:str}/replies/{token:str}", opt={"needs": "open"}, status_code=200)
async def sms_reply(
    request: Request[Any, Any, Any],
    tenant: FromPath[str],
    token: FromPath[str],
    take_reply: NamedDependency[TakeReply],
) -> Response[str]:
    """What somebody answered to an SMS. Unsigned: 403, and nothing is kept; we never answer back."""
    address, fields, signature = await _signed(request)
    told = ReplyTold(tenant=tenant, token=token, address=address, fields=fields, signature=signature)
    await to_thread.run_sync(take_reply, told)
    return Response("<Response/>", media_type="text/xml")


async def _signed(request: Request[Any, Any, Any]) -> tuple[str, dict[str, str], str]:
    """What the gateway has signed, which is the address with its query and the fields; and the signature."""
    form = await request.form()
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return address, fields, request.headers.get("x-twilio-signature", "")


HANDLERS = [sms_report, sms_reply]
