"""What people read of the rules that gave a value: the task, its assigner, and what that one said."""

from relance.core.customers.assignment import ATTRIBUTES, author_of
from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.words import words_of

WAYS = {"by-rule": marked("By rule"), "in-turn": marked("In turn"), "by-load": marked("By load")}
REASONS = {
    "by-rule": marked("By rule: %(detail)s"),
    "by-rule-otherwise": marked("By rule: all others"),
    "in-turn": marked("In turn"),
    "by-load": marked("By load, customers before: %(detail)s"),
    "by-load-amount": marked("By load, open before: %(detail)s"),
    "as-it-is": marked("Has one of them already"),
}
"""What the assigners that come with Relance say; others speak for themselves."""
LABELS = (
    marked("Field"),
    marked("country, language, currency, zip, city, state, name, code, or custom.NAME"),
    marked("Rules"),
    marked("One a line, such as FR = what it gives; 75* is all that begins so."),
    marked("Otherwise"),
    marked("What all others get; empty: the next task decides."),
    marked("Among"),
    marked("Where two are equal, the earlier one comes first."),
    marked("Measure"),
    marked("customers"),
    marked("amount"),
    marked("customers: how many they have; amount: how much is open with them."),
)
"""Labels of their settings, which are translated where they are shown."""


def rule_words(by: str) -> str:
    """The author of a value that a rule gave, such as `Task 3 (By rule, country = FR)`; other codes as they are."""
    author = author_of(by)
    if author is None:
        return words_of(by)
    task = gettext("Task %(place)s") % {"place": author.task}
    said = ", ".join(filter(None, (way_words(author.assigner), author.detail)))
    return f"{task} ({said})" if said else task


def way_words(assigner: str) -> str:
    """What an assigner is called: ours in the language of the request, others by their name."""
    attribute, _, way = assigner.partition("-")
    return gettext(WAYS[way]) if attribute in ATTRIBUTES and way in WAYS else assigner


def reason_words(reason: str, detail: str) -> str:
    """Why a value is proposed."""
    if reason in REASONS:
        return gettext(REASONS[reason]) % {"detail": detail}
    return words_of(reason) + (f": {detail}" if detail else "")
