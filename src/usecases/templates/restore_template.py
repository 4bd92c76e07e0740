"""Restore an earlier version of a text, or the supplied one, as a draft."""

import msgspec

from relance.core.collection.templates import Template, TextDraft
from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor, require_right
from relance.ports.clock import Clock
from relance.ports.supplied import Supplied
from relance.ports.work import Unit, Work
from relance.usecases.templates.writing import supplied_text


class TextToRestore(msgspec.Struct, frozen=True, kw_only=True):
    """Which version; 0 is the supplied text as it is now."""

    actor: Actor
    code: str
    language: str
    version: int


class RestoreTemplate:
    """What was said before comes back to be read and published again."""

    def __init__(self, work: Work, clock: Clock, supplied: Supplied) -> None:
        self._work, self._clock, self._supplied = work, clock, supplied

    def __call__(self, request: TextToRestore) -> TextDraft:
        """The draft; raises NotFound, NotAllowed."""
        require_right(request.actor, "scenarios")
        with self._work(request.actor.tenant) as unit:
            draft = TextDraft(text=self._text(unit, request), author=request.actor.name, at=self._clock.now())
            unit.templates.save_draft(draft)
            told = {"language": request.language, "version": request.version}
            unit.audit.record(request.actor.name, "template-restored", f"template:{request.code}", told)
        return draft

    def _text(self, unit: Unit, request: TextToRestore) -> Template:
        code, language = request.code, request.language
        if request.version == 0:
            text = supplied_text(self._supplied, code, language)
        else:
            kept = unit.templates.versions(code, language)
            was = next((one for one in kept if one.version == request.version), None)
            text = Template(code, language, was.subject, was.body) if was else None
        if text is None:
            raise NotFound(f"there is no version {request.version} of {code!r} in {language!r}")
        return text
