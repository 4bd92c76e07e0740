"""Draft a text: keep it while it is written; nothing is sent from a draft."""

import msgspec

from relance.core.collection.templates import Template, TextDraft, checked_template_code, fingerprint
from relance.core.kernel.errors import Conflict
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.work import Unit, Work


class TextToDraft(msgspec.Struct, frozen=True, kw_only=True):
    """The words. `seen`: the fingerprint of the words that were changed; empty: whatever is there."""

    actor: Actor
    text: Template
    seen: str = ""


class DraftTemplate:
    """Refuses what could not be sent, saying the line and what is allowed, so that a draft can be published."""

    def __init__(self, work: Work, clock: Clock, renderer: Renderer) -> None:
        self._work, self._clock, self._renderer = work, clock, renderer

    def __call__(self, request: TextToDraft) -> TextDraft:
        """The draft; raises TemplateBroken, BadInput, Conflict where the words changed meanwhile, NotAllowed."""
        require_right(request.actor, "scenarios")
        text = request.text
        checked_template_code(text.code)
        self._renderer.check(text)
        with self._work(request.actor.tenant) as unit:
            _require_unmoved(unit, request)
            draft = TextDraft(text=text, author=request.actor.name, at=self._clock.now())
            unit.templates.save_draft(draft)
            unit.audit.record(
                request.actor.name, "template-drafted", f"template:{text.code}", {"language": text.language}
            )
        return draft


def _require_unmoved(unit: Unit, request: TextToDraft) -> None:
    text = request.text
    draft = unit.templates.draft(text.code, text.language)
    now = draft.text if draft else unit.templates.published(text.code, text.language)
    if request.seen and now is not None and fingerprint(now) != request.seen:
        raise Conflict("somebody changed this text meanwhile: load it again")
