"""What the store promises about a customer's own fields, as a person reads and sets them."""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from relance.core.customers.details import CustomerDetails, Written
from relance.core.kernel.identifiers import CustomerId


class DetailsKept(msgspec.Struct, frozen=True, kw_only=True):
    """The fields as they are, and those that a person set: field to who, when and to what."""

    details: CustomerDetails
    written: dict[str, Written]


class CustomerDetailsStore(Protocol):
    """The own fields of the unit's customers."""

    def of(self, customer: CustomerId) -> DetailsKept:
        """A customer's fields."""
        ...

    def keep(self, customer: CustomerId, details: CustomerDetails, written: Mapping[str, Written]) -> None:
        """Keep all fields, and add to those that a person set."""
        ...

    def imported_fields(self) -> frozenset[str]:
        """The fields that the last import of customers carried: the next one writes them over."""
        ...

    def custom_names(self) -> tuple[str, ...]:
        """The names of the tenant's own fields of customers, as far as any customer has a value."""
        ...
