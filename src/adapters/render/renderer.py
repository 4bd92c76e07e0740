"""Fills a template: checked names, plain data, the same words as HTML and as text."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec
from babel import UnknownLocaleError
from jinja2 import TemplateError
from markupsafe import Markup, escape

from relance.adapters.render.formats import date_text, locale_of, money_text
from relance.adapters.render.language import check_blocks, compiled
from relance.adapters.render.layout import html_page
from relance.adapters.render.paper import Sheet, sheet_of
from relance.adapters.render.plain import plain_text
from relance.adapters.render.printing import printed
from relance.adapters.render.statement import TypstStatements
from relance.adapters.render.tables import tables_for
from relance.adapters.render.words import words_of
from relance.core.collection.composing import Company, Content, Mailbox
from relance.core.collection.samples import sample_content
from relance.core.collection.templates import BLOCKS, Template
from relance.core.insight.statements import Statement
from relance.ports.render import LetterDraft, Rendered, TemplateBroken

_LONGEST_SUBJECT = 200
_LONGEST_NAME = 1000
"""What a file brings as a name may be anything; a text that says it a thousand times stays small (T7)."""
_HEADING = "# "


class JinjaRenderer:
    """Templates are Jinja's, cut down to names and conditions; paragraphs such as `[items]` are blocks."""

    def render(self, template: Template, content: Content) -> Rendered:
        """Fill one template in its own language; raises TemplateBroken."""
        if template.is_short:
            return Rendered(subject="", html="", text=short_text(template, content))
        data = page_of(template, content)
        return Rendered(subject=data["subject"], html=html_page(data), text=plain_text(data))

    def drafted(self, template: Template, content: Content) -> Template:
        """The text to start from: names and conditions filled in, the total left to what is open when it leaves."""
        names = _names(content, template.language) | {"total": "{{ total }}"}
        subject = re.sub(r"[ \t\r\n]+", " ", _fill(template.subject, names)).strip()
        return Template(template.code, template.language, subject, _fill(template.body, names))

    def statement(self, statement: Statement, language: str) -> bytes:
        """A statement of account as a PDF."""
        return TypstStatements().pdf(statement, language)

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
                _check_short(template)
                for names in _trials():
                    _fill(source, names)
            except TemplateBroken as broken:
                raise TemplateBroken(f"{part}, {broken.detail}") from broken
        try:
            locale_of(template.language)
        except (UnknownLocaleError, ValueError) as wrong:
            raise TemplateBroken(f"language: a BCP 47 tag such as de or pt-BR, not {template.language!r}") from wrong


def page_of(template: Template, content: Content) -> dict[str, Any]:
    """The filled template as plain data, for HTML, text and paper; raises TemplateBroken."""
    names = _names(content, template.language)
    subject = re.sub(r"[ \t\r\n]+", " ", _fill(template.subject, names)).strip()[:_LONGEST_SUBJECT]
    parts = [_part(block, content, template.language) for block in _paragraphs(_fill(template.body, names))]
    return _page(subject, [part for part in parts if part], content, template.language)


def short_text(template: Template, content: Content) -> str:
    """The words of an SMS: what is written and nothing around it; raises TemplateBroken."""
    _check_short(template)
    paragraphs = _paragraphs(_fill(template.body, _names(content, template.language)))
    return "\n\n".join(re.sub(r"[ \t\u00a0\u202f]+", " ", one) for one in paragraphs)


def _check_short(template: Template) -> None:
    """An SMS has no tables; raises TemplateBroken where a block stands in a text without a subject."""
    block = next((one for one in BLOCKS if f"[{one}]" in template.body), None) if template.is_short else None
    if block:
        raise TemplateBroken(
            f"body: [{block}] needs a subject above; a text without one is an SMS, which has no blocks"
        )


def _sheet(draft: LetterDraft) -> Sheet | None:
    try:
        return sheet_of(draft, page_of(draft.template, draft.content))
    except TemplateBroken:
        return None


def _fill(source: str, names: dict[str, Any]) -> str:
    try:
        return compiled(source).render(names)
    except (TemplateError, TypeError, ValueError, RecursionError) as wrong:
        raise TemplateBroken(f"it cannot be filled in: {wrong}") from wrong


@cache
def _trials() -> tuple[dict[str, Any], ...]:
    """Names as they may be, to find what only shows when it is filled in, such as a text compared with a number."""
    rated = sample_content(Company(name="x", penalty_rate="10"), Mailbox("x", "x@x.example"), "EUR", date(2026, 1, 31))
    one = msgspec.structs.replace(rated, company=Company(name="x"), lines=rated.lines[:1])
    return _names(rated, "en"), _names(one, "en")


def _names(content: Content, language: str) -> dict[str, Any]:
    """What a template can say, as text and whole numbers only; see `language.NAMES`."""
    company, asked = content.company, [line for line in content.lines if line.open_amount > 0]
    dues = [line.due_on for line in asked] or [content.today]
    late = max((line.days_late for line in asked), default=0)
    return {
        "company": {
            "name": company.name,
            "country": company.country,
            "city": company.city,
            "phone": company.phone,
        },
        "customer": {"code": content.customer_code, "name": content.customer_name[:_LONGEST_NAME]},
        "contact": {"name": content.contact_name[:_LONGEST_NAME]},
        "collector": {"name": content.collector_name, "email": content.collector_email},
        "count": len(asked),
        "total": total_text(content.amounts, language),
        "oldest_due": date_text(min(dues), language, "long"),
        "last_due": date_text(max(dues), language, "long"),
        "days_late": late,
        "days_late_form": locale_of(language).plural_form(late),
        "penalty_rate": _rate(company.penalty_rate, language),
        "today": date_text(content.today, language, "long"),
    }


def total_text(amounts: dict[str, int], language: str) -> str:
    """The net of each currency, joined by words and never added."""
    texts = [money_text(minor, currency, language) for currency, minor in amounts.items()]
    if len(texts) < 2:
        return "".join(texts)
    return ", ".join(texts[:-1]) + words_of(language)["and"] + texts[-1]


def _paragraphs(body: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n[ \t]*\n", body.replace("\r\n", "\n")) if block.strip()]


def _part(block: str, content: Content, language: str) -> dict[str, Any] | None:
    """One block of the page; None for one that has nothing to show."""
    if block == "[bank]":
        return _bank(content, language)
    name = block[1:-1] if block.startswith("[") and block.endswith("]") else ""
    if name not in BLOCKS:
        return _words(block)
    tables = tables_for(name, content, language)
    return {"kind": "items", "tables": tables} if tables else None


def _words(block: str) -> dict[str, Any]:
    """A paragraph; where it begins with a `#`, its first line is a heading."""
    is_headed, lines = block.startswith(_HEADING), block.removeprefix(_HEADING).split("\n")
    first = Markup("<strong>{}</strong>").format(lines[0]) if is_headed else escape(lines[0])
    html = Markup("<br>").join([first, *map(escape, lines[1:])])
    return {"kind": "text", "headed": is_headed, "text": "\n".join(lines), "html": html}


def _bank(content: Content, language: str) -> dict[str, Any] | None:
    words, company = words_of(language), content.company
    if not company.iban:
        return None
    pairs = [
        {"key": words["iban"], "value": company.iban},
        {"key": words["bic"], "value": company.bic},
        {"key": words["reference"], "value": content.customer_code},
    ]
    return {"kind": "bank", "pairs": [pair for pair in pairs if pair["value"]]}


def _page(subject: str, parts: list[dict[str, Any]], content: Content, language: str) -> dict[str, Any]:
    words, company = words_of(language), content.company
    rate = _rate(company.penalty_rate, language)
    place = " ".join(filter(None, (company.zip, company.city)))
    address = ", ".join(filter(None, (company.name, company.street, place, company.phone)))
    return {
        "lang": language,
        "subject": subject,
        "preheader": next((part["text"] for part in parts[1:] if part["kind"] == "text"), ""),
        "company": {"name": company.name, "bank": company.bank, "address": address},
        "words": words,
        "parts": parts,
        "penalty": words["penalty"].format(rate=rate) if rate else "",
    }


def _rate(rate: str, language: str) -> str:
    """The rate as set, with the language's own decimal mark."""
    return rate.replace(".", locale_of(language).number_symbols["latn"]["decimal"]) if rate else ""
