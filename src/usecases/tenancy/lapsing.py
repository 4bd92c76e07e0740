"""What ends by itself when a day begins."""

from datetime import datetime

from relance.ports.work import Unit


def end_invitations(unit: Unit, now: datetime) -> None:
    """Who was invited and set no password in time is inactive from here on, and counts as no collector (A1, B17)."""
    gone = unit.tenancy.end_invitations(now)
    rows = [(f"user:{user}", {"active": False, "reason": "no-password"}) for user in gone]
    unit.audit.record_many("system", "user-changed", rows)
