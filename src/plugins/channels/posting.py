"""One POST that cannot be taken back: what is certain when no answer came, and what an answer says."""

from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import httpx
import msgspec

from relance.plugins import Outcome, Unreachable, failpoint
from relance.plugins.channels.peers import trouble_words

T = TypeVar("T")
_CERTAINLY_NOT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    Unreachable,
)
"""The connection never stood: not a byte of the message has left."""


async def posted(client: httpx.AsyncClient, place: str, raw: str, **body: Any) -> httpx.Response | Outcome:
    """The answer, or what becomes of a message without one; the connection is given back."""
    try:
        async with client:
            answer = await client.post(place, **body)
    except _CERTAINLY_NOT as away:
        return Outcome(kind="retry-later", reason="connection", reply=trouble_words(away))
    except (httpx.HTTPError, httpx.StreamError) as cut:
        return Outcome(kind="unknown", reason="no-clear-answer", reply=trouble_words(cut), raw=raw)
    failpoint("reply.read")
    return answer


def unclear(answer: httpx.Response, raw: str) -> Outcome:
    """Neither a yes nor a no: nobody can tell."""
    return Outcome(
        kind="unknown", reason="no-clear-answer", reply=f"{answer.status_code} {answer.text[:300]}".strip(), raw=raw
    )


def read_json(answer: httpx.Response, shape: type[T]) -> T | None:
    """The body as this; None for anything else."""
    try:
        return msgspec.json.decode(answer.content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def cost_of(price: str, unit: str) -> str:
    """What the other side takes, `0.0750 USD`, whatever sign it writes; nothing for what is no amount in a currency."""
    amount, currency = price.strip().lstrip("-"), unit.strip().upper()
    if len(amount) > 12 or len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        return ""
    try:
        known = Decimal(amount).is_finite()
    except InvalidOperation:
        return ""
    return f"{amount} {currency}" if known and "e" not in amount.lower() else ""
