"""What is wrong with a scenario, step by step; a draft may have faults, a published version has none."""

import re
from collections.abc import Collection, Iterator

import msgspec

from relance.core.collection.enclosing import DOCUMENTS
from relance.core.collection.kinds import carries, is_message
from relance.core.collection.scenarios import Scenario, Step
from relance.core.customers.search_language import parse
from relance.core.kernel.errors import BadInput
from relance.core.tenancy.settings import parse_amounts
from relance.core.tenancy.users import ROLES

LONGEST_NAME, MOST_STEPS = 80, 40
FIRST_DAY, LAST_DAY, MOST_AHEAD = -90, 1095, 90
COPIES = ("collector", "colleagues", *(role for role in ROLES if role != "collector"))
"""Who may get a copy: the collector, every colleague of the customer, or those of one role (S0.4)."""
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that stops a publication: the step's number (0: the scenario itself), its field, and a code."""

    step: int
    field: str
    code: str
    value: str = ""


class ScenarioFaulty(BadInput):
    """A scenario that cannot be published as it is; the detail names every fault."""

    code = "scenario-faulty"


def require_sound(scenario: Scenario, templates: Collection[str], short: Collection[str] = ()) -> None:
    """Raise ScenarioFaulty with every fault."""
    found = faults(scenario, templates, short)
    if found:
        raise ScenarioFaulty("; ".join(_said(scenario, fault) for fault in found))


def _said(scenario: Scenario, fault: Fault) -> str:
    where = f"step {fault.step} ({scenario.step(fault.step).code})" if fault.step else "the scenario"
    return f"{where}: {fault.field}: {fault.code} {fault.value}".rstrip()


def is_code(text: str) -> bool:
    """Whether the text can be a scenario's or a step's code."""
    return _CODE.fullmatch(text) is not None


def faults(scenario: Scenario, templates: Collection[str], short: Collection[str] = ()) -> list[Fault]:
    """Everything that is wrong, in the order of the steps.

    `templates` are the codes of texts that exist, `short` of those that are texts of SMS.
    """
    found = list(_of_whole(scenario))
    for number, step in enumerate(scenario.steps, 1):
        before = scenario.steps[: number - 1]
        found += [
            Fault(step=number, field=field, code=code, value=value)
            for field, code, value in (*_of_step(step, templates, short), *_of_order(step, before))
        ]
    return found


def _of_whole(scenario: Scenario) -> Iterator[Fault]:
    if not is_code(scenario.code):
        yield Fault(step=0, field="code", code="no-code", value=scenario.code)
    names = scenario.name.values()
    if not scenario.name.get("en") or any(not name.strip() or len(name) > LONGEST_NAME for name in names):
        yield Fault(step=0, field="name", code="no-name")
    for field, amounts in (("minimum", scenario.minimum), ("ignore", scenario.ignore)):
        if not _are_amounts(amounts):
            yield Fault(step=0, field=field, code="no-amounts", value=amounts)
    if len(scenario.steps) > MOST_STEPS:
        yield Fault(step=0, field="steps", code="too-many-steps", value=str(MOST_STEPS))


def _of_step(step: Step, templates: Collection[str], short: Collection[str]) -> Iterator[tuple[str, str, str]]:
    if not is_code(step.code):
        yield "code", "no-code", step.code
    if not FIRST_DAY <= step.day <= LAST_DAY:
        yield "day", "day-out-of-range", str(step.day)
    if step.template not in templates:
        yield "template", "no-such-template", step.template
    elif is_message(step.kind) and (step.template in short) == carries(step.kind).subject:
        yield "template", "text-of-another-channel", step.template
    if (step.automation == "manual") == is_message(step.kind):
        yield "automation", "not-for-this-channel", step.automation
    if not 0 <= step.days_ahead <= MOST_AHEAD or (step.days_ahead and step.day >= 0):
        yield "days-ahead", "only-before-due", str(step.days_ahead)
    for copy in step.cc:
        if copy not in COPIES:
            yield "cc", "no-such-copy", copy
    if step.cc and is_message(step.kind) and not carries(step.kind).copies:
        yield "cc", "not-for-this-channel", step.cc[0]
    yield from _of_documents(step)
    if step.done_by not in COPIES:
        yield "done-by", "no-such-copy", step.done_by
    if fault := _of_condition(step.only_if):
        yield "only-if", "no-search", fault


def _of_documents(step: Step) -> Iterator[tuple[str, str, str]]:
    for document in step.attach:
        if document not in DOCUMENTS:
            yield "attach", "no-such-document", document
    if step.attach and not (is_message(step.kind) and carries(step.kind).encloses):
        yield "attach", "only-with-emails", step.attach[0]
    if step.registered and step.kind != "letter":
        yield "registered", "only-letters", step.kind


def _of_order(step: Step, before: tuple[Step, ...]) -> Iterator[tuple[str, str, str]]:
    codes = {other.code for other in before}
    if step.code in codes:
        yield "code", "code-taken", step.code
    if step.listed_by and step.listed_by not in codes:
        yield "listed-by", "no-earlier-step", step.listed_by
    if step.after_last is not None and (not before or step.after_last < 1 or step.day < 0):
        yield "day", "nothing-before", str(step.after_last)
    elif any(other.day >= step.day for other in before):
        yield "day", "same-day", str(step.day)


def _are_amounts(text: str) -> bool:
    try:
        return all(amount >= 0 for amount in parse_amounts(text).values())
    except BadInput:
        return False


def _of_condition(text: str) -> str:
    """What is wrong with the search, in the words of the search language."""
    try:
        parse(text)
    except BadInput as refused:
        return refused.detail
    return ""
