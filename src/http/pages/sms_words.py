"""How long an SMS is, in words: what it costs is counted in parts."""

from relance.core.collection.segments import segments
from relance.http.i18n.speech import gettext, ngettext
from relance.ports.render import Rendered


def parts_words(text: str) -> str:
    """The parts that a text travels in, and why there are so many."""
    found = segments(text.strip())
    parts = ngettext("%(num)d part", "%(num)d parts", found.parts) % {"num": found.parts}
    said = {"parts": parts, "places": found.places}
    if found.alphabet == "gsm-7":
        return gettext("SMS in %(parts)s, %(places)d signs.") % said
    return gettext("SMS in %(parts)s, %(places)d signs, some of which only Unicode has: 70 fit into one part.") % said


def headed(rendered: Rendered) -> str:
    """What stands above a preview: the subject, or the length of an SMS."""
    return rendered.subject or parts_words(rendered.text)
