"""What an import says besides its reason: in the screen's language where we have words for it, else in English."""

import re
from typing import NamedTuple

from relance.core.intake.reports import Reject
from relance.http.i18n.speech import gettext, marked, spoken
from relance.http.pages.import_refusals import REFUSALS
from relance.http.pages.import_words import reject_words

_DETAILS = (
    (r"^these columns are customers", marked("They look like customers.")),
    (r"^these columns are contacts", marked("They look like contacts of customers.")),
    (r"^these columns are payments", marked("They look like payments.")),
    (r"^these columns are users", marked("They look like users.")),
    (r"^these columns are items", marked("They look like open items.")),
    (r"protected by a password", marked("It is protected by a password: save it without one.")),
    (r"cut off or damaged|is damaged|is cut off", marked("It is cut off or damaged: save it or export it again.")),
    (r"a header .*no rows|no rows below", marked("It has a header and no rows below it.")),
    (r"no sheet .*holds a table|holds no table", marked("No sheet has a row of names with rows below it.")),
    (r"has no sheet", marked("The workbook has no sheet of this name.")),
    (r"file is empty", marked("It is empty.")),
    (r"more than \d+ (?:rows|lines)", marked("It is too long: cut it into several files.")),
    (r"larger than \d+ MB|unpacks to", marked("It is too large: export the list as CSV.")),
    (r"at most \d+ are read", marked("The table has more columns than are read.")),
    (r"Excel 4 or older", marked("It is of a very old Excel: open it and save it as .xlsx.")),
    (r"NUL bytes", marked("It is no text: export it again as CSV.")),
)
"""Sentences of importers, by what tells them."""


class Detail(NamedTuple):
    """A sentence behind the reason; `foreign` where it is in English on a screen of another language."""

    text: str = ""
    foreign: bool = False


def detail_of(reason: str, message: str) -> Detail:
    """What follows the reason: nothing where its words in the screen's language say all of it."""
    if spoken() == "en" or not message:
        return Detail(message)
    found = next((words for pattern, words in _DETAILS if re.search(pattern, message)), "")
    if found:
        return Detail(gettext(found))
    return Detail() if reason in REFUSALS else Detail(message, foreign=True)


def reject_sentence(row: Reject) -> str:
    """What is wrong with a row and what to do, for a file that a person works through."""
    title, advice = reject_words(row.code)
    return row.message if spoken() == "en" or title == row.code else f"{title}. {advice}".removesuffix(" ")
