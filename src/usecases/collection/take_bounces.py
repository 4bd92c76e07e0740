"""Take reports of returned mail that a mail provider sends over HTTP, signed."""

from datetime import datetime
from typing import Annotated

import msgspec

from relance.core.collection.bounce_signing import SignatureRefused, require_signature, secret_of
from relance.core.collection.bounces import Bounce, BounceKind
from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.errors import BadInput, NotFound
from relance.core.kernel.identifiers import ActionId
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.store.tenancy import TenantDirectory
from relance.ports.work import Work
from relance.usecases.collection.bouncing import take
from relance.usecases.collection.desk import Desk

EDITION = "bounce-webhook"
_MOST = 1000


class BounceReport(msgspec.Struct, frozen=True, kw_only=True):
    """A body as it came, and how it was signed."""

    tenant: str
    body: bytes
    moment: str
    signature: str


class ReportTaken(msgspec.Struct, frozen=True, kw_only=True):
    """How many events were new; one that comes again has no effect."""

    kept: int


class _Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    address: Annotated[str, msgspec.Meta(max_length=320)]
    type: BounceKind
    status: Annotated[str, msgspec.Meta(max_length=20)] = ""
    detail: Annotated[str, msgspec.Meta(max_length=500)] = ""
    message_id: Annotated[str, msgspec.Meta(max_length=300)] = ""


class _Events(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    events: Annotated[list[_Event], msgspec.Meta(max_length=_MOST)]


class TakeBounces:
    """The body counts only with the tenant's own signature; events are known by their id (T6)."""

    def __init__(self, directory: TenantDirectory, work: Work, clock: Clock, calendars: Calendars, key: bytes) -> None:
        self._directory, self._work, self._clock, self._calendars, self._key = directory, work, clock, calendars, key

    def __call__(self, report: BounceReport) -> ReportTaken:
        """Keep what is new; raises SignatureRefused, also where there is no such tenant, and BadInput."""
        now = self._clock.now()
        try:
            tenant = self._directory.by_code(report.tenant)
        except NotFound:
            raise SignatureRefused("the signature or its time is not right") from None
        with self._work(tenant.tenant) as unit:
            desk = Desk(unit, now, self._calendars)
            edition = desk.settings.number(EDITION)
            secret = secret_of(tenant.code, edition, self._key)
            if not edition:
                raise SignatureRefused("the signature or its time is not right")
            require_signature(secret, report.moment, report.body, report.signature, now)
            return ReportTaken(kept=sum(take(desk, one) for one in self._read(desk, report.body, now)))

    def _read(self, desk: Desk, body: bytes, now: datetime) -> list[Bounce]:
        try:
            events = msgspec.json.decode(body, type=_Events).events
        except msgspec.MsgspecError as wrong:
            raise BadInput(f"the body: {wrong}") from wrong
        ours = desk.unit.suppressions.messages_named([one.message_id for one in events if one.message_id])
        return [self._bounce(one, ours, now) for one in events if is_mailbox(one.address)]

    def _bounce(self, event: _Event, ours: dict[str, tuple[ActionId, int]], now: datetime) -> Bounce:
        action, generation = ours.get(event.message_id, (ActionId(0), 0))
        return Bounce(
            event=f"http:{event.id}",
            at=now,
            source="webhook",
            address=event.address,
            kind=event.type,
            status=event.status,
            said=event.detail,
            action=action,
            generation=generation,
        )
