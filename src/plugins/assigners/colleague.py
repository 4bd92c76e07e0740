"""Colleagues: by rule, in turn, by load (S0.19)."""

from relance.plugins import Assigner, hookimpl
from relance.plugins.assigners.by_load import ByLoad
from relance.plugins.assigners.by_rule import ByRule
from relance.plugins.assigners.in_turn import InTurn

api = 1


@hookimpl
def provide_assigners() -> list[Assigner]:
    """Three ways."""
    return [ByRule("colleague"), InTurn("colleague"), ByLoad("colleague")]
