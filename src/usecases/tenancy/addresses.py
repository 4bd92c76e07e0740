"""What confirming an address means: reminders may come from it (A15)."""

import msgspec

from relance.core.tenancy.users import User
from relance.ports.work import Unit


def confirm_address(unit: Unit, user: User) -> None:
    """The person has read what was mailed to this address."""
    if user.address_confirmed:
        return
    unit.tenancy.save_user(msgspec.structs.replace(user, address_confirmed=True))
    unit.audit.record(user.email, "address-confirmed", f"user:{user.user}", {"email": user.email})
