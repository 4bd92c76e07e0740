"""Rows that sum up others: the words that begin them in many languages, and nothing beside them but numbers."""

import re
import unicodedata
from collections.abc import Sequence

from relance.plugins.importers.shapes import shape_of

_TOTALS = (
    "total totals totale totali totales totais totaux totaal totalt totall subtotal subtotals sous-total subtotaal "
    "eindtotaal grand summe summen zwischensumme gesamtsumme endsumme gesamt gesamtbetrag somme sommes suma soma "
    "summa delsumma slutsumma sum razem ogolem lacznie celkem celkom soucet mezisoucet spolu osszesen mindosszesen "
    "reszosszesen toplam genel yhteensa valisumma ialt ukupno skupaj svega viso kopa pavisam kokku итого всего сумма "
    "общо всичко разом усього укупно συνολο סהכ المجموع الإجمالي اجمالي 合計 総計 小計 总计 合计 小计 總計 總額 "
    "합계 총계 소계 รวม tong jumlah"
)
_BALANCES = (
    "balance balances solde soldes saldo saldi saldos salden bakiye zustatek zostatok egyenleg sold restsaldo endsaldo "
    "anfangssaldo eindsaldo beginsaldo kontostand opening closing ubertrag percent "
    "percentage prozent pourcentage остаток сальдо υπολοιπο 残高 余额 餘額 잔액"
)
_BESIDE = (
    "general generale generaux geral ogolna amount montant betrag amounts eur usd gbp chf pln czk of the for de du des "
    "von der report page ageing aging customer customers client clients debtor debtors cliente clientes kunde "
    "kunden debitoren aged receivable receivables lcy"
)
_FEWER = 2
"""So many cells less than a row a total fills at least that names whose it is: `Total 411DUPONT`."""
_SPACED = re.compile(r"\b[^\W\d_](?: [^\W\d_]){3,}\b")
"""`T O T A L`"""
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def plain(text: str) -> str:
    """Small letters without accents and without the marks that Hebrew puts into abbreviations."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace('"', "").replace("״", ""))
    letters = _SPACED.sub(lambda word: word[0].replace(" ", ""), letters)
    return "".join(char for char in letters if not unicodedata.combining(char))


_FIRST = frozenset(plain(f"{_TOTALS} {_BALANCES}").split())
_ONLY = _FIRST | frozenset(_BESIDE.split())


def is_total(cells: Sequence[str], usual: float) -> bool:
    """One text that begins with such a word, and beside it only numbers: in fewer cells than rows usually fill.

    A star instead of the word is how SAP's lists mark a sum.
    """
    filled = [cell for cell in cells if cell.strip()]
    if not filled or len(filled) > usual:
        return False
    texts = [cell for cell in filled if shape_of(cell) not in ("number", "period", "empty")]
    starred = is_star(filled[0])
    while len(texts) > (not starred) and re.fullmatch("[A-Z]{3}", texts[-1].strip()):
        texts.pop()  # a currency beside the sum
    if starred or len(texts) != 1:
        return starred and not texts and len(filled) > 1
    if not begins_as_total(texts[0]):
        return False
    return all(word in _ONLY for word in _WORDS.findall(plain(texts[0]))) or len(filled) + _FEWER <= usual


def is_star(text: str) -> bool:
    """Whether a cell holds stars and nothing else."""
    return bool(text.strip()) and not text.strip().strip("*")


def begins_as_total(text: str) -> bool:
    """Whether the first word of a text is one for a total or a balance, or such a word stands amid words beside it."""
    words = _WORDS.findall(plain(text))
    if not words or words[0] in _FIRST:
        return bool(words)
    return words[0] in _ONLY and all(word in _ONLY for word in words) and any(word in _FIRST for word in words)


def is_rule(cells: Sequence[str]) -> bool:
    """A line drawn with signs, as lists for paper have them: nothing in it is a letter or a digit."""
    return not any(char.isalnum() for cell in cells for char in cell)


def usual_cells(rows: Sequence[Sequence[str]]) -> float:
    """How many cells a row fills at least where it is no total: three rows in four may be fewer.

    Where rows hold days, those without one are not counted: there may be more names and totals than items.
    """
    rows = [row for row in rows if any(shape_of(cell) == "day" for cell in row)] or rows
    filled = sorted(sum(1 for cell in row if cell.strip()) for row in rows)
    return filled[len(filled) * 3 // 4] if filled else 0
