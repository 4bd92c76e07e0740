"""All that is rendered: the words of messages, their documents, and letters."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec
import typst
from babel import UnknownLocaleError

from relance.adapters.render.filling import check_short, filled, names_of, page_of, rendered
from relance.adapters.render.formats import locale_of
from relance.adapters.render.language import check_blocks, compiled
from relance.adapters.render.paper import Sheet, sheet_of
from relance.adapters.render.printing import printed
from relance.adapters.render.statement import TypstStatements
from relance.core.collection.composing import Company, Content, Mailbox
from relance.core.collection.samples import sample_content
from relance.core.collection.templates import Template
from relance.core.insight.statements import Statement
from relance.ports.render import LetterDraft, Rendered, TemplateBroken


class JinjaRenderer:
    """Templates are Jinja's, cut down to names and conditions; paragraphs such as `[items]` are blocks."""

    def render(self, template: Template, content: Content) -> Rendered:
        """Fill one template in its own language; raises TemplateBroken."""
        return rendered(template, content)

    def render_all(self, wanted: Sequence[tuple[Template, Content]]) -> list[Rendered | TemplateBroken]:
        """Many, one after the other."""
        return [_rendered_or_broken(template, content) for template, content in wanted]

    def drafted(self, template: Template, content: Content) -> Template:
        """The text to start from: names and conditions filled in, the total left to what is open when it leaves."""
        names = names_of(content, template.language) | {"total": "{{ total }}"}
        subject = re.sub(r"[ \t\r\n]+", " ", filled(template.subject, names)).strip()
        return Template(template.code, template.language, subject, filled(template.body, names))

    def statement(self, statement: Statement, language: str) -> bytes:
        """A statement of account as a PDF."""
        try:
            return TypstStatements().pdf(statement, language)
        except typst.TypstError as wrong:
            raise TemplateBroken(f"the statement cannot be printed: {wrong}") from wrong

    def letters(self, drafts: Sequence[LetterDraft]) -> list[bytes | None]:
        """Letters as PDFs; a text that cannot be filled in spoils its own letter only."""
        return printed([_sheet(draft) for draft in drafts])

    def check(self, template: Template) -> None:
        """Raise TemplateBroken unless the template can be rendered."""
        if not template.body.strip():
            raise TemplateBroken("body: nothing is written in it")
        for part, source in (("subject", template.subject), ("body", template.body)):
            try:
                compiled(source)
                check_blocks(source if part == "body" else "")
                check_short(template)
                for names in _trials():
                    filled(source, names)
            except TemplateBroken as broken:
                raise TemplateBroken(f"{part}, {broken.detail}") from broken
        try:
            locale_of(template.language)
        except (UnknownLocaleError, ValueError) as wrong:
            raise TemplateBroken(f"language: a BCP 47 tag such as de or pt-BR, not {template.language!r}") from wrong


def _rendered_or_broken(template: Template, content: Content) -> Rendered | TemplateBroken:
    try:
        return rendered(template, content)
    except TemplateBroken as broken:
        return broken


def _sheet(draft: LetterDraft) -> Sheet | None:
    try:
        return sheet_of(draft, page_of(draft.template, draft.content))
    except TemplateBroken:
        return None


@cache
def _trials() -> tuple[dict[str, Any], ...]:
    """Names as they may be, to find what only shows when it is filled in, such as a text compared with a number."""
    rated = sample_content(Company(name="x", penalty_rate="10"), Mailbox("x", "x@x.example"), "EUR", date(2026, 1, 31))
    one = msgspec.structs.replace(rated, company=Company(name="x"), lines=rated.lines[:1])
    return names_of(rated, "en"), names_of(one, "en")
