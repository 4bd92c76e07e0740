"""A step as the fields of a form, and back."""

from typing import Any, get_args

from relance.core.collection.kinds import carries, is_message
from relance.core.collection.scenarios import Automation, Scenario, Step, StepKind
from relance.core.kernel.errors import BadInput
from relance.http.dependencies import Fields

BEFORE, AFTER, LAST = "before", "after", "last"


def filled(step: Step | None) -> dict[str, Any]:
    """What the form of a step shows; None: of a new one."""
    if step is None:
        new = {"days": "10", "when": AFTER, "kind": "email", "template": "", "automation": "to-confirm", "only_if": ""}
        return new | {
            "code": "",
            "cc": (),
            "attach": (),
            "registered": False,
            "done_by": "collector",
            "listed_by": "",
            "days_ahead": "",
        }
    counted = BEFORE if step.day < 0 else AFTER
    return {
        "days": str(abs(step.day) if step.after_last is None else step.after_last),
        "when": counted if step.after_last is None else LAST,
        "kind": step.kind,
        "template": step.template,
        "automation": step.automation,
        "only_if": step.only_if,
        "code": step.code,
        "cc": step.cc,
        "attach": step.attach,
        "registered": step.registered,
        "done_by": step.done_by,
        "listed_by": step.listed_by or "",
        "days_ahead": str(step.days_ahead or ""),
    }


def typed(fields: Fields) -> dict[str, Any]:
    """What was typed, to be shown again."""
    names = ("days", "when", "kind", "template", "automation", "only_if", "code", "done_by", "listed_by", "days_ahead")
    ticked = {name: tuple(fields.texts(name)) for name in ("cc", "attach")}
    return {name: fields.text(name) for name in names} | ticked | {"registered": bool(fields.text("registered"))}


def step_of(given: dict[str, Any], scenario: Scenario, place: int | None) -> Step:
    """The step of the fields; raises BadInput for what is no number or no choice."""
    days, kind = _whole("day", given["days"]), _one_of(given["kind"], get_args(StepKind))
    after_last = days if given["when"] == LAST else None
    before = scenario.steps[place - 2 if place else -1].day if scenario.steps else 0
    wanted = _one_of(given["automation"], get_args(Automation))
    by_itself: Automation = "to-confirm" if wanted == "manual" else wanted
    return Step(
        code=given["code"] or given["template"],
        day=before + days if after_last is not None else -days if given["when"] == BEFORE else days,
        kind=kind,
        template=given["template"],
        automation=by_itself if is_message(kind) else "manual",
        done_by=given["done_by"] if not is_message(kind) else "collector",
        listed_by=given["listed_by"] or None,
        days_ahead=_whole("days ahead", given["days_ahead"]) if given["days_ahead"] else 0,
        cc=given["cc"] if is_message(kind) and carries(kind).copies else (),
        attach=given["attach"] if is_message(kind) and carries(kind).encloses else (),
        registered=given["registered"] and kind == "letter",
        after_last=after_last,
        only_if=given["only_if"],
    )


def name_of(fields: Fields, before: dict[str, str]) -> dict[str, str]:
    """The names in English and French; those in other languages stay."""
    wanted = before | {tag: fields.text(f"name-{tag}") for tag in ("en", "fr")}
    return {tag: name for tag, name in wanted.items() if name}


def _whole(label: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise BadInput(f"{label}: {text!r} is not a whole number of days")
    return int(text)


def _one_of(text: str, choices: tuple[Any, ...]) -> Any:
    if text not in choices:
        raise BadInput(f"{text!r} is not one of {', '.join(choices)}")
    return text
