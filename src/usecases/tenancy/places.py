"""Where a tenant is: its currency, country and zone exist in the world."""

from relance.core.kernel.errors import BadInput
from relance.ports.standards import Standards


def checked_currency(code: str, standards: Standards) -> str:
    """The code itself; raises BadInput."""
    if not standards.is_currency(code):
        raise BadInput(f"currency: {code!r} is no ISO 4217 code in use; write it like EUR")
    return code


def checked_country(code: str, standards: Standards) -> str:
    """The code itself; raises BadInput."""
    if not standards.is_country(code):
        raise BadInput(f"country: {code!r} is no ISO 3166 code; write it like FR (the United Kingdom is GB)")
    return code


def checked_zone(name: str, standards: Standards) -> str:
    """The zone itself; raises BadInput."""
    if not standards.is_zone(name):
        raise BadInput(f"timezone: {name!r} is no time zone; write it like Europe/Paris")
    return name
