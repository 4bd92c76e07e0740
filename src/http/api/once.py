"""`Idempotency-Key`: the same request twice has one effect and one answer (I-22)."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType

from relance.core.kernel.errors import BadInput, RelanceError
from relance.http.api.access import caller_of
from relance.ports.answers import Answers
from relance.ports.clock import Clock

HEADER = "idempotency-key"


class KeyInUse(RelanceError):
    """The first request with this key is still being served."""

    code = "idempotency-key-in-use"
    status = 409


class KeyOfAnother(RelanceError):
    """The key was used with another request."""

    code = "idempotency-key-of-another-request"
    status = 422


class Once:
    """Serves one request at most once under its key; a request without a key is served every time."""

    def __init__(self, answers: Answers, clock: Clock) -> None:
        self._answers, self._clock = answers, clock

    def __call__(self, request: Request[Any, Any, Any], said: bytes, deed: Callable[[], Any]) -> Response[bytes]:
        """The deed's answer, or the one that was kept; `said` is everything that the request asks for."""
        key, tenant = request.headers.get(HEADER, ""), caller_of(request).actor.tenant
        if not key:
            return _answer(201, msgspec.json.encode(deed()))
        if len(key) > 255 or not key.isprintable():
            raise BadInput("Idempotency-Key: 1 to 255 printable characters")
        fingerprint = hashlib.sha256(request.url.path.encode() + b"\n" + said).hexdigest()
        kept = self._answers.begin(tenant, key, fingerprint, self._clock.now())
        if kept is not None and kept.fingerprint != fingerprint:
            raise KeyOfAnother("this Idempotency-Key was used with another request")
        if kept is not None and not kept.status:
            raise KeyInUse("the first request with this Idempotency-Key is still being served; ask again")
        if kept is not None:
            return _answer(kept.status, kept.body)
        return self._serve(request, key, deed)

    def _serve(self, request: Request[Any, Any, Any], key: str, deed: Callable[[], Any]) -> Response[bytes]:
        tenant = caller_of(request).actor.tenant
        try:
            body = msgspec.json.encode(deed())
        except RelanceError:
            self._answers.forget(tenant, key)
            raise
        self._answers.keep(tenant, key, 201, body)
        return _answer(201, body)


def _answer(status: int, body: bytes) -> Response[bytes]:
    return Response(body, status_code=status, media_type=MediaType.JSON)
