"""Queue the reading of the mailbox to which mail servers answer."""

from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.jobs import NewJob
from relance.ports.work import Work

_MAILBOX = NewJob(kind="mailbox", key="mailbox")
_SECONDS = 60
_INSTALLATION = TenantId(0)


class QueueMailbox:
    """There is one mailbox for all tenants; its clock ticks once, however many workers look at it."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self) -> bool:
        """Whether it is to be read because of this call."""
        with self._work(_INSTALLATION) as unit:
            return unit.jobs.tick_each(_MAILBOX.key, _SECONDS) and unit.jobs.recur(_MAILBOX)
