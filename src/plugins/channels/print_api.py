"""A print service over HTTP: one POST a letter, never twice, and what its answer says for certain."""

import ssl
from collections.abc import Awaitable, Callable
from typing import ClassVar, Literal

import httpx
import msgspec

from relance.plugins import (
    Attachment,
    BadInput,
    Capabilities,
    Message,
    Outcome,
    Report,
    Resolver,
    checked_transport,
    checked_url,
    resolve,
)
from relance.plugins.channels.posting import cost_of, posted, read_json, unclear

_PDF = "application/pdf"
_LONGEST = 100
Fate = Literal["on-its-way", "delivered", "undelivered"]
_FATES: dict[str, Fate] = {"delivered": "delivered", "undeliverable": "undelivered", "returned": "undelivered"}


class PrintApi(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where letters go, and the key. Seconds are how long an answer may take."""

    url: str
    token: str = ""
    answer_seconds: float = 60.0
    connect_seconds: float = 10.0


class _Taken(msgspec.Struct, frozen=True):
    """What the service says of a letter that it took."""

    id: str
    reference: str = ""
    status: str = ""
    tracking: str | None = None
    price: str | None = None
    currency: str | None = None


class _Known(msgspec.Struct, frozen=True):
    letters: tuple[_Taken, ...]


class PrintApiChannel:
    """Carries letters one by one, a connection for each; it speaks only with hosts of the public internet."""

    name: ClassVar[str] = "letter"
    label: ClassVar[str] = "Letters"
    capabilities: ClassVar[Capabilities] = Capabilities(
        automatic=True, subject=True, html=False, attachments=True, concurrency=2
    )

    def __init__(
        self,
        settings: PrintApi,
        *,
        in_test: bool = False,
        resolver: Resolver | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._url = checked_url(settings.url, in_test=in_test)
        if not settings.token.isprintable() or not settings.token.isascii():
            raise BadInput("RELANCE_PRINT_API_TOKEN: letters, digits and signs of ASCII")
        self._settings, self._in_test = settings, in_test
        self._resolver, self._context = resolver or resolve, context

    def ready(self) -> str | None:
        """Its address is set."""
        return None

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """One POST; see the port for the promise."""
        pages = next((one for one in message.attachments if one.media_type == _PDF), None)
        if pages is None or not message.to or not message.to[0].lines:
            return Outcome(kind="refused", reason="bad-message", reply="a letter without its pages or its address")
        letter = msgspec.json.encode(_letter(message))
        if not await about_to_send():
            return Outcome(kind="retry-later", reason="withdrawn")
        return await self._posted(message, letter, pages)

    async def search(self, message: Message) -> Report | None:
        """The one letter that the service has under the message's reference."""
        reference = _reference(message)
        try:
            async with self._client() as client:
                answer = await client.get(self._url, params={"reference": reference})
        except (httpx.HTTPError, httpx.StreamError, BadInput):
            return None
        known = read_json(answer, _Known) if answer.status_code == 200 else None
        ours = [one for one in known.letters if one.reference == reference] if known else []
        return _report(ours[0]) if len(ours) == 1 else None

    async def close(self) -> None:
        """Nothing is held open."""

    async def _posted(self, message: Message, letter: bytes, pages: Attachment) -> Outcome:
        raw = letter.decode("utf-8")
        parts = {
            "letter": ("letter.json", letter, "application/json"),
            "document": (pages.name, pages.content, pages.media_type),
        }
        named = {"idempotency-key": _reference(message)}
        answer = await posted(self._client(), str(self._url), raw, files=parts, headers=named)
        return answer if isinstance(answer, Outcome) else _outcome(answer, raw)

    def _client(self) -> httpx.AsyncClient:
        settings = self._settings
        return httpx.AsyncClient(
            transport=checked_transport(self._resolver, self._context, loopback=self._in_test),
            timeout=httpx.Timeout(settings.answer_seconds, connect=settings.connect_seconds),
            headers={"authorization": f"Bearer {settings.token}"} if settings.token else {},
            trust_env=False,
            follow_redirects=False,
        )


def _letter(message: Message) -> dict[str, object]:
    """What the service has to know of a letter beside its pages."""
    to = message.to[0]
    return {
        "reference": _reference(message),
        "registered": message.registered,
        "language": message.language,
        "subject": message.subject,
        "recipient": {"name": to.name, "lines": to.lines},
        "sender": {"name": message.sender.name},
    }


def _reference(message: Message) -> str:
    """The same in every try, and another one when a person sends it again (I-4)."""
    return message.message_id.strip("<>")


def _outcome(answer: httpx.Response, raw: str) -> Outcome:
    """A 2xx with a name for the letter is a yes, a 4xx a no; after anything else nobody can tell."""
    status = answer.status_code
    if status in {200, 201, 202} and (taken := read_json(answer, _Taken)) and taken.id:
        tracking = tracking_of(taken.tracking)
        cost = cost_of(taken.price or "", taken.currency or "")
        reply = " ".join(filter(None, (str(status), taken.id[:_LONGEST], taken.status[:_LONGEST], tracking)))
        return Outcome(kind="accepted", reply=reply, raw=raw, tracking=tracking, cost=cost)
    if status == 429:
        return Outcome(kind="retry-later", reason="gateway-busy", reply=f"{status} {answer.text[:300]}".strip())
    if 400 <= status <= 499:
        return Outcome(kind="refused", reason="refused-by-gateway", reply=f"{status} {answer.text[:300]}".strip())
    return unclear(answer, raw)


def tracking_of(number: str | None) -> str:
    """The post's number in capitals without blanks; nothing for what can be none."""
    kept = "".join((number or "").split()).upper()
    return kept if len(kept) <= 40 and all(char.isascii() and (char.isalnum() or char == "-") for char in kept) else ""


def _report(found: _Taken) -> Report:
    return Report(
        event=f"{found.id}:{found.status}"[:_LONGEST],
        status=_FATES.get(found.status, "on-its-way"),
        reference=found.id[:64],
        detail=" ".join(filter(None, (found.status[:_LONGEST], tracking_of(found.tracking)))),
        cost=cost_of(found.price or "", found.currency or ""),
    )
