"""The other side tells what became of a message: who says so is checked, and it is written down; no more (T6)."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from relance.core.collection.references import named_by
from relance.core.kernel.errors import NotFound, RelanceError
from relance.core.kernel.identifiers import ActionId
from relance.ports.channels import Channel, Report, Reporting
from relance.ports.clock import Clock
from relance.ports.failpoints import failpoint
from relance.ports.store.reports import MessageReport
from relance.ports.store.tenancy import TenantDirectory
from relance.ports.work import Work


class ReportRefused(RelanceError):
    """A report that nobody signed whom we know, or about nothing of ours."""

    code = "report-refused"
    status = 403


class ReportTold(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came in: `address` is its path, with the query where it has one."""

    tenant: str
    reference: str
    address: str
    fields: Mapping[str, str]
    signature: str


class TakeReport:
    """Appends one row, once, whatever the message's state: what follows is for the worker, in its own time."""

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

    def __call__(self, request: ReportTold) -> bool:
        """Whether it was new; raises ReportRefused, the same for every cause."""
        told, named = self._heard(request), named_by(request.tenant, request.reference, self._key)
        if told is None or named is None:
            raise ReportRefused("this report is not signed")
        try:
            tenant = self._directory.by_code(request.tenant).tenant
        except NotFound as unknown:
            raise ReportRefused("this report is not signed") from unknown
        row = MessageReport(action=ActionId(named[0]), generation=named[1], at=self._clock.now(), report=told)
        with self._work(tenant) as unit:
            new = unit.reports.append(row)
        failpoint("webhook.appended")
        return new

    def _heard(self, request: ReportTold) -> Report | None:
        for channel in self._channels():
            if isinstance(channel, Reporting):
                told = channel.report(request.address, request.fields, request.signature)
                if told is not None:
                    return told
        return None
