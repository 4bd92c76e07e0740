"""Draft a text: keep it while it is written; nothing is sent from a draft."""

import msgspec

from relance.core.collection.templates import Template, TextDraft, checked_template_code
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.work import Work


class TextToDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The words."""

    actor: Actor
    text: Template


class DraftTemplate:
    """Refuses what could not be sent, saying the line and what is allowed, so that a draft can be published."""

    def __init__(self, work: Work, clock: Clock, renderer: Renderer) -> None:
        self._work, self._clock, self._renderer = work, clock, renderer

    def __call__(self, request: TextToDraft) -> TextDraft:
        """The draft; raises TemplateBroken, BadInput, NotAllowed."""
        require_right(request.actor, "scenarios")
        text = request.text
        checked_template_code(text.code)
        self._renderer.check(text)
        with self._work(request.actor.tenant) as unit:
            draft = TextDraft(text=text, author=request.actor.name, at=self._clock.now())
            unit.templates.save_draft(draft)
            unit.audit.record(
                request.actor.name, "template-drafted", f"template:{text.code}", {"language": text.language}
            )
        return draft
