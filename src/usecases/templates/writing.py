"""What the verbs that change a text share."""

from relance.core.collection.templates import Template
from relance.core.kernel.errors import NotFound
from relance.ports.supplied import Supplied
from relance.ports.work import Unit


def supplied_text(supplied: Supplied, code: str, language: str) -> Template | None:
    """The text that came with the installation."""
    return next((one for one in supplied.templates() if (one.code, one.language) == (code, language)), None)


def required_text(unit: Unit, code: str, language: str) -> Template:
    """The draft, else what is published; raises NotFound."""
    draft = unit.templates.draft(code, language)
    text = draft.text if draft else unit.templates.published(code, language)
    if text is None:
        raise NotFound(f"there is no text {code!r} in {language!r}")
    return text
