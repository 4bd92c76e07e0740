"""Publish the draft of a text."""

import msgspec

from relance.core.collection.templates import Template
from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.render import Renderer
from relance.ports.work import Work


class TextPublished(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent from now on, and its number."""

    text: Template
    version: int


class PublishTemplate:
    """From now on messages say it; those that were confirmed before keep their words (T7)."""

    def __init__(self, work: Work, clock: Clock, renderer: Renderer) -> None:
        self._work, self._clock, self._renderer = work, clock, renderer

    def __call__(self, actor: Actor, code: str, language: str) -> TextPublished:
        """The new version; raises NotFound without a draft, TemplateBroken, NotAllowed."""
        require_right(actor, "scenarios")
        with self._work(actor.tenant) as unit:
            draft = unit.templates.draft(code, language)
            if draft is None:
                raise NotFound(f"nothing is drafted for {code!r} in {language!r}")
            self._renderer.check(draft.text)
            version = unit.templates.publish(draft.text, actor.name, self._clock.now())
            told = {"language": language, "version": version}
            unit.audit.record(actor.name, "template-published", f"template:{code}", told)
        return TextPublished(text=draft.text, version=version)
