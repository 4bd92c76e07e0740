"""Words of the feed in ours: types, roles, countries and languages by name, days and amounts in one style."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale

_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009 '\u2019"))
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{3}){2,}[+-]?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = (
    re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2})[- ](?P<m>[a-z]{3})[a-z]*[- ](?P<y>\d{4}|\d{2})", re.ASCII | re.IGNORECASE),
)
_NO_DAY = re.compile(r"[0/.\- ]*")
_TYPES = {
    "invoice": ("invoice", "inv", "bill", "facture", "fac", "fa", "rechnung", "factura", "fattura", "fatura", "debit"),
    "credit-note": ("credit note", "credit", "cn", "avoir", "av", "gutschrift", "abono", "nota di credito"),
    "payment": ("payment", "pay", "receipt", "paiement", "reglement", "zahlung", "pago", "pagamento"),
    "miscellaneous": ("miscellaneous", "misc", "other", "od", "divers", "various"),
    "draft": ("draft", "draft in transit", "bill of exchange", "traite", "effet", "lcr"),
    "down-payment-request": ("down payment request", "down payment", "deposit request", "acompte", "proforma"),
}
_TYPE_OF = {word: name for name, words in _TYPES.items() for word in (*words, name.replace("-", " "))}
_ROLES = {
    **dict.fromkeys(("administrator", "admin", "administrateur"), "administrator"),
    **dict.fromkeys(("manager", "responsable", "credit manager"), "manager"),
    **dict.fromkeys(("collector", "recouvreur", "credit collector"), "collector"),
    **dict.fromkeys(("viewer", "guest", "reader", "invite"), "viewer"),
}
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "pl", "sv", "da", "fi", "cs", "ro", "hu", "tr")


def type_of(text: str) -> str:
    """One of our types, or the word as it is: the tenant's own table may know it."""
    return _TYPE_OF.get(re.sub(r"[\s_\-]+", " ", text.strip().lower()), text)


def role_of(text: str) -> str:
    """One of our roles; every other role sees its own customers, as a colleague does."""
    return _ROLES.get(text.strip().lower(), "colleague") if text.strip() else ""


def country_of(text: str) -> str:
    """The code of a country that may be named; what no language knows stays as it is."""
    bare = text.strip()
    return bare if len(bare) == 2 else _territories().get(bare.casefold(), text)


def language_of(text: str) -> str:
    """The code of a language that may be named."""
    bare = text.strip()
    return bare if len(bare.replace("_", "-").partition("-")[0]) == 2 else _languages().get(bare.casefold(), text)


def day_of(text: str) -> str:
    """A date of the feed's five styles as ISO 8601, without a time; zeros mean none."""
    bare = text.strip()
    if _NO_DAY.fullmatch(bare):
        return ""
    for pattern in _DAYS:
        found = pattern.match(bare)
        if found and not bare[found.end() : found.end() + 1].isalnum():
            return _iso(found["y"], found["m"], found["d"]) or text
    return text


def styles_of(texts: Iterable[str]) -> dict[str, str]:
    """What `.` and `,` mean wherever a file leaves no doubt: before decimals, or between thousands."""
    seen: dict[str, set[str]] = {}
    for text in texts:
        bare = text.translate(_SPACES)
        for mark, meaning in _meanings(bare):
            seen.setdefault(mark, set()).add(meaning)
    return {mark: meanings.pop() for mark, meanings in seen.items() if len(meanings) == 1}


def amount_of(text: str, styles: dict[str, str]) -> str:
    """The amount with a decimal point and nothing between thousands; what stays doubtful keeps a comma."""
    bare = text.strip().translate(_SPACES)
    marks = [mark for mark in ".," if mark in bare]
    meanings = dict(_meanings(bare))
    if len(marks) == 1 and not meanings:
        meaning = styles.get(marks[0]) or ("decimal" if marks == ["."] and styles.get(",") != "decimal" else None)
        if meaning is None:
            return bare.replace(marks[0], ",")
        meanings = {marks[0]: meaning}
    for mark, meaning in meanings.items():
        bare = bare.replace(mark, "" if meaning == "thousands" else mark)
    return bare.replace(",", ".") if meanings else bare


def _meanings(bare: str) -> list[tuple[str, str]]:
    """Marks of one amount whose meaning it shows itself."""
    marks = [mark for mark in ".," if mark in bare]
    if len(marks) == 2:
        last = max(marks, key=bare.rindex)
        other = "," if last == "." else "."
        return [(last, "decimal"), (other, "thousands")] if bare.count(last) == 1 else []
    if len(marks) == 1 and _GROUPED.fullmatch(bare):
        return [(marks[0], "thousands")]
    if len(marks) == 1 and bare.count(marks[0]) == 1 and not re.search(r"[.,][0-9]{3}[+-]?$", bare):
        return [(marks[0], "decimal")]
    return []


def _iso(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1 if month.lower() in _MONTHS else 0
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    try:
        return date(full, number, int(day)).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def _territories() -> dict[str, str]:
    by_name: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2:
                by_name.setdefault(name.casefold(), code)
    return by_name


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    by_name: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).languages.items():
            if len(code) == 2:
                by_name.setdefault(name.casefold(), code)
    return by_name
