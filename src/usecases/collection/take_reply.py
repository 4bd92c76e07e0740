"""Somebody answers an SMS: who wants no more gets no more, and anything else is for a person to read (T6, T20)."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from relance.core.collection.bounces import Bounce, SuppressionReason
from relance.core.collection.replies import is_ours, wants_no_more
from relance.core.kernel.errors import NotFound
from relance.core.kernel.identifiers import ActionId, CustomerId
from relance.ports.channels import Answered, Channel, Reply
from relance.ports.clock import Clock
from relance.ports.store.delivery import Entry
from relance.ports.store.suppressions import Suppression
from relance.ports.store.tenancy import TenantDirectory
from relance.ports.work import Unit, Work
from relance.usecases.collection.take_report import ReportRefused

AUTHOR, REPLIED = "sms", "message-reply"
OPTED_OUT: SuppressionReason = "opted-out"


class ReplyTold(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came in: `address` is its path, with the query where it has one."""

    tenant: str
    token: str
    address: str
    fields: Mapping[str, str]
    signature: str


class TakeReply:
    """Counts only with the gateway's signature, at the address that we made for the tenant; each answer once."""

    def __init__(
        self,
        directory: TenantDirectory,
        work: Work,
        clock: Clock,
        channels: Callable[[], Sequence[Channel]],
        key: bytes,
    ) -> None:
        self._directory, self._work, self._clock = directory, work, clock
        self._channels, self._key = channels, key

    def __call__(self, request: ReplyTold) -> bool:
        """Whether it was new; raises ReportRefused, the same for every cause."""
        told = self._heard(request)
        if told is None or not is_ours(request.tenant, request.token, self._key):
            raise ReportRefused("this answer is not signed")
        try:
            tenant = self._directory.by_code(request.tenant).tenant
        except NotFound as unknown:
            raise ReportRefused("this answer is not signed") from unknown
        with self._work(tenant) as unit:
            return self._take(unit, told)

    def _heard(self, request: ReplyTold) -> Reply | None:
        for channel in self._channels():
            if isinstance(channel, Answered):
                told = channel.reply(request.address, request.fields, request.signature)
                if told is not None:
                    return told
        return None

    def _take(self, unit: Unit, told: Reply) -> bool:
        stops = told.stops or wants_no_more(told.text)
        said = Bounce(
            event=told.event,
            at=self._clock.now(),
            source=AUTHOR,
            address=told.number,
            kind="complaint" if stops else "soft",
            status=OPTED_OUT if stops else "reply",
            said=told.text[:500],
        )
        if not unit.suppressions.bounced(said):
            return False
        if stops:
            _suppress(unit, said)
        about = unit.suppressions.reached_at(told.number)
        unit.delivery.note([_entry(said, one, stops) for one in about])
        return True


def _suppress(unit: Unit, said: Bounce) -> None:
    """Nothing more goes to a number whose owner said so."""
    added = Suppression(address=said.address, reason=OPTED_OUT, note=said.said, author=AUTHOR, since=said.at)
    if unit.suppressions.add(added):
        unit.audit.record(AUTHOR, "address-suppressed", "suppressions", {"reason": OPTED_OUT})


def _entry(said: Bounce, customer: CustomerId, stops: bool) -> Entry:
    detail = {"from": said.address, "comment": said.said} | ({"outcome": OPTED_OUT} if stops else {})
    return Entry(
        customer=customer,
        action=ActionId(0),
        at=said.at,
        kind=REPLIED,
        author=AUTHOR,
        detail=detail,
    )
