"""The language of the request that is being answered, and gettext in it."""

from contextvars import ContextVar

from relance.core.tenancy.languages import SCREEN_LANGUAGES
from relance.http.i18n.catalogs import catalog

_language: ContextVar[str] = ContextVar("language", default="en")


def speak(language: str) -> None:
    """Use a language from here on in this request."""
    _language.set(language)


def spoken() -> str:
    """The language of this request."""
    return _language.get()


def wanted(accept_language: str) -> str | None:
    """The first of our languages that an Accept-Language header asks for, heaviest first."""
    asked = []
    for position, part in enumerate(accept_language.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        asked.append((-_weight(weight), position, tag.strip().lower()))
    for _, _, tag in sorted(asked):
        for language in SCREEN_LANGUAGES:
            if tag == language or tag.startswith(language + "-"):
                return language
    return None


def gettext(message: str) -> str:
    """The message in the request's language."""
    return catalog(spoken()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for a count."""
    return catalog(spoken()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """The message, told apart by its context."""
    return catalog(spoken()).pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """The message for a count, told apart by its context."""
    return catalog(spoken()).npgettext(context, one, many, count)


def marked(message: str) -> str:
    """The message itself: marks text for the catalog where it is only translated later."""
    return message


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
