"""Counts for Prometheus: answers by status class and the time they took. Nothing of any tenant."""

from collections import Counter
from collections.abc import Callable
from threading import Lock
from time import perf_counter

from litestar.types import ASGIApp, Message, Receive, Scope, Send

_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0)


class Tally:
    """What this process has answered since it started."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: Counter[tuple[str, int]] = Counter()
        self._under: Counter[float] = Counter()
        self._seconds = 0.0

    def note(self, method: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            self._answers[method, status // 100] += 1
            self._seconds += seconds
            for bucket in _BUCKETS:
                self._under[bucket] += seconds <= bucket

    def text(self) -> str:
        """Prometheus text."""
        with self._lock:
            total = sum(self._answers.values())
            lines = ["# TYPE relance_http_answers_total counter"]
            for (method, kind), count in sorted(self._answers.items()):
                lines.append(f'relance_http_answers_total{{method="{method}",status="{kind}xx"}} {count}')
            lines.append("# TYPE relance_http_seconds histogram")
            lines += [f'relance_http_seconds_bucket{{le="{edge}"}} {self._under[edge]}' for edge in _BUCKETS]
            lines.append(f'relance_http_seconds_bucket{{le="+Inf"}} {total}')
            lines += [f"relance_http_seconds_sum {self._seconds:.6f}", f"relance_http_seconds_count {total}"]
        return "\n".join(lines) + "\n"


def counting(tally: Tally) -> Callable[[ASGIApp], ASGIApp]:
    """A middleware that tells the tally of every answer."""

    def around(app: ASGIApp) -> ASGIApp:
        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            start = perf_counter()

            async def watch(message: Message) -> None:
                if message["type"] == "http.response.start":
                    tally.note(str(scope.get("method", "")), message["status"], perf_counter() - start)
                await send(message)

            await app(scope, receive, watch)

        return counted

    return around
