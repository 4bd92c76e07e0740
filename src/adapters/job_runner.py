"""Does background work in threads of this process: claims jobs tenant by tenant, and takes back what died elsewhere."""

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from relance.adapters.job_watch import JobWatch
from relance.core.kernel.errors import RelanceError
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import LANES, JobKind, Lane
from relance.ports.jobs import Claimed, JobQueue
from relance.ports.workers import Workers

_LOG = logging.getLogger("relance.jobs")
_THREADS: Mapping[Lane, int] = {"heavy": 2, "errands": 4}
_LOOK_SECONDS = 2.0
"""Work of this process is begun at once; so often it looks for what others added."""
_LAME_SECONDS = 5.0
_PEEK_SECONDS = 0.1

Deed = Callable[[Claimed], None]


class JobRunner:
    """One a process. `deeds` does a job of its kind to its end; whatever it raises is an attempt that failed."""

    def __init__(
        self, queue: JobQueue, workers: Workers, deeds: Mapping[JobKind, Deed], look_seconds: float = _LOOK_SECONDS
    ) -> None:
        self._queue, self._workers, self._deeds, self._look_seconds = queue, workers, deeds, look_seconds
        self._kinds: set[JobKind] = set(deeds)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._ended = threading.Condition()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._pools: dict[Lane, ThreadPoolExecutor] = {}
        self._at_hand: dict[Future[None], Lane] = {}
        self._served: dict[TenantId, int] = {}
        self._turn = 0
        self.told: Callable[[JobKind], None] = lambda kind: None
        """Called in a thread of the pool when a job of this process has been done."""

    def start(self, kinds: Collection[JobKind] | None = None) -> None:
        """Begin to look for work, of all kinds or some; once begun, this only changes the kinds."""
        with self._lock:
            self._kinds = set(self._deeds if kinds is None else kinds)
            if self._thread is None and not self._stop.is_set():
                self._pools = {lane: ThreadPoolExecutor(most, f"job-{lane}") for lane, most in _THREADS.items()}
                self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
                self._thread.start()

    def nudge(self) -> None:
        """There is something to do."""
        if self._thread is None:
            self.start(self._kinds)
        self._wake.set()

    def wait(self, tenant: TenantId, key: str, seconds: float) -> None:
        """Wait until no job of this key waits or runs, at most so long."""
        until = time.monotonic() + seconds
        while self._queue.has(tenant, key) and (left := until - time.monotonic()) > 0:
            with self._ended:
                self._ended.wait(min(left, _PEEK_SECONDS))

    def close(self) -> None:
        """Claim nothing more, and wait for what is at hand; what has not begun is left to others."""
        self._stop.set()
        self._wake.set()
        with self._lock:
            thread = self._thread
        if thread:
            thread.join()
        for pool in self._pools.values():
            pool.shutdown()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with self._workers.enter() as me:
                    self._look_around(me)
            except Exception as trouble:  # the database is away: without a lock that others see there are no claims
                _LOG.warning("background work cannot begin: %s", trouble)
                self._stop.wait(_LAME_SECONDS)

    def _look_around(self, me: str) -> None:
        """Until the end, which comes when what is at hand is done."""
        watch = JobWatch(self._queue, self._workers, me)
        while not self._stop.is_set() or self._at_hand:
            try:
                stirs = watch.look(at_work=bool(self._at_hand))
                while stirs and not self._stop.is_set() and self._claim_round(me):
                    pass
            except Exception as trouble:  # the database is away or busy: the lock is kept, and asked for again
                _LOG.warning("background work could not be looked for: %s", trouble)
                self._stop.wait(_LAME_SECONDS)
            self._wake.wait(self._look_seconds)
            self._wake.clear()

    def _claim_round(self, me: str) -> bool:
        """One job for each lane that has room; whether any was found."""
        found = False
        for lane, kinds in LANES.items():
            wanted = [kind for kind in kinds if kind in self._kinds]
            if wanted and self._busy(lane) < _THREADS[lane]:
                found |= self._claim_one(lane, wanted, me)
        return found

    def _claim_one(self, lane: Lane, kinds: Collection[JobKind], me: str) -> bool:
        """The tenant whose fewest jobs run comes first, then the one that was served longest ago."""
        waiting = self._queue.waiting(kinds)
        for one in sorted(waiting, key=lambda one: (one.running, self._served.get(one.tenant, 0), one.tenant)):
            claimed = self._queue.claim(one.tenant, kinds, me)
            if claimed is not None:
                self._turn += 1
                self._served[one.tenant] = self._turn
                self._submit(lane, claimed)
                return True
        return False

    def _busy(self, lane: Lane) -> int:
        with self._lock:
            return sum(of == lane for of in self._at_hand.values())

    def _submit(self, lane: Lane, claimed: Claimed) -> None:
        with self._lock:
            future = self._pools[lane].submit(self._do, claimed)
            self._at_hand[future] = lane
        future.add_done_callback(self._put_down)

    def _put_down(self, future: Future[None]) -> None:
        with self._lock:
            self._at_hand.pop(future, None)
        self._wake.set()

    def _do(self, claimed: Claimed) -> None:
        failure = self._failure(claimed)
        while True:
            try:
                self._settle(claimed, failure)
                break
            except Exception:  # the database is away or busy: what came of the job must not be forgotten
                _LOG.warning("job %s of tenant %s is not settled yet", claimed.key, claimed.tenant, exc_info=True)
            if self._stop.wait(_LAME_SECONDS):
                return  # others take it back
        if failure is None:
            self.told(claimed.kind)
        with self._ended:
            self._ended.notify_all()

    def _failure(self, claimed: Claimed) -> str | None:
        try:
            self._deeds[claimed.kind](claimed)
        except Exception as failure:  # whatever a deed raises is the reason that people read
            _LOG.warning("job %s of tenant %s failed", claimed.key, claimed.tenant, exc_info=True)
            return reason_of(failure)
        return None

    def _settle(self, claimed: Claimed, failure: str | None) -> None:
        if failure is None:
            if not self._queue.end(claimed):
                _LOG.warning("job %s of tenant %s was taken over meanwhile", claimed.key, claimed.tenant)
        elif self._queue.fail(claimed, failure) == "parked":
            _LOG.error("job %s of tenant %s is parked: %s", claimed.key, claimed.tenant, failure)


def reason_of(failure: Exception) -> str:
    """A code and what was said; what an unexpected error says may hold customers' data, so only its name is kept."""
    if isinstance(failure, RelanceError):
        return f"{failure.code}: {failure.detail}"
    return type(failure).__name__
