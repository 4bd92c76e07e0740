"""Why something is guessed or refused: the public codes of intake in words."""

from relance.core.intake.understanding import ColumnGuess
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.import_refusals import REFUSALS

SURE = 80
"""From here on a guess needs no second look."""
_WHY = {
    "profile": marked("remembered from before"),
    "own-name": marked("it bears the field's name"),
    "given": marked("chosen by you"),
    "several-columns": marked("another column fits as well"),
    "only-amount": marked("the only amount in the file"),
    "amounts-by-age": marked("each row is one document: all its ages together are what is open"),
    "running-balance": marked("it adds up the amounts from row to row"),
    "second-number": marked("it holds a number where the other column is empty"),
    "beside-name": marked("it stands beside the customer's name"),
    "currency-with-amount": marked("it stands with the amounts"),
    "all-days-read": marked("all dates can be read so"),
    "amounts-agree": marked("all amounts can be read so"),
    "numbers-as-floats": marked("numbers that went through a spreadsheet"),
    "known-word": marked("a word that we know"),
    "known-words": marked("all its words are types of documents"),
    "paid-rows-are-settled": marked("only some rows have a payment date"),
    "terms-of-the-customer": marked("the file has no due date"),
    "header-found": marked("the first row that looks like names of columns"),
    "even-cells": marked("it gives every row the same number of cells"),
    "byte-order-mark": marked("the file begins with its mark"),
    "only-ascii": marked("no letter beyond ASCII so far"),
    "valid-utf-8": marked("every letter fits"),
    "plausible-words": marked("its words then read like words"),
    "two-bytes-each": marked("every letter takes two bytes"),
    "escape-sequences": marked("its letters are written so in Japan"),
    "no-encoding": marked("in none the words read like words"),
    "lost-characters": marked("letters were lost before the file came here"),
    "below-titles": marked("the lines above are titles"),
    "first-row": marked("the first row holds names"),
    "sheet-named": marked("its name says it"),
    "only-sheet": marked("the only sheet with a table"),
    "looks-like-items": marked("the sheet with dates, amounts and names, row by row"),
    "several-sheets": marked("other sheets hold tables too"),
    "quotes": marked("cells stand between these quotes"),
    "days-and-amounts": marked("the list with the most dates, and amounts"),
    "sep-line": marked("the file says so in its first line"),
}


_BY_NAME = {
    "day": marked("its name, and its values are dates"),
    "amount": marked("its name, and its values are amounts"),
    "currency": marked("its name, and its values are currencies"),
}


def column_words(guess: ColumnGuess, sort: str) -> str:
    """Why a column seems to fill its field; `sort` is what the field's cells must hold."""
    if guess.others:
        return gettext("check: or “%(others)s”?") % {"others": ", ".join(guess.others[:2])}
    if guess.code != "by-name":
        return why_words(guess.code, guess.why)
    if sort in _BY_NAME:
        return gettext(_BY_NAME[sort])
    return gettext("its name says it") if guess.confidence >= SURE else gettext("its name, but check")


def why_words(code: str, otherwise: str = "") -> str:
    """Why something is guessed; what has no words of ours says its own."""
    return gettext(_WHY[code]) if code in _WHY else otherwise


def refusal_words(code: str, otherwise: str = "") -> str:
    """Why a file can be no import of this kind; nothing where it can."""
    return gettext(REFUSALS[code]) if code in REFUSALS else otherwise
