"""Control figures: what the sender says the file holds, compared with what was read (I-7)."""

from collections.abc import Mapping

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.money import decimal_text, from_text

CONTROLS = ("control-rows", "control-sum")
"""Options of one file; they are never kept with a profile."""


class Controls(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows, and which sum of open amounts by currency; what is not told is not compared."""

    rows: int | None = None
    sums: dict[str, int] = {}


def controls_of(options: Mapping[str, str]) -> Controls:
    """The figures among the options; raises BadInput for one that is no figure."""
    rows, sums = options.get("control-rows", ""), options.get("control-sum", "")
    if rows and not rows.isdecimal():
        raise BadInput(f"control-rows={rows!r}: write how many rows the file holds, such as control-rows=120")
    parts = (part.strip() for part in sums.split("|"))
    return Controls(rows=int(rows) if rows else None, sums=dict(_sum(part) for part in parts if part))


def mismatch(controls: Controls, rows: int, sums: Mapping[str, int]) -> str:
    """In words what differs between what was told and what was read; empty where nothing does."""
    found = [] if controls.rows in {None, rows} else [f"{controls.rows} rows were announced, {rows} were read"]
    for currency, told in controls.sums.items():
        if sums.get(currency, 0) != told:
            read = decimal_text(sums.get(currency, 0), currency)
            found.append(f"{decimal_text(told, currency)} {currency} were announced, {read} were accepted")
    return "; ".join(found)


def _sum(text: str) -> tuple[str, int]:
    currency, _, amount = text.partition(":")
    try:
        return currency.strip().upper(), from_text(amount.strip(), currency.strip().upper())
    except (ValueError, BadInput) as bad:
        raise BadInput(f"control-sum={text!r}: write CURRENCY:AMOUNT, such as EUR:1234.56, several by |") from bad
