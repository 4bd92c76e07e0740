"""Where the gateways that carry our messages report; they have no session, their signature is their key (T6)."""

from typing import Any

from anyio import to_thread
from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath

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


HANDLERS = [sms_report]
