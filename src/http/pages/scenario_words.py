"""Words of the scenario editor: when a step comes, what is wrong with it, what changed."""

from typing import Any

from relance.core.collection.comparing import Change, Difference
from relance.core.collection.kinds import KINDS
from relance.core.collection.scenario_checks import Fault
from relance.core.collection.scenarios import Scenario, Step
from relance.http.i18n.speech import gettext, marked, ngettext, spoken
from relance.http.i18n.steps import step_name
from relance.http.i18n.words import words_of

STEP_KINDS = KINDS
AUTOMATION = {
    "automatic": marked("leaves by itself"),
    "to-confirm": marked("leaves when confirmed"),
    "manual": marked("done by a person"),
}
FIELDS = {
    "name": marked("Name"),
    "day": marked("Day"),
    "after_last": marked("Days after the last action"),
    "kind": marked("Channel"),
    "template": marked("Text"),
    "automation": marked("Sending"),
    "cc": marked("Copies"),
    "attach": marked("Attached"),
    "registered": marked("Registered letter"),
    "done_by": marked("Done by"),
    "listed_by": marked("Only items listed by"),
    "days_ahead": marked("Days of coming dues"),
    "only_if": marked("Only if"),
    "code": marked("Code"),
    "per_invoice": marked("One message for each invoice"),
    "jump": marked("Begin at the step of the lateness"),
    "customer_zone": marked("Windows of the customer's country"),
    "minimum": marked("Least amount"),
    "ignore": marked("Small items"),
}
COPIES = {
    "collector": marked("The collector"),
    "colleagues": marked("Every colleague of the customer"),
    "administrator": marked("Colleagues who are administrators"),
    "manager": marked("Colleagues who are managers"),
    "colleague": marked("Colleagues with the role colleague"),
    "viewer": marked("Colleagues who are viewers"),
}
DOCUMENTS = {
    "statement": marked("The statement of account"),
    "statement-interest": marked("The statement of account with late interest"),
    "copies": marked("Copies of the invoices that it lists"),
}
_FAULTS = {
    "no-code": marked("A code has 1 to 40 small letters, digits and hyphens."),
    "no-name": marked("Give an English name of at most 80 characters."),
    "no-amounts": marked("Write amounts by currency, like EUR=150.00, USD=200."),
    "too-many-steps": marked("A scenario has at most 40 steps."),
    "day-out-of-range": marked("The day is between 90 before and 1095 after the due date."),
    "no-such-template": marked("Choose a text that exists."),
    "text-of-another-channel": marked("Choose a text of this channel: that of an SMS has no subject, others have one."),
    "not-for-this-channel": marked(
        "Emails leave by themselves or when confirmed; calls and tasks are done by a person."
    ),
    "only-before-due": marked("Coming dues, at most 90 days of them, are listed only before the due date."),
    "no-such-copy": marked("There is nobody of this role to choose."),
    "no-such-document": marked("Choose documents from the list."),
    "only-with-emails": marked("Only emails take documents along."),
    "only-letters": marked("Only letters go as registered mail."),
    "no-search": marked("The condition cannot be read:"),
    "code-taken": marked("Another step has this code."),
    "no-earlier-step": marked("Choose a step that comes before this one."),
    "nothing-before": marked("Only a step after the due date that follows another can be dated from the last action."),
    "same-day": marked("Another step comes on this day, or later: each step has a day of its own."),
}


def when(step: Step) -> str:
    """The step's day in words."""
    if step.after_last is not None:
        num = step.after_last
        return ngettext("%(num)s day after the last action", "%(num)s days after the last action", num) % {"num": num}
    if step.day == 0:
        return gettext("on the due date")
    num = abs(step.day)
    if step.day < 0:
        return ngettext("%(num)s day before due", "%(num)s days before due", num) % {"num": num}
    return ngettext("%(num)s day late", "%(num)s days late", num) % {"num": num}


def named(scenario: Scenario) -> str:
    """The scenario's name in the reader's language."""
    return scenario.name.get(spoken()) or scenario.name.get("en", scenario.code)


def fault_words(fault: Fault) -> str:
    """What to do about a fault."""
    words = gettext(_FAULTS[fault.code])
    return f"{words} {fault.value}" if fault.code == "no-search" else words


def difference_words(one: Difference) -> str:
    """One difference as a sentence."""
    name = step_name(one.step) if one.step else gettext("The scenario")
    if one.what == "added":
        return gettext("%(name)s: new") % {"name": name}
    if one.what == "removed":
        return gettext("%(name)s: taken away") % {"name": name}
    return f"{name}: " + "; ".join(map(_change, one.changes))


def _change(one: Change) -> str:
    label = gettext(FIELDS[one.field])
    return f"{label} {_value(one.before)} → {_value(one.after)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value in ("", ()):
        return gettext("none")
    if isinstance(value, dict):
        return ", ".join(value.values())
    if isinstance(value, tuple | list):
        return ", ".join(gettext((COPIES | DOCUMENTS).get(str(one), str(one))) for one in value)
    return words_of(str(value)) if isinstance(value, str) else str(value)
