"""Lists for paper, customer by customer: a few lines say whose the rows below are, then the header comes again."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from relance.plugins import TYPED
from relance.plugins.importers.shapes import shape_of
from relance.plugins.importers.sums import day_places, is_day
from relance.plugins.importers.totals import is_rule, plain

_WHOSE_WORDS = """
    a/c, a/c ref, account, account no, account number, account code, customer, customer no, customer number,
    customer code, customer id, client, client no, client code, debtor, debtor no, debitor, debitornr, debitorennummer,
    kunde, kundennr, kunden-nr, kundennummer, konto, code client, no client, n° client, compte, compte client,
    compte tiers, code tiers, tiers, cliente, cod. cliente, cód. cliente, código cliente, codice cliente,
    codigo do cliente, klant, klantnr, klantcode, debiteur, debiteurnr, debiteurnummer, kontrahent, kod kontrahenta,
    kund, kundnr, kundenr, kupac, sifra kupca, cari kodu, cari kod, müşteri kodu, 客户, 客户编码, 客户代码, 得意先,
    得意先コード
"""
_WHOSE = frozenset(plain(label).strip() for label in _WHOSE_WORDS.split(","))
"""Labels that stand before a customer's code."""
_NAMED = frozenset(
    plain(label)
    for label in ("name", "nom", "nombre", "nome", "naam", "namn", "navn", "nazwa", "naziv", "nume", "raison sociale")
)
_LABEL = r"[^\W\d_][^\d:|;\t]{0,24}?[^\W\d_.]?\.?"
_PAIR = re.compile(rf"({_LABEL})(?: *: *| {{2,}})(\S.*)")
_LONE = re.compile(rf"({_LABEL}) ?:?")
_LONGEST = 400
"""A line that says whose the rows are has no more characters."""
GAP = re.compile(r"\S+(?: \S+)*")
"""Words with one blank between them; more than one part columns."""
UNIT = "\x1f"
"""Parts cells that are given one by one: nothing is quoted then."""
_LOOKED_AT = 600
_ABOVE = 60
_COLUMNS = 3


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """How such a list is written. Without a delimiter its columns end at `cuts`; `labels` are columns of their own.

    Between `gutters` every row is blank.
    """

    delimiter: str
    header_line: int
    header: tuple[str, ...]
    labels: tuple[str, ...]
    days: tuple[int, ...]
    cuts: tuple[int, ...] = ()
    gutters: tuple[tuple[int, int], ...] = ()

    def cells(self, line: str) -> list[str]:
        """The cells of a line, without blanks around them."""
        if self.delimiter:
            return split(line, self.delimiter)
        edges = (0, *self.cuts, max(len(line), 1))
        return [line[start:end].strip() for start, end in pairwise(edges)]

    def parts_a_word(self, line: str) -> bool:
        """Whether a column ends amid a word of this line: the line does not keep to the widths."""
        if self.gutters:
            return any(line[start:end].strip() for start, end in self.gutters)
        return any(not line[cut - 1 : cut + 1].count(" ") and cut < len(line) for cut in self.cuts)


def paper_in(text: str, delimiter: str = "", header_line: int = 0) -> Paper | None:
    """The list that this text begins; None for what is an ordinary table. Without a delimiter the header is sought."""
    if header_line == 1:
        return None
    lines = text.split("\n", _LOOKED_AT)[:_LOOKED_AT]
    whose = next((place for place, line in enumerate(lines[:_ABOVE]) if _tells_whose(line, delimiter)), -1)
    if whose < 0:
        return None
    place = header_line - 1 if delimiter else header_below(lines, whose)
    if place <= whose or _any_below(lines, place, whose, delimiter):
        return None
    header = split(lines[place], delimiter) if delimiter else GAP.findall(lines[place])
    found = Paper(delimiter=delimiter, header_line=place + 1, header=tuple(header), labels=(), days=())
    if not delimiter:
        found = msgspec.structs.replace(found, cuts=cuts_of(lines, place))
    rows = [cells for line in lines[place + 1 :] if len(cells := found.cells(line)) >= len(header) - 1]
    days = day_places([row for row in rows if any(map(is_day, row))])
    told = [pair for line in lines[whose:] for pair in pairs(line, delimiter)]
    labels = dict.fromkeys(label for label, _ in told)
    if not days or len(header) < _COLUMNS or not _of_customers(told):
        return None
    return msgspec.structs.replace(found, days=days, labels=tuple(label for label in labels if label not in header))


def split(line: str, delimiter: str) -> list[str]:
    """The cells of one line; a frame of delimiters around it counts for nothing."""
    if delimiter == "|" and line.strip().startswith("|"):
        line = line.strip().strip("|")
    cells = line.split(UNIT) if delimiter == UNIT else next(csv.reader((line,), delimiter=delimiter), [])
    return [cell.strip() for cell in cells]


def pairs(line: str, delimiter: str) -> Iterator[tuple[str, str]]:
    """Labels and what stands behind them: `Debitor   1000123`, or `A/C:,ABC001,Name:,ABC Ltd`."""
    if len(line) > _LONGEST:
        return
    cells = [cell for cell in split(line, delimiter) if cell] if delimiter and delimiter in line else [line.strip()]
    if len(cells) == 1:
        found = _PAIR.fullmatch(cells[0])
        if found:
            yield found[1], found[2]
    elif cells and (len(cells) == 2 or cells[0].endswith(":")):
        for label, value in pairwise(cells):
            known = _LONE.fullmatch(label)
            if known and (label.endswith(":") or len(cells) == 2) and not value.endswith(":"):
                yield known[1], value.removeprefix(TYPED)


def whose_label(label: str) -> bool:
    """Whether a customer's code stands behind it."""
    return plain(label).strip(" .:") in _WHOSE


def _tells_whose(line: str, delimiter: str) -> bool:
    return any(whose_label(label) for label, _ in pairs(line, delimiter))


def _of_customers(told: Sequence[tuple[str, str]]) -> bool:
    """Whether several customers are told apart, or the only one is named: one account alone may be a ledger's."""
    several = len({value for label, value in told if whose_label(label)}) > 1
    return several or any(plain(label).strip(" .:") in _NAMED for label, _ in told)


def _any_below(lines: Sequence[str], header: int, whose: int, delimiter: str) -> bool:
    """Whether rows stand between the label and the header: then the label is of something else."""
    between = (split(line, delimiter) if delimiter else GAP.findall(line) for line in lines[whose + 1 : header])
    return any(sum(map(bool, cells)) >= _COLUMNS and any(map(is_day, cells)) for cells in between)


def header_below(lines: Sequence[str], whose: int) -> int:
    """The line of several names, far apart, above the first line with a day; -1 for none."""
    for place in range(whose + 1, min(len(lines), whose + _ABOVE)):
        names = GAP.findall(lines[place])
        below = next((line for line in lines[place + 1 :] if not is_rule((line,))), "")
        days = any(shape_of(cell) == "day" for cell in below.split())
        if len(names) >= _COLUMNS and days and not any(shape_of(name) in ("day", "number") for name in names):
            return place
    return -1


def cuts_of(lines: Sequence[str], header: int) -> tuple[int, ...]:
    """Where one column ends and the next begins: a place that is blank in every row, near the gap in the header."""
    rows = [line for line in lines[header + 1 :] if any(shape_of(word) == "day" for word in line.split())]
    width = max(map(len, rows), default=0)
    blank = [all(len(row) <= place or row[place] == " " for row in rows) for place in range(width)]
    spans = [found.span() for found in GAP.finditer(lines[header])]
    cuts = []
    for (start, end), (after, stop) in pairwise(spans):
        near = sorted(range(start + 1, min(stop, width)), key=lambda place: max(end - place, place - after, 0))
        cuts.append(next((place for place in near if blank[place]), (end + after) // 2))
    return tuple(cuts)
