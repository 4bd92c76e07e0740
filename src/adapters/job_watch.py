"""Watches over claims: says that this runner lives, and takes back the jobs of those that do not."""

import logging
import time

from relance.core.tenancy.jobs import WORKER_GONE
from relance.ports.jobs import Held, JobQueue
from relance.ports.workers import Workers

_LOG = logging.getLogger("relance.jobs")
_LOOK_SECONDS = 2.0
_BEAT_SECONDS = 10.0
_SILENT_SECONDS = 90.0
"""So long a runner that still holds its lock may be silent: it stands still, or its machine is cut off."""


class JobWatch:
    """Of one runner. No wall clock is compared: beats are timed here, by a clock that cannot be put forward."""

    def __init__(self, queue: JobQueue, workers: Workers, me: str, silent_seconds: float = _SILENT_SECONDS) -> None:
        self._queue, self._workers, self._me, self._silent = queue, workers, me, silent_seconds
        self._looked = self._beaten = self._stayed = 0.0
        self._heard: dict[tuple[int, int, int], tuple[int, float]] = {}

    def look(self, *, at_work: bool) -> bool:
        """What is due of both; whether there is any work at all."""
        now = time.monotonic()
        if now - self._stayed >= (_LOOK_SECONDS if at_work else _BEAT_SECONDS):
            self._stayed = now
            self._workers.stay(self._me)
        if not (at_work or self._queue.stirs()):
            return False
        if at_work and self._queue.beats and now - self._beaten >= _BEAT_SECONDS:
            self._beaten = now
            self._queue.beat(self._me)
        if now - self._looked >= _LOOK_SECONDS:
            self._looked = now
            self._take_back(now)
        return True

    def _take_back(self, now: float) -> None:
        held = self._queue.running()
        others = [one for one in held if one.runner != self._me]
        self._heard = {_claim(one): self._last_heard(one, now) for one in others}
        lives = {runner: self._workers.lives(runner) for runner in {one.runner for one in others}}
        for one in others:
            if lives[one.runner] and not self._is_silent(one, now):
                continue
            state = self._queue.fail(one, WORKER_GONE)
            if state:
                _LOG.warning("the runner of job %s of tenant %s is gone: %s", one.job, one.tenant, state)

    def _is_silent(self, one: Held, now: float) -> bool:
        return self._queue.beats and now - self._heard[_claim(one)][1] >= self._silent

    def _last_heard(self, one: Held, now: float) -> tuple[int, float]:
        beat, since = self._heard.get(_claim(one), (one.beat, now))
        return (beat, since) if beat == one.beat else (one.beat, now)


def _claim(one: Held) -> tuple[int, int, int]:
    return one.tenant, one.job, one.fence
