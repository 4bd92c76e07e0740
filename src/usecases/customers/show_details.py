"""Show a customer's own fields to change them."""

import msgspec

from relance.core.customers.details import CustomerDetails, Written
from relance.core.tenancy.users import Actor, require_right
from relance.ports.work import Work

ASSIGNED = frozenset(("collector", "scenario", "groups", "colleagues"))


class DetailsShown(msgspec.Struct, frozen=True, kw_only=True):
    """The fields, who set which, which ones the last import of customers carried, and the tenant's own fields."""

    details: CustomerDetails
    written: dict[str, Written]
    imported: frozenset[str]
    custom_names: tuple[str, ...]
    currency: str
    """The currency in which the credit limit counts."""
    locked: frozenset[str]
    """Collector, scenario, groups, colleagues: what a person chose of these, neither files nor rules replace."""


class ShowDetails:
    """What is known of a customer, and what the next import would write over (A5)."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, actor: Actor, code: str, reading: bool = False) -> DetailsShown:
        """The fields; raises NotFound, NotAllowed. `reading`: also of a customer whose task was given (S3.15)."""
        require_right(actor, "see")
        with self._work.reading(actor.tenant) as unit:
            card = unit.customer_file.card(code, actor.user if actor.own_only else None, reading)
            kept, settings = unit.customer_details.of(card.customer), unit.tenancy.settings()
            open_to = settings.several("imports-override") | settings.several("rules-override")
            return DetailsShown(
                details=kept.details,
                written=kept.written,
                imported=unit.customer_details.imported_fields(),
                custom_names=unit.customer_details.custom_names(),
                currency=kept.details.currency or unit.tenancy.tenant().currency,
                locked=ASSIGNED - open_to,
            )
