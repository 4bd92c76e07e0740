"""What a report notes beside the counts, in words: rows that are none, values that are odd, people made known."""

import re

from relance.core.intake.reports import Note
from relance.http.i18n.formats import count
from relance.http.i18n.speech import gettext, marked
from relance.http.i18n.words import words_of

_WORDS = {
    "leading-zeros": marked("Codes that differ from another only in leading zeros: %(count)s."),
    "no-claims": marked("Drafts and void documents, taken as settled: %(count)s."),
    "already-settled": marked("Rows with nothing open, taken as settled: %(count)s."),
    "second-numbers": marked("Numbers taken from a second column, where the first is empty: %(count)s."),
    "numbers-made": marked("Payments without a number, known by their day and amount: %(count)s."),
    "reopened": marked("Settled items that are open again: %(count)s."),
    "columns-gone": marked("Columns that are gone: %(count)s."),
    "columns-new": marked("Columns that are new: %(count)s."),
    "columns-renamed": marked("Columns with another name now: %(count)s."),
    "totals-skipped": marked("Rows of totals, left out: %(count)s."),
    "footer-skipped": marked("Lines below the table, left out: %(count)s."),
    "headers-skipped": marked("Headers repeated between the rows, left out: %(count)s."),
    "group-headings": marked("Names that stand above their rows, and are no rows: %(count)s."),
    "rules-skipped": marked("Lines of dashes, left out: %(count)s."),
    "other-sheets": marked("One sheet was read; others may hold items too."),
    "error-cells": marked("Cells with an error of the spreadsheet: %(count)s."),
    "formulas-without-values": marked("Formulas saved without their values: %(count)s."),
    "debits-left-out": marked("Movements out of the account, left out: %(count)s."),
    "reversals-left-out": marked("Reversed movements, left out: %(count)s."),
    "balance-mismatch": marked("Statements whose movements do not lead to their closing balance: %(count)s."),
    "other-accounts-left-out": marked("Bookings on accounts that are no customers', left out: %(count)s."),
    "suppliers-left-out": marked("Suppliers, left out: %(count)s."),
    "bookings-without-settlement": marked(
        "Bookings of a period, %(count)s: what was settled since is not in the file."
    ),
    "debit-and-credit-differ": marked("The debits and credits of the file do not agree."),
    "bad-mobile": marked("Mobile numbers that nobody can dial, kept as written: %(count)s."),
    "new-users": marked("New users, who cannot sign in until somebody invites them: %(count)s."),
    "role-limited": marked("Users who came as administrators and are colleagues for now: %(count)s."),
    "needs-administrator": marked("Users left as they were, because only an administrator may change them: %(count)s."),
    "not-undoable": marked("This import cannot be undone."),
    "unknown-collector": marked("Collectors whom nobody knows, left out: %(count)s."),
    "unknown-contact-role": marked("Roles of contacts that are none of ours, left out: %(count)s."),
    "unknown-colleague": marked("Colleagues whom nobody knows: %(count)s."),
    "released": marked("Customers who left a group or a colleague: %(count)s."),
}

_ON_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)


def note_words(note: Note) -> str:
    """The note with its cases; a code that is not known stays as it is."""
    words = gettext(_WORDS[note.code]) if note.code in _WORDS else words_of(note.code) + ": %(count)s."
    said = words % {"count": count(note.count)}
    return f"{said} {', '.join(map(_example, note.examples))}".strip()


def _example(text: str) -> str:
    """A case that begins with the line on which it stands, in the screen's language."""
    found = _ON_LINE.match(text)
    return gettext("line %(line)s: %(text)s") % {"line": found[1], "text": found[2]} if found else text
