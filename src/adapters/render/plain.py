"""The plain text twin: the same words, tables as aligned columns."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_GAP = "   "
_MAYBE_WIDE = re.compile("[\u1100-\u115f\u231a-\U0010ffff]")
"""All signs that take two columns are among these; most texts have none and need no look at each sign."""


def plain_text(data: Mapping[str, Any]) -> str:
    """The whole message as text."""
    blocks = [_block(part, data) for part in data["parts"]]
    foot = "\n".join(filter(None, ("--", data["company"]["address"], data["penalty"])))
    return "\n\n".join([*filter(None, blocks), foot]) + "\n"


def _block(part: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    if part["kind"] == "text":
        text: str = part["text"]
        return text
    if part["kind"] == "items":
        return "\n\n".join(_table(table, data["words"]) for table in part["tables"])
    return _bank(part, data)


def _bank(part: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    company, colon = data["company"], data["words"]["colon"]
    head = [data["words"]["bank"] + colon.rstrip(" "), ", ".join(filter(None, (company["name"], company["bank"])))]
    return "\n".join([*head, *(f"{pair['key']}{colon}{pair['value']}" for pair in part["pairs"])])


def _table(table: Mapping[str, Any], words: Mapping[str, str]) -> str:
    late = [words["days_late"]] if table["late"] else []
    interest = [table["interest"]] if table["interest"] else []
    rows = [[words["number"], words["issued"], words["due"], *late, *interest, table["amount_heading"]]]
    rows += [_cells(line, bool(late), bool(interest)) for line in table["lines"]]
    if table["total"]:
        blank = [""] * len(late)
        sums = [table["interest_total"]] if interest else []
        rows.append([words["total"], "", "", *blank, *sums, table["total"]])
    lines = _headed(_aligned(rows, right=1 + len(late) + len(interest)), table["lines"])
    rule = "-" * max(map(_width, lines))
    lines.insert(1, rule)
    if table["total"]:
        lines.insert(-1, rule)
    return "\n".join([*filter(None, [table["heading"]]), *lines])


def _headed(aligned: list[str], lines: Sequence[Mapping[str, str]]) -> list[str]:
    """The rows with the names of accounts above theirs; the first row is the heading."""
    told = [[line["account"], row] if line["account"] else [row] for line, row in zip(lines, aligned[1:], strict=False)]
    return [aligned[0], *(text for texts in told for text in texts), *aligned[1 + len(lines) :]]


def _cells(line: Mapping[str, str], late: bool, interest: bool) -> list[str]:
    between = [line["late"]] * late + [line["interest"]] * interest
    return [_number(line), line["issued"], line["due"], *between, line["amount"]]


def _number(line: Mapping[str, str]) -> str:
    return f"{line['number']} {line['label']}".strip()


def _aligned(rows: list[list[str]], right: int) -> list[str]:
    sizes = [[_width(cell) for cell in row] for row in rows]
    widths = [max(column) for column in zip(*sizes, strict=True)]
    first_right = len(widths) - right
    lines = []
    for row, own in zip(rows, sizes, strict=True):
        rooms = [" " * (width - size) for width, size in zip(widths, own, strict=True)]
        left = [cell + room for cell, room in zip(row[:first_right], rooms, strict=False)]
        ranged = [room + cell for cell, room in zip(row[first_right:], rooms[first_right:], strict=True)]
        lines.append(_GAP.join(left + ranged).rstrip())
    return lines


def _width(text: str) -> int:
    """Columns on a screen of even letters: a Chinese or Japanese sign takes two."""
    if text.isascii() or not _MAYBE_WIDE.search(text):
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
