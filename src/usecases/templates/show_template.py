"""Show one text in one language: what is sent, what is being written, what was."""

import msgspec

from relance.core.collection.templates import Template, TextDraft, TextVersion, checked_template_code
from relance.core.tenancy.users import Actor, require_right
from relance.ports.supplied import Supplied
from relance.ports.work import Work
from relance.usecases.templates.writing import supplied_text


class TemplateShown(msgspec.Struct, frozen=True, kw_only=True):
    """All about it. `languages` are those in which the text is published or drafted, for a copy."""

    code: str
    language: str
    published: Template | None
    draft: TextDraft | None
    versions: list[TextVersion]
    supplied: Template | None
    glossary: dict[str, list[str]]
    languages: tuple[str, ...]

    @property
    def text(self) -> Template:
        """What an editor begins with: the draft, what is published, what is supplied, an empty page."""
        if self.draft:
            return self.draft.text
        return self.published or self.supplied or Template(self.code, self.language, "", "")


class ShowTemplate:
    """The text, its versions and the supplied one beside it."""

    def __init__(self, work: Work, supplied: Supplied) -> None:
        self._work, self._supplied = work, supplied

    def __call__(self, actor: Actor, code: str, language: str) -> TemplateShown:
        """The text, also one that is not written yet; raises BadInput for what cannot be a code, NotAllowed."""
        require_right(actor, "scenarios")
        checked_template_code(code)
        with self._work.reading(actor.tenant) as unit:
            return TemplateShown(
                code=code,
                language=language,
                published=unit.templates.published(code, language),
                draft=unit.templates.draft(code, language),
                versions=unit.templates.versions(code, language),
                supplied=supplied_text(self._supplied, code, language),
                glossary=self._supplied.glossary().get(language, {}),
                languages=tuple(line.language for line in unit.templates.lines() if line.code == code),
            )
