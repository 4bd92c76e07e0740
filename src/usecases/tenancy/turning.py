"""Letting visibility follow the day: deputies begin and end by themselves (B16)."""

from datetime import date

from relance.ports.work import Unit


def turn_deputies(unit: Unit, today: date) -> None:
    """Begin and end what the day says, and note it."""
    for number, runs in unit.deputies.turn(today):
        unit.audit.record("system", "deputy-began" if runs else "deputy-ended", f"deputy:{number}")
