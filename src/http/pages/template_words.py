"""What texts, the names in them and their blocks are called, and what became of a test."""

from typing import Any

from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.steps import step_name
from relance.http.i18n.words import words_of

_TEXTS = {
    "call-script": marked("Call script"),
    "statement": marked("Statement of account"),
    "specific-reminder": marked("Specific: reminder"),
    "specific-dispute": marked("Specific: dispute"),
    "specific-other": marked("Specific: anything else"),
}
NAMES = {
    "customer.name": marked("Customer name"),
    "customer.code": marked("Customer code"),
    "contact.name": marked("Contact name"),
    "total": marked("Total asked for"),
    "count": marked("Number of items"),
    "oldest_due": marked("Oldest due date"),
    "last_due": marked("Latest due date"),
    "days_late": marked("Days late"),
    "days_late_form": marked("Plural form of the days late"),
    "penalty_rate": marked("Rate of late interest"),
    "today": marked("Date of today"),
    "collector.name": marked("Collector name"),
    "collector.email": marked("Collector address"),
    "company.name": marked("Our company: name"),
    "company.city": marked("Our company: city"),
    "company.country": marked("Our company: country"),
    "company.phone": marked("Our company: phone"),
}
"""Every name that a text can use, in the order of its use."""
BLOCKS = {
    "items": marked("Table: items of this message"),
    "items-interest": marked("Table: the same with late interest"),
    "overdue": marked("Table: all that is overdue"),
    "overdue-interest": marked("Table: all overdue with late interest"),
    "not-due": marked("Table: what falls due later"),
    "also-due": marked("Table: what is also due"),
    "interest": marked("Table: late interest alone"),
    "bank": marked("Bank details"),
}
"""Every block that a paragraph can be."""
CONDITIONS = (
    (marked("If there is one item"), "{% if count == 1 %}…{% else %}…{% endif %}"),
    (marked("If a rate is set"), "{% if penalty_rate %}…{% endif %}"),
    (marked("If our country is"), '{% if company.country == "FR" %}…{% endif %}'),
)
TERMS = {
    "invoice": marked("invoice"),
    "due-date": marked("due date"),
    "overdue": marked("overdue"),
    "reminder": marked("reminder"),
    "formal-notice": marked("formal notice"),
    "amount": marked("amount"),
    "account": marked("customer account"),
}


def text_name(code: str) -> str:
    """A text's name; one of the tenant's own is called as its code says."""
    return gettext(_TEXTS[code]) if code in _TEXTS else step_name(code)


def trial_words(sent: bool, to: str, reason: str) -> str:
    """What became of a test."""
    if sent:
        return gettext("The test was sent to %(address)s.") % {"address": to}
    why = words_of(reason) if reason else gettext("The relay did not take it")
    return gettext("The test was not sent: %(why)s.") % {"why": why}


def terms() -> dict[str, Any]:
    """What the templates of these pages need."""
    return {
        "names": NAMES,
        "blocks": BLOCKS,
        "conditions": CONDITIONS,
        "term_words": TERMS,
        "text_name": text_name,
    }
