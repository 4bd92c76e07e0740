"""Whole columns of text at once: amounts by digits, everything else by parsing each distinct word once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import polars as pl

from relance.core.intake.amounts import AROUND, MINUSES, PLAIN_MARKS, SPACES, amount_pattern, other_mark
from relance.core.intake.digits import DIGITS, MARKS
from relance.core.intake.typed import TYPED
from relance.core.kernel.money import minor_digits

_PLAIN = {digits: rf"^-?[0-9]{{1,15}}{f'(?:[.][0-9]{{1,{digits}}})?' if digits else ''}$" for digits in (0, 2, 3)}
"""Amounts with a decimal point and no more decimals than the currency has; most files hold nothing else."""
_PLAIN_DIGITS = DIGITS | MARKS
_OTHER_DIGITS = f"[{''.join(_PLAIN_DIGITS)}]"
_AS_FORMULA = r'^="(.*)"$'
_LEFT_ALONE = r"^'[0-9][^']*$"
_CONTROL = r"[\x00-\x1f\x7f]"
_UNCLEAN = rf"^\s|\s$|{_CONTROL}"
"""Most columns of most files hold nothing of it, and one look is half of the work of cleaning."""


def stripped(text: pl.Series, typed: bool = True) -> pl.Series:
    """Without blanks around, missing as empty; the marks of `typed` cells stay only where they are wanted."""
    text = _bared(text.cast(pl.String).fill_null("").str.strip_chars())
    return text if typed or typed_cells(text) is None else text.str.strip_prefix(TYPED)


def typed_cells(text: pl.Series) -> pl.Series | None:
    """Which cells were numbers or days before they were text; None where none was, as in every file of text."""
    marked = text.str.starts_with(TYPED)
    return marked.fill_null(False) if marked.any() else None


def clean(text: pl.Series) -> pl.Series:
    """Stripped, and control characters as spaces: keys and bulk transport rely on that (identity.SEPARATOR)."""
    text = _bared(text.cast(pl.String).fill_null(""))
    if not text.str.contains(_UNCLEAN).any():
        return text
    return stripped(text.str.replace_all(_CONTROL, " "))


def _bared(text: pl.Series) -> pl.Series:
    """Without the signs by which a spreadsheet is told to leave a cell alone: `="00123"`, or `'00123` in every cell."""
    if text.str.starts_with('="').any():
        text = text.str.replace(_AS_FORMULA, "$1")
    quoted = text.str.starts_with("'")
    if not quoted.any() or not (text.str.contains(_LEFT_ALONE) | (text == "")).all():
        return text
    return text.str.strip_prefix("'")


class Distinct:
    """Parses each distinct text once with a function of the core; the column follows by a join."""

    def __init__(self, parse: Callable[[str], Any], dtype: Any) -> None:
        self._parse = lru_cache(maxsize=100_000)(parse)
        self._dtype = dtype

    def __call__(self, text: pl.Series) -> pl.Series:
        """Values, null where the function gave None."""
        words = text.unique()
        values = pl.Series([self._parse(word) for word in words.to_list()], dtype=self._dtype)
        if words.is_empty():
            return pl.Series(text.name, [], dtype=self._dtype)
        return text.replace_strict(words, values, return_dtype=self._dtype)


def read_amounts(text: pl.Series, currency: pl.Series | str, decimal: str, stated: bool) -> tuple[pl.Series, pl.Series]:
    """Minor units, null for what is no amount, and whether the row was rounded; equal to `parse_amount` row by row."""
    marked = typed_cells(text)
    if marked is None:
        return _read(text, currency, decimal, stated)
    bare = text.str.strip_prefix(TYPED)
    minor, rounded = _read(bare, currency, ".", stated)
    if decimal == "." or marked.all():
        return minor, rounded
    texts, texts_rounded = _read(text, currency, decimal, stated)
    return minor.zip_with(marked, texts), rounded.zip_with(marked, texts_rounded)


def _read(text: pl.Series, currency: pl.Series | str, decimal: str, stated: bool) -> tuple[pl.Series, pl.Series]:
    if isinstance(currency, str):
        return _amounts(text, minor_digits(currency), decimal, stated)
    digits = Distinct(minor_digits, pl.Int64)(currency)
    minor = pl.Series(text.name, [None] * len(text), dtype=pl.Int64)
    rounded = pl.Series([False] * len(text), dtype=pl.Boolean)
    for count in digits.unique().to_list():
        here = digits == count
        some, some_rounded = _amounts(text, count, decimal, stated)
        minor, rounded = some.zip_with(here, minor), some_rounded.zip_with(here, rounded)
    return minor, rounded


def _amounts(text: pl.Series, digits: int, decimal: str, stated: bool) -> tuple[pl.Series, pl.Series]:
    plain = text.fill_null("0").str.contains(_PLAIN[digits]) if decimal == "." else None
    if plain is not None and plain.all():
        minor = text.cast(pl.Decimal(18 if digits < 3 else 19, digits)).to_physical().cast(pl.Int64)
        return minor, pl.repeat(False, len(text), dtype=pl.Boolean, eager=True)
    return _any_amounts(text, digits, decimal, stated)


def _bare(text: pl.Series) -> pl.Series:
    """Digits, marks and signs alone; only cells of a column in which something stands around them are searched."""
    if text.str.contains(_OTHER_DIGITS).any():
        text = text.str.replace_many(_PLAIN_DIGITS)
    bare = text.str.strip_chars().str.replace_all(f"[{MINUSES}]", "-").str.replace_all(f"[{SPACES}]", "")
    if not bare.str.contains(PLAIN_MARKS).any():
        return bare
    for pattern, left in AROUND:
        bare = bare.str.replace(pattern, left)
    return bare


def _any_amounts(text: pl.Series, digits: int, decimal: str, stated: bool) -> tuple[pl.Series, pl.Series]:
    frame = pl.DataFrame({"t": _bare(text)})
    parts = (
        pl.col("t")
        .str.extract_groups(amount_pattern(decimal))
        .struct.rename_fields(["before", "whole", "rest", "after"])
    )
    before, whole, rest, after = (pl.col(name) for name in ("before", "whole", "rest", "after"))
    grouped = whole.fill_null("").str.contains(other_mark(decimal), literal=True)
    good = (
        before.is_not_null()
        & ~((before != "") & (after != ""))
        & (whole.is_not_null() | (rest.fill_null("") != ""))
        & ~(pl.lit(not stated) & rest.is_null() & grouped)
    )
    decimals = rest.fill_null("") + "0000"
    units = whole.fill_null("0").str.replace_all(other_mark(decimal), "", literal=True).cast(pl.Int64, strict=False)
    cents = decimals.str.slice(0, digits).cast(pl.Int64, strict=False) if digits else pl.lit(0, dtype=pl.Int64)
    up = (decimals.str.slice(digits, 1) >= "5").cast(pl.Int64)
    size = units * 10**digits + cents + up
    negative = (before == "-") | (after == "-")
    frame = frame.select(parts.alias("p")).unnest("p")
    done = frame.select(
        pl.when(good).then(pl.when(negative).then(-size).otherwise(size)).alias("minor"),
        (good & (decimals.str.slice(digits).str.strip_chars_end("0") != "")).fill_null(False).alias("rounded"),
    )
    return done["minor"].alias(text.name), done["rounded"]
