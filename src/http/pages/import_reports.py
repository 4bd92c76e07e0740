"""A report as pages show it: rejected rows by kind, shares, what a person must type to override a guard."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import msgspec

from relance.core.intake.reports import ImportReport, Reject
from relance.core.kernel.money import from_text
from relance.core.tenancy.users import Right
from relance.http.addresses import query
from relance.http.i18n.formats import money
from relance.http.i18n.speech import gettext, marked
from relance.http.pages import import_words
from relance.http.pages.import_details import detail_of, reject_sentence
from relance.http.pages.import_notes import note_words
from relance.http.pages.item_words import TYPES
from relance.ports.export import Column, Sheet

GUARDED = ("would-settle-too-much", "moves-too-much", "unreadable-rows", "control-sum")
_SHOWN, _WORDS = 50, 12


class Fix(msgspec.Struct, frozen=True):
    """Where a person can put rows right: a place below the tenant or on this page, in words, and who may."""

    place: str
    words: str
    needs: Right = "import"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Rejected rows of one kind; `rows` are the first of them."""

    code: str
    title: str
    advice: str
    count: int
    rows: Sequence[Reject]
    fix: Fix | None = None
    words: tuple[str, ...] = ()
    """Of unknown types: each can be told right there."""


_FIXES = {
    "bad-date": Fix("#read-as", marked("Change how dates are read")),
    "far-date": Fix("#read-as", marked("Change how dates are read")),
    "bad-amount": Fix("#read-as", marked("Change how amounts are read")),
    "unknown-customer": Fix("/imports", marked("Import the customers")),
    "unknown-collector": Fix("/settings/users", marked("See the users"), "settings"),
    "unknown-scenario": Fix("/scenarios", marked("See the scenarios"), "scenarios"),
}


def faults(report: ImportReport) -> list[Fault]:
    """The kinds of rejected rows, the most frequent first."""
    by_code = sorted(report.rejected, key=lambda row: (row.code, row.line))
    found = [_fault(code, list(rows)) for code, rows in groupby(by_code, key=lambda row: row.code)]
    return sorted(found, key=lambda fault: -fault.count)


def settled_share(report: ImportReport) -> int | None:
    """Which percent of the source's open items would be settled by absence."""
    if report.guard is not None and report.settled:
        return report.guard.settled_percent
    before = report.settled + report.unchanged + report.changed + report.kept
    return report.settled * 100 // before if report.settled and before else None


def must_type(report: ImportReport) -> int:
    """What a person types to say that they have seen what a guard holds: the items settled, else the rows."""
    return report.settled or report.accepted


def rejects_sheet(report: ImportReport) -> Sheet:
    """The rejected rows, for a file."""
    heads = (gettext("Line"), gettext("Column"), gettext("Value"), gettext("Code"), gettext("What is wrong"))
    return Sheet(
        name=gettext("Rejected rows"),
        columns=tuple(Column(head, "number" if place == 0 else "text") for place, head in enumerate(heads)),
        rows=[(row.line, row.column, row.value, row.code, reject_sentence(row)) for row in report.rejected],
    )


def _fault(code: str, rows: list[Reject]) -> Fault:
    title, advice = import_words.reject_words(code)
    words = tuple(dict.fromkeys(row.value for row in rows))[:_WORDS] if code == "unknown-type" else ()
    fix = _FIXES.get(code)
    return Fault(code=code, title=title, advice=advice, count=len(rows), rows=rows[:_SHOWN], fix=fix, words=words)


WORDS: dict[str, Any] = {
    "kinds": import_words.KINDS,
    "states": import_words.STATES,
    "reasons": import_words.REASONS,
    "field_words": import_words.field_words,
    "query": query,
    "sum_words": lambda text, currency: money(from_text(text, currency), currency) if text else "",
    "faults": faults,
    "guarded": GUARDED,
    "settled_share": settled_share,
    "must_type": must_type,
    "phases": import_words.PHASES,
    "note_words": note_words,
    "detail_of": detail_of,
    "types": TYPES,
}
