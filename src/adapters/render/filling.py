"""Fills a template: checked names, plain data, the same words as HTML and as text."""

import re
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup, escape

from relance.adapters.render.formats import date_text, locale_of, money_text
from relance.adapters.render.language import compiled
from relance.adapters.render.layout import html_page
from relance.adapters.render.plain import plain_text
from relance.adapters.render.tables import tables_for
from relance.adapters.render.words import words_of
from relance.core.collection.composing import Content
from relance.core.collection.templates import BLOCKS, Template
from relance.ports.render import Rendered, TemplateBroken

_LONGEST_SUBJECT = 200
_LONGEST_NAME = 1000
"""What a file brings as a name may be anything; a text that says it a thousand times stays small (T7)."""
_MOST_ROWS = 20_000
"""Of all tables of one message: an account may have any number of items, and a text may list them again and again."""
_HEADING = "# "


def rendered(template: Template, content: Content) -> Rendered:
    """A message's words, finished; raises TemplateBroken."""
    if template.is_short:
        return Rendered(subject="", html="", text=short_text(template, content))
    data = page_of(template, content)
    return Rendered(subject=data["subject"], html=html_page(data), text=plain_text(data))


def page_of(template: Template, content: Content) -> dict[str, Any]:
    """The filled template as plain data, for HTML, text and paper; raises TemplateBroken."""
    names = names_of(content, template.language)
    subject = re.sub(r"[ \t\r\n]+", " ", filled(template.subject, names)).strip()[:_LONGEST_SUBJECT]
    parts = _parts(_paragraphs(filled(template.body, names)), content, template.language)
    return _page(subject, parts, content, template.language)


def short_text(template: Template, content: Content) -> str:
    """The words of an SMS: what is written and nothing around it; raises TemplateBroken."""
    check_short(template)
    paragraphs = _paragraphs(filled(template.body, names_of(content, template.language)))
    return "\n\n".join(re.sub(r"[ \t\u00a0\u202f]+", " ", one) for one in paragraphs)


def check_short(template: Template) -> None:
    """An SMS has no tables; raises TemplateBroken where a block stands in a text without a subject."""
    block = next((one for one in BLOCKS if f"[{one}]" in template.body), None) if template.is_short else None
    if block:
        raise TemplateBroken(
            f"body: [{block}] needs a subject above; a text without one is an SMS, which has no blocks"
        )


def filled(source: str, names: dict[str, Any]) -> str:
    """A text with its names filled in; raises TemplateBroken."""
    try:
        return compiled(source).render(names)
    except (TemplateError, TypeError, ValueError, RecursionError) as wrong:
        raise TemplateBroken(f"it cannot be filled in: {wrong}") from wrong


def names_of(content: Content, language: str) -> dict[str, Any]:
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


def _parts(blocks: list[str], content: Content, language: str) -> list[dict[str, Any]]:
    """All blocks of the page that have something to show; raises TemplateBroken where the tables are too long."""
    parts, rows = [], 0
    for block in blocks:
        part = _part(block, content, language)
        if part is None:
            continue
        rows += sum(len(table["lines"]) for table in part.get("tables", ()))
        if rows > _MOST_ROWS:
            raise TemplateBroken(f"the tables of the message have more than {_MOST_ROWS} lines")
        parts.append(part)
    return parts


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
