"""What the supplied steps are called, and why an action is there, in sentences."""

from relance.http.i18n.speech import gettext, marked

_STEPS = {
    "courtesy-note": marked("Courtesy note"),
    "first-reminder": marked("First reminder"),
    "second-reminder": marked("Second reminder"),
    "third-reminder": marked("Third reminder"),
    "sms-reminder": marked("Short reminder by SMS"),
    "call": marked("Call"),
    "formal-notice": marked("Formal notice"),
    "specific": marked("Specific action"),
}


def step_name(code: str) -> str:
    """A step's name; a step of one's own is called as its code says."""
    if code in _STEPS:
        return gettext(_STEPS[code])
    return code.replace("-", " ").capitalize()
