"""Check every text of a tenant, published and drafted."""

from collections.abc import Sequence

import msgspec

from relance.core.collection.templates import Template
from relance.core.tenancy.users import Actor, require_right
from relance.ports.render import Renderer, TemplateBroken
from relance.ports.work import Unit, Work


class TextChecked(msgspec.Struct, frozen=True, kw_only=True):
    """One text; `problem` is empty where it can be sent, else it names the line and what is allowed."""

    code: str
    language: str
    draft: bool
    problem: str = ""


class CheckTemplates:
    """Whether what is sent could be sent, also after an update that allows less."""

    def __init__(self, work: Work, renderer: Renderer) -> None:
        self._work, self._renderer = work, renderer

    def __call__(self, actor: Actor) -> list[TextChecked]:
        """By code and language; raises NotAllowed."""
        require_right(actor, "scenarios")
        with self._work.reading(actor.tenant) as unit:
            texts = [found for line in unit.templates.lines() for found in _texts(unit, line.code, line.language)]
        return [self._checked(text, draft) for text, draft in texts]

    def of(self, texts: Sequence[Template]) -> list[TextChecked]:
        """The same for words that no tenant has yet."""
        return [self._checked(text, False) for text in texts]

    def _checked(self, text: Template, draft: bool) -> TextChecked:
        return TextChecked(code=text.code, language=text.language, draft=draft, problem=self._problem(text))

    def _problem(self, text: Template) -> str:
        try:
            self._renderer.check(text)
        except TemplateBroken as broken:
            return broken.detail
        return ""


def _texts(unit: Unit, code: str, language: str) -> list[tuple[Template, bool]]:
    published, draft = unit.templates.published(code, language), unit.templates.draft(code, language)
    found = [(published, False)] if published else []
    return [*found, (draft.text, True)] if draft else found
