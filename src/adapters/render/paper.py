"""A letter as finished text: what typst sets, with the window, the paper and the fonts that it takes."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError

from relance.adapters.render.fonts import families
from relance.adapters.render.formats import date_text
from relance.adapters.render.words import words_of
from relance.core.collection.composing import Company, Content
from relance.core.collection.envelopes import address_lines, paper_of, town_line, window_of
from relance.ports.render import LetterDraft

FOLDER = Path(__file__).parent / "templates" / "letter"
_STATEMENT = FOLDER.parent / "statement"
_DOT = " · "


class Sheet(msgspec.Struct, frozen=True):
    """One letter ready to be set. `document` is finished text only; `code` is the customer's number."""

    code: str
    document: dict[str, Any]


def sheet_of(draft: LetterDraft, page: Mapping[str, Any]) -> Sheet:
    """The letter of a filled template."""
    content, language = draft.content, draft.template.language
    company, words = content.company, _words(language)
    return Sheet(
        content.customer_code,
        {
            "lang": language.partition("-")[0],
            "region": company.country or None,
            "fonts": families(language),
            "paper": paper_of(company.country),
            "window": draft.window or window_of(company.country),
            "mark": f"{content.customer_code}{_DOT}{draft.reference}",
            "company": _company(company),
            "address": address_lines(draft.address, draft.country, _abroad(draft.country, company.country)),
            "dated": _dated(content, language, words),
            "facts": _facts(content, draft.reference, words),
            "subject": page["subject"],
            "parts": [_part(part, words) for part in page["parts"]],
            "penalty": page["penalty"],
            "words": {"total": words["total"], "page": words["page"]},
        },
    )


@cache
def _words(language: str) -> dict[str, str]:
    """The words of a letter over those of a message's tables; English where a language has none."""
    for tag in (language, language.partition("-")[0], "en"):
        own, others = FOLDER / f"{tag}.toml", _STATEMENT / f"{tag}.toml"
        if own.is_file() and others.is_file():
            pages = tomllib.loads(others.read_text("utf-8"))["page"]
            return {**words_of(tag), "page": pages, **tomllib.loads(own.read_text("utf-8"))}
    raise FileNotFoundError(FOLDER)


def _company(company: Company) -> dict[str, Any]:
    place = town_line(company.zip, company.city, company.country)
    lines = [line for line in (company.street, place, company.phone) if line]
    account = [company.bank, company.iban and f"IBAN {company.iban}", company.bic and f"BIC {company.bic}"]
    return {
        "name": company.name,
        "lines": lines,
        "line": _DOT.join([company.name, *lines]),
        "back": _DOT.join(filter(None, (company.name, company.street, place))),
        "bank": _DOT.join(filter(None, account)),
    }


@lru_cache(maxsize=1024)
def _abroad(country: str, home: str) -> str:
    """The name of a foreign country as the sender's own post reads it; nothing at home."""
    if not country or not home or country == home:
        return ""
    try:
        return str(Locale.parse(f"und_{home}").territories.get(country, country))
    except (UnknownLocaleError, ValueError):
        return country


def _dated(content: Content, language: str, words: Mapping[str, str]) -> str:
    day, place = date_text(content.today, language, "long"), content.company.city
    return words["dated"].format(place=place, day=day) if place else day


def _facts(content: Content, reference: str, words: Mapping[str, str]) -> list[dict[str, str]]:
    pairs = (
        (words["customer"], content.customer_code),
        (words["reference_ours"], reference),
        (words["contact"], content.collector_name),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def _part(part: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    if part["kind"] == "text":
        return {"kind": "text", "headed": part["headed"], "lines": part["text"].split("\n")}
    if part["kind"] == "bank":
        return {"kind": "bank", "heading": words["bank"], "pairs": part["pairs"]}
    return {"kind": "items", "tables": [_table(table, words) for table in part["tables"]]}


def _table(table: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    between = [words["days_late"]] * bool(table["late"]) + [table["interest"]] * bool(table["interest"])
    return {
        "heading": table["heading"],
        "head": [words["number"], words["issued"], words["due"], *between, table["amount_heading"]],
        "rows": [{"account": line["account"], "cells": _cells(line, table)} for line in table["lines"]],
        "total": table["total"],
        "interest_total": table["interest_total"],
    }


def _cells(line: Mapping[str, str], table: Mapping[str, Any]) -> list[str]:
    number = f"{line['number']} {line['label']}".strip()
    between = [line["late"]] * bool(table["late"]) + [line["interest"]] * bool(table["interest"])
    return [number, line["issued"], line["due"], *between, line["amount"]]
