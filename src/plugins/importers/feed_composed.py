"""Columns of the feed that others compose: a person's whole name, a street, terms, the colleague, what is settled."""

from collections.abc import Callable

import polars as pl

from relance.plugins import parse_terms

_STREET = ("client_address_street_number", "client_address_street", "client_address_postbox")


def changed(column: pl.Series, change: Callable[[str], str]) -> pl.Series:
    """Each distinct text changed once."""
    words = column.unique().to_list()
    changed = {word: change(word) for word in words}
    if all(old == new for old, new in changed.items()):
        return column
    return column.replace_strict(words, [changed[word] for word in words], return_dtype=pl.String)


def with_settled(frame: pl.DataFrame) -> pl.DataFrame:
    """An item with a payment date and no word of what remains is paid in full."""
    if "item_date_payment" not in frame.columns:
        return frame
    left = pl.col("item_amount_remaining_inc_tax") if "item_amount_remaining_inc_tax" in frame.columns else pl.lit("")
    paid = (pl.col("item_date_payment") != "") & (left == "")
    return frame.with_columns(pl.when(paid).then(pl.lit("0")).otherwise(left).alias("item_amount_remaining_inc_tax"))


def with_whole_name(frame: pl.DataFrame, first: str, last: str) -> pl.DataFrame:
    """The whole name in the column of the last name; a first name alone is no name."""
    if first not in frame.columns or last not in frame.columns:
        return frame
    whole = (pl.col(first) + " " + pl.col(last)).str.strip_chars()
    return frame.with_columns(pl.when(pl.col(last) == "").then(pl.lit("")).otherwise(whole).alias(last))


def composed_names(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns that are made while reading, from others."""
    made = []
    if "item_date_payment" in columns and "item_amount_remaining_inc_tax" not in columns:
        made.append("item_amount_remaining_inc_tax")
    if "client_payment_term" in columns:
        made.append("client_terms")
    if any(name.startswith("client_commercial_") for name in columns):
        made.append("client_commercial")
    return tuple(made)


def with_composed(frame: pl.DataFrame) -> pl.DataFrame:
    """The street with its number, terms that are terms, and the associated colleague as `Name <address>`."""
    parts = [pl.col(name) for name in _STREET if name in frame.columns]
    if "client_address_street" in frame.columns:
        street = pl.concat_str(parts, separator=" ").str.replace_all(r"\s+", " ").str.strip_chars()
        frame = frame.with_columns(street.alias("client_address_street"))
    made = composed_names(tuple(frame.columns))
    if "client_terms" in made:
        terms = frame["client_payment_term"].alias("client_terms")
        frame = frame.with_columns(changed(terms, lambda text: text if parse_terms(text) else ""))
    if "client_commercial" in made:
        frame = frame.with_columns(_colleague(frame))
    return frame


def _colleague(frame: pl.DataFrame) -> pl.Expr:
    def part(name: str) -> pl.Expr:
        full = f"client_commercial_{name}"
        return pl.col(full).str.replace_all(r"[<>|,;]", " ") if full in frame.columns else pl.lit("")

    name = (part("firstname") + " " + part("lastname")).str.strip_chars()
    email = part("email").str.strip_chars()
    both = pl.concat_str(name, pl.lit(" <"), email, pl.lit(">")).str.strip_chars()
    return pl.when(email == "").then(name).otherwise(both).alias("client_commercial")
