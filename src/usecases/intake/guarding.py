"""Whether a person must look at an import first: announced figures that do not agree, and the guard of snapshots."""

import msgspec

from relance.core.intake.controls import controls_of, mismatch
from relance.core.intake.guard import Figures, Limits, figures, reason_to_hold
from relance.ports.intake import Checked
from relance.ports.store.intake import Difference
from relance.usecases.intake.preparing import Prepared


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` holds the import; `overridden` would have, but a person with the right insists."""

    reason: str = ""
    message: str = ""
    overridden: str = ""
    guard: Figures | None = None


def judged(ready: Prepared, checked: Checked, difference: Difference) -> Judged:
    """Ask the announced figures, then the guard."""
    told = mismatch(controls_of(ready.plan.options), checked.rows, _accepted(checked, difference))
    reason, guard = "control-sum" if told else "", None
    if ready.request.kind == "items" and ready.request.mode == "stock":
        limits = Limits(
            shrink_percent=ready.settings.number("shrink-limit"),
            shrink_items=ready.settings.number("shrink-items"),
            spike_percent=ready.settings.number("spike-limit"),
        )
        reason = reason or reason_to_hold(difference.move, limits) or ""
        guard = figures(difference.move, limits)
    if ready.request.override_guard:
        return Judged(overridden=reason, message=told, guard=guard)
    return Judged(reason=reason, message=told, guard=guard)


def _accepted(checked: Checked, difference: Difference) -> dict[str, int]:
    return {name: amount - difference.refused.get(name, 0) for name, amount in checked.sums.items()}
