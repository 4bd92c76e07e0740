"""What the page of Search & Assign says: names instead of addresses and codes, and what a run comes to."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec

from relance.core.customers.assigner_settings import in_lines
from relance.core.customers.assignment import ATTRIBUTES, BY_RULE, Attribute
from relance.core.customers.search import EVERYTHING, Search
from relance.core.customers.search_language import written
from relance.http.i18n.rules import reason_words, way_words
from relance.http.i18n.searches import Known, search_words
from relance.http.i18n.speech import gettext, marked, spoken
from relance.usecases.customers.assigning import AssignedRow
from relance.usecases.customers.run_tasks import TasksRun
from relance.usecases.customers.show_assignment import AssignmentShown

TITLES: dict[Attribute, str] = {
    "collector": marked("Collector"),
    "scenario": marked("Scenario"),
    "group": marked("Groups"),
    "colleague": marked("Colleagues"),
}
RULES: dict[Attribute, str] = {
    "collector": marked("Every customer has one collector. The first task that finds a customer wins."),
    "scenario": marked("Every customer follows one scenario. The first task that finds a customer wins."),
    "group": marked("A customer can be in several groups. Every task that finds a customer adds its group."),
    "colleague": marked("Several colleagues can be associated. Every task that finds a customer adds its colleague."),
}
EMPTY: dict[Attribute, str] = {"collector": "collector is empty", "scenario": "scenario is empty"}
"""Whoever has none, in the search language."""
MOST_SHOWN = 100


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One attribute's share of a run; `where` finds those that still have nothing."""

    attribute: Attribute
    assigned: list[AssignedRow]
    removed: list[AssignedRow]
    kept: list[AssignedRow]
    without: int
    where: str = ""


def parts_of(run: TasksRun) -> list[Part]:
    """The run by attribute; attributes to which nothing happens are left out."""
    parts = [
        Part(
            attribute=attribute,
            assigned=_of(attribute, run.assigned),
            removed=_of(attribute, run.removed),
            kept=_of(attribute, run.kept),
            without=sum(one.attribute == attribute for one in run.unassigned),
            where=EMPTY.get(attribute, ""),
        )
        for attribute in ATTRIBUTES
    ]
    return [part for part in parts if part.assigned or part.removed or part.kept or part.without]


def _known(shown: AssignmentShown) -> Known:
    """What people call scenarios and each other."""
    scenarios = {("scenario", code): name.get(spoken(), name.get("en", code)) for code, name in shown.scenarios.items()}
    people = {(role, user.email): user.name for user in shown.users for role in ("collector", "colleague")}
    return scenarios | people


def _in_words(known: Known, search: Search) -> str:
    return search_words(search, known) if search != EVERYTHING else ""


def words(shown: AssignmentShown) -> dict[str, Any]:
    """What the templates call."""
    return {
        "titles": TITLES,
        "rules": RULES,
        "name_of": namer(shown),
        "why": _why,
        "way_words": way_words,
        "in_lines": in_lines,
        "written": written,
        "in_words": partial(_in_words, _known(shown)),
        "scenarios": scenario_names(shown),
        "most": MOST_SHOWN,
    }


def namer(shown: AssignmentShown) -> Callable[[Attribute, str], str]:
    """A value as people call it: a person's or a scenario's name."""
    people = {user.email.lower(): user.name for user in shown.users}
    scenarios = scenario_names(shown)

    def name_of(attribute: Attribute, value: str) -> str:
        if attribute == "scenario":
            return scenarios.get(value, value)
        return value if attribute == "group" else people.get(value.lower(), value)

    return name_of


def scenario_names(shown: AssignmentShown) -> dict[str, str]:
    """Code to name in the language of the request."""
    return {code: name.get(spoken(), name.get("en", code)) for code, name in shown.scenarios.items()}


def _of(attribute: Attribute, rows: Sequence[AssignedRow]) -> list[AssignedRow]:
    return [row for row in rows if row.attribute == attribute]


def _why(row: AssignedRow) -> str:
    """Which task, and what its assigner says."""
    said = reason_words(row.reason, row.detail) if row.reason != BY_RULE else ""
    task = gettext("Task %(place)s") % {"place": row.task} if row.task else ""
    return ", ".join(filter(None, (task, said)))
