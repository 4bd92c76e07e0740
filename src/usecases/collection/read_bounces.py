"""Read the mailbox of returned mail: reports and answers at the address of one of our messages are kept with it."""

from datetime import datetime

import msgspec

from relance.core.collection.bounces import Bounce, Reference, Returned, reference_in
from relance.core.kernel.errors import NotFound
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.mailbox import Letter, Mailbox, Reports
from relance.ports.store.tenancy import TenantDirectory
from relance.ports.work import Work
from relance.usecases.collection.answering import take_answer
from relance.usecases.collection.bouncing import take
from relance.usecases.collection.desk import Desk

_AT_ONCE = 50


class BouncesRead(msgspec.Struct, frozen=True, kw_only=True):
    """How many letters there were, how many reports and answers were kept, and how many were not about our messages."""

    letters: int = 0
    kept: int = 0
    ignored: int = 0


class ReadBounces:
    """Letters are matched by the keyed word in the address they came back to, never by what they say (T20)."""

    def __init__(
        self,
        directory: TenantDirectory,
        work: Work,
        clock: Clock,
        calendars: Calendars,
        reports: Reports,
        key: bytes,
        mailbox: Mailbox | None,
    ) -> None:
        self._directory, self._work, self._clock, self._calendars = directory, work, clock, calendars
        self._reports, self._key, self._mailbox = reports, key, mailbox

    def __call__(self) -> BouncesRead:
        """Read until nothing is unread; without a mailbox there is nothing. Raises what the mailbox raises."""
        done = BouncesRead()
        if self._mailbox is None:
            return done
        try:
            while letters := self._mailbox.unread(_AT_ONCE):
                kept = [self._keep(letter) for letter in letters]
                self._mailbox.done([letter.key for letter in letters])
                done = BouncesRead(
                    letters=done.letters + len(letters),
                    kept=done.kept + sum(kept),
                    ignored=done.ignored + kept.count(0),
                )
        finally:
            self._mailbox.close()
        return done

    def _keep(self, letter: Letter) -> int:
        """How many reports of the letter were kept; a letter without our own token is ignored."""
        found = next((one for to in letter.recipients if (one := reference_in(to, self._key))), None)
        if found is None:
            return 0
        reported = self._reports.read(letter.content)
        answer = None if reported else self._reports.answer(letter.content)
        if not reported and answer is None:
            return 0
        try:
            tenant = self._directory.by_code(found.tenant)
        except NotFound:
            return 0
        now = self._clock.now()
        with self._work(tenant.tenant) as unit:
            desk = Desk(unit, now, self._calendars)
            if answer is not None:
                return int(take_answer(desk, found, answer))
            return sum(take(desk, one) for one in _bounces(desk, found, reported, now))


def _bounces(desk: Desk, found: Reference, reported: tuple[Returned, ...], now: datetime) -> list[Bounce]:
    """Reports of addresses to which that very message went; others are none of ours."""
    key = (found.action, found.generation)
    frozen = desk.unit.delivery.frozen([key]).get(key)
    if frozen is None:
        return []
    went = {box.email.lower() for box in (*frozen.message.to, *frozen.message.cc)}
    return [
        Bounce(
            event=f"mail:{found.action}.{found.generation}:{one.address.lower()}:{one.kind}",
            at=now,
            source="mailbox",
            address=one.address,
            kind=one.kind,
            status=one.status,
            said=one.said,
            action=found.action,
            generation=found.generation,
        )
        for one in reported
        if one.address.lower() in went
    ]
