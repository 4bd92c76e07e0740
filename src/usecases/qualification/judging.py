"""The start of every day: promises that an import can judge, and pauses that are over (D2, D3)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from relance.core.collection.rules import rules_of
from relance.core.kernel.days import local_day
from relance.core.kernel.identifiers import ItemId
from relance.core.qualification.promises import Unallocated, Verdict, counted, last_day_of_grace, less, verdict
from relance.ports.calendars import Calendars
from relance.ports.store.qualification import Note, Promised
from relance.ports.work import Unit

AUTHOR = "system"


class Judge:
    """Judges promises and ends pauses within the day's transaction."""

    def __init__(self, unit: Unit, now: datetime, today: date, calendars: Calendars) -> None:
        self._unit, self._now, self._today = unit, now, today
        tenant = unit.tenancy.tenant()
        self._zone, self._is_holiday = tenant.timezone, calendars.of(tenant.country)
        self._grace = rules_of(unit.tenancy.settings()).grace_days

    def judge_all(self) -> None:
        """Every promise that a good import has passed, and every pause that is over."""
        store = self._unit.qualification
        due = [one for one in store.promises_until(self._today) if self._passed(one)]
        payments = store.unallocated({one.customer for one in due})
        for (customer, _, _), group in groupby(due, key=lambda one: (one.customer, one.at, one.until)):
            used = self._judge(list(group), payments.get(customer, []))
            payments[customer] = less(payments.get(customer, []), used)
        over = store.pauses_before(self._today)
        for customer, items in over.items():
            store.release(items, AUTHOR, self._now)
            store.note([Note(customer=customer, kind="released", detail={"items": len(items)})], AUTHOR, self._now)
        store.refresh_summaries([*{one.customer for one in due}, *over], self._today)
        store.refresh_summaries(None, self._today)

    def _passed(self, one: Promised) -> bool:
        """A good import of the item's source finished after the promised day and its grace; else no verdict."""
        if one.last_good_at is None:
            return False
        return local_day(one.last_good_at, self._zone) > last_day_of_grace(one.until, self._grace, self._is_holiday)

    def _judge(self, group: Sequence[Promised], payments: Sequence[Unallocated]) -> dict[ItemId, int]:
        """Judge one promise, and say how much of which payments has counted for it."""
        store, first = self._unit.qualification, group[0]
        promised = _sums((one.currency, one.amount) for one in group)
        left_items = _sums((one.currency, max(0, one.owed - one.open_amount)) for one in group)
        missing = {currency: amount - left_items[currency] for currency, amount in promised.items()}
        used = counted(missing, first.at, payments)
        came_in = ((one.currency, used.get(one.item, 0)) for one in payments)
        said = verdict(promised, _sums((*left_items.items(), *came_in)))
        store.release([one.item for one in group], AUTHOR, self._now, said)
        if used:
            store.credit(first.hold, used)
        self._tell(group, promised, said)
        return used

    def _tell(self, group: Sequence[Promised], promised: dict[str, int], said: Verdict) -> None:
        store, first, items = self._unit.qualification, group[0], [one.item for one in group]
        detail = {"amounts": promised, "items": len(items), "until": first.until.isoformat()}
        store.note([Note(customer=first.customer, kind=f"promise-{said}", detail=detail)], AUTHOR, self._now)
        self._unit.audit.record(AUTHOR, "promise-judged", f"customer:{first.customer}", detail | {"verdict": said})


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for currency, amount in pairs:
        sums[currency] = sums.get(currency, 0) + amount
    return sums
