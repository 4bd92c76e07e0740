"""Change a customer's own fields."""

from typing import Any

import msgspec

from relance.core.customers.details import (
    DECISIVE,
    CustomerDetails,
    DetailChanges,
    Written,
    changed,
    differences,
    plain,
    reason_of,
)
from relance.core.kernel.errors import Conflict
from relance.core.tenancy.users import Actor, require_right
from relance.ports.calendars import Calendars
from relance.ports.clock import Clock
from relance.ports.standards import Standards
from relance.ports.store.qualification import Note
from relance.ports.work import Work
from relance.usecases.collection.replanning import Planner
from relance.usecases.tenancy.places import checked_country, checked_currency

_STOPPING = frozenset(("paused_until", "collection_stop", "payment_method"))
"""Fields on which the day's decision hangs (D2, D14)."""


class CustomerEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What to set. `seen`: change only what was shown as this."""

    actor: Actor
    code: str
    changes: DetailChanges
    seen: CustomerDetails | None = None


class CustomerEdited(msgspec.Struct, frozen=True, kw_only=True):
    """Which fields have another value now, all fields, and the currency in which the credit limit counts."""

    changed: dict[str, Any]
    details: CustomerDetails
    currency: str


class EditCustomer:
    """A person's word stands until an import carries the same field; who wrote what, and when, is kept (A5).

    What stops or frees the account's reminders does so at once, as a hold on its items does (D10).
    """

    def __init__(self, work: Work, clock: Clock, standards: Standards, calendars: Calendars, key: bytes) -> None:
        self._work, self._clock, self._standards = work, clock, standards
        self._calendars, self._key = calendars, key

    def __call__(self, request: CustomerEdit) -> CustomerEdited:
        """The fields that changed with their new values; raises BadInput, NotFound, Conflict, NotAllowed."""
        actor = request.actor
        require_right(actor, "qualify")
        own = actor.user if actor.own_only else None
        with self._work(actor.tenant) as unit:
            unit.day.lock()
            customer = unit.customer_file.card(request.code, own).customer
            before = unit.customer_details.of(customer).details
            if request.seen is not None and request.seen != before:
                raise Conflict("this customer changed meanwhile; look at it again")
            currency = unit.tenancy.tenant().currency
            after = changed(before, request.changes, currency)
            self._check_codes(before, after)
            new = {name: plain(value) for name, value in differences(before, after).items()}
            if new:
                at = self._clock.now()
                written = {name: Written(by=actor.name, at=at, value=value) for name, value in new.items()}
                unit.customer_details.keep(customer, after, written)
                told = {name: value for name, value in new.items() if name in DECISIVE}
                detail = {"fields": sorted(new), "after": told}
                unit.audit.record(actor.name, "customer-changed", f"customer:{customer}", detail)
            if "paused_until" in new and after.paused_until:
                said = {"until": after.paused_until.isoformat(), "comment": reason_of(request.changes)}
                note = Note(customer=customer, kind="pause", detail=said)
                unit.qualification.note([note], actor.name, self._clock.now())
            if not _STOPPING.isdisjoint(new):
                today = self._clock.today(unit.tenancy.tenant().timezone)
                Planner(unit, today, self._calendars, self._key).replan([customer], actor.name)
        return CustomerEdited(changed=new, details=after, currency=after.currency or currency)

    def _check_codes(self, before: CustomerDetails, after: CustomerDetails) -> None:
        if after.country and after.country != before.country:
            checked_country(after.country, self._standards)
        if after.currency and after.currency != before.currency:
            checked_currency(after.currency, self._standards)
