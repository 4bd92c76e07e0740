"""The rows of the invented ledger, as frames whose columns bear the tables' names."""

from typing import Any

import polars as pl

USERS = 20
"""User 1 collects a tenth of the customers, the last one is not active."""
GROUPS, SOURCES = range(1, 41), range(1, 4)
_COUNTRIES = ["FR", "DE", "ES", "IT", "GB", "JP", "US", "BE"]
_LANGUAGES = ["fr", "de", "es", "it", "en", "ja", "en", "nl"]
_CITIES = ["Lyon", "Köln", "Sevilla", "Torino", "Leeds", "Osaka", "Boston", "Gent", "Nantes", "Bremen"]
_TYPES = ["invoice"] * 40 + ["credit-note"] * 4 + ["payment"] * 3 + ["miscellaneous", "draft", "down-payment-request"]
_METHODS = ["", "", "transfer", "transfer", "direct-debit", "draft", "card", "cheque"]
_CURRENCIES = ["EUR"] * 16 + ["USD", "GBP", "JPY", "USD"]
_HOLDS = [None] * 36 + ["promise", "promise", "dispute", "pause"]
_ACTION_KINDS = ["email", "email", "email", "call", "task"]
_ACTION_STATES = ["to-confirm"] * 5 + ["planned", "planned", "held", "confirmed", "failed"]
_STEPS = ["courtesy-note", "first-reminder", "second-reminder"]


def customers_of(count: int, today: int, now: int) -> pl.DataFrame:
    """Codes, names, places and figures of their own; collectors with who gave them."""
    n, place = pl.col("customer_id"), _noise("customer_id", 1)
    collector = pl.when(n % 10 == 0).then(1).when(n % 97 == 1).then(None).otherwise(2 + n % (USERS - 1))
    return _numbered("customer_id", count).with_columns(
        pl.lit(1).alias("entity_id"),
        _text("C", n, 6).alias("code"),
        pl.concat_str(pl.lit("Customer "), n, pl.lit(" "), _of(_CITIES, place)).alias("name"),
        _text("LEG", n * 7, 9).alias("legal_id"),
        _text("VAT", n * 11, 9).alias("vat_number"),
        pl.concat_str(n % 200, pl.lit(" High Street")).alias("street"),
        _text("", n % 90000, 5).alias("zip"),
        _of(_CITIES, place).alias("city"),
        _of(["", "", "Bavaria", "Ohio"], n).alias("state"),
        _of(_COUNTRIES, place).alias("country"),
        _of(_LANGUAGES, place).alias("language"),
        _of(["", "", "EUR", "USD"], n).alias("currency"),
        _text("+33", n, 8).alias("phone"),
        pl.concat_str(pl.lit("office@customer"), n, pl.lit(".example")).alias("email"),
        _of(["", "https://customer.example"], n).alias("url"),
        _of(["", "30 days", "45 days end of month"], n).alias("terms"),
        _of(["", "", "", "Calls back on Fridays"], n).alias("comment"),
        _of(_METHODS, n).alias("payment_method"),
        pl.when(n % 3 == 0).then(n % 50 * 100_000).alias("credit_limit"),
        pl.when(n % 5 == 0).then(n % 70 * 10_000).alias("order_backlog"),
        (n % 53 == 0).alias("blocked"),
        (n % 59 == 0).alias("collection_stop"),
        pl.when(n % 61 == 0).then(today + n % 30).alias("paused_until"),
        pl.concat_str(pl.lit('{"region":"R'), n % 12, pl.lit('"}')).alias("custom"),
        collector.cast(pl.Int64).alias("collector_id"),
        pl.lit("import").alias("collector_origin"),
        pl.lit(now).alias("collector_at"),
        pl.when(n % 20 == 0).then(pl.lit("standard")).alias("scenario"),
        pl.when(n % 4 != 0).then(today - n % 90).alias("last_contact_on"),
        pl.lit(today - 400).alias("created_on"),
    )


def contacts_of(customers: int) -> pl.DataFrame:
    """One each, but of one customer in ten none; of one in five a second."""
    n = pl.col("contact_id")
    owner = pl.when(n <= customers).then(n).otherwise((n - customers) * 5 - 4)
    rows = _numbered("contact_id", customers + customers // 5).with_columns(owner.alias("customer_id"))
    return rows.filter(pl.col("customer_id") % 10 != 7).with_columns(
        _of(["Morel", "Miller", "Sato", "Jansen"], n).alias("name"),
        _of(["Zoé", "Kim", "Yuki", "Piet"], n).alias("first_name"),
        pl.concat_str(pl.lit("ap"), n, pl.lit("@customer.example")).alias("email"),
        (n % 8 != 3).alias("collection"),
    )


def groups_of(customers: int, now: int) -> pl.DataFrame:
    """Everybody is in one group."""
    return _links(customers, now, (pl.col("customer_id") % len(GROUPS) + 1).alias("group_id"))


def colleagues_of(customers: int, now: int) -> pl.DataFrame:
    """Everybody has one."""
    return _links(customers, now, (pl.col("customer_id") % 5 + 1).alias("user_id"))


def items_of(start: int, end: int, customers: int, today: int) -> pl.DataFrame:
    """Items in the order in which they were issued, customers mixed; one in ten is settled."""
    n, mixed = pl.col("item_id"), _noise("item_id", 3)
    amount = 1_000 + _noise("item_id", 5) % 900_000
    credit = pl.col("type").is_in(["credit-note", "payment"])
    settled = _noise("item_id", 9) % 10 == 9
    rows = pl.DataFrame({"item_id": pl.int_range(start + 1, end + 1, eager=True)})
    rows = rows.with_columns(
        pl.lit(1).alias("entity_id"),
        (n * 7919 % customers + 1).alias("customer_id"),
        (n % len(SOURCES) + 1).alias("source_id"),
        pl.concat_str(pl.lit("key/"), n, pl.lit("/2026")).alias("unique_key"),
        _of(_TYPES, mixed).alias("type"),
        _text("F", n, 8).alias("number"),
        (today - mixed // 64 % 160 + 40).alias("due_on"),
        _of(_CURRENCIES, mixed // 3).alias("currency"),
        _of(_METHODS, mixed // 5).alias("payment_method"),
        _text("PO-", n * 13 % 100_000, 6).alias("order_number"),
        _text("REF ", n * 17 % 1_000_000, 7).alias("reference"),
        pl.concat_str(pl.lit('{"site":"S'), n % 30, pl.lit('"}')).alias("custom"),
    )
    return rows.with_columns(
        (pl.col("due_on") - 30).alias("issued_on"),
        pl.when(credit).then(-(amount // 4)).otherwise(amount).alias("amount"),
        pl.when(settled).then(None).otherwise(_of(_HOLDS, mixed // 11)).alias("hold"),
        pl.when(settled).then(pl.col("due_on").clip(upper_bound=today)).alias("settled_on"),
        pl.when(settled & (n % 3 == 0)).then(pl.col("due_on").clip(upper_bound=today)).alias("paid_on"),
        (mixed // 13 % 4).alias("step_done"),
        pl.lit(1).alias("created_import_id"),
        pl.lit(1).alias("changed_import_id"),
    ).with_columns(
        pl.when(settled).then(0).otherwise(pl.col("amount")).alias("open_amount"),
        pl.when(pl.col("hold") == "promise").then(today + n % 20).alias("hold_until"),
    )


def actions_of(customers: int, today: int, now: int) -> pl.DataFrame:
    """Two done ones each, and an open one for all customers of user 1 and for half of the others."""
    n = pl.col("action_id")
    owner, over = (n - 1) % customers + 1, n <= 2 * customers
    rows = _numbered("action_id", 3 * customers).with_columns(owner.alias("customer_id"))
    rows = rows.filter(over | (pl.col("customer_id") % 10 == 0) | (pl.col("customer_id") % 2 == 1))
    mixed = _noise("action_id", 7)
    step = pl.when(over).then((n - 1) // customers).otherwise(2)
    return rows.with_columns(
        pl.lit("standard").alias("scenario"),
        _of(_STEPS, step).alias("step"),
        (step + 1).alias("step_number"),
        pl.lit(5).alias("steps"),
        pl.when(over).then(pl.lit("email")).otherwise(_of(_ACTION_KINDS, mixed)).alias("kind"),
        pl.lit(_STEPS[2]).alias("template"),
        pl.lit("email").alias("channel"),
        pl.lit("to-confirm").alias("automation"),
        pl.lit(False).alias("automatic"),
        pl.when(over).then(pl.lit("done")).otherwise(_of(_ACTION_STATES, mixed // 5)).alias("state"),
        pl.lit("").alias("reason"),
        pl.lit("[]").alias("warnings"),
        pl.when(over).then(today - 30 + step).otherwise(today - 10 + mixed // 50 % 14).alias("due_on"),
        pl.lit(today - 40).alias("created_on"),
        pl.lit(0).alias("leader_item_id"),
        pl.lit("[]").alias("item_ids"),
        (10_000 + mixed % 500_000).alias("amount"),
        pl.lit("EUR").alias("currency"),
        pl.lit("{}").alias("amounts"),
        pl.concat_str(pl.lit("<bench."), n, pl.lit("@bench.example>")).alias("message_id"),
        pl.when(over).then(today - 30 + step - mixed % 3).alias("done_on"),
        pl.when(over).then(now).alias("sent_at"),
    )


def _links(customers: int, now: int, other: pl.Expr) -> pl.DataFrame:
    return _numbered("customer_id", customers).with_columns(
        pl.col("customer_id").alias("link_id"),
        other,
        pl.lit("import").alias("origin"),
        pl.lit("bench").alias("author"),
        pl.lit(now).alias("at"),
    )


def _numbered(name: str, count: int) -> pl.DataFrame:
    return pl.DataFrame({name: pl.int_range(1, count + 1, eager=True)})


def _noise(column: str, salt: int) -> pl.Expr:
    """A number that looks like chance and is the same in every run."""
    return (pl.col(column) * 2_654_435_761 + salt * 40_503) % 4_294_967_291 // 7


def _of(values: list[Any], number: pl.Expr) -> pl.Expr:
    return (number % len(values)).replace_strict(dict(enumerate(values)), return_dtype=pl.String)


def _text(prefix: str, number: pl.Expr, digits: int) -> pl.Expr:
    return pl.concat_str(pl.lit(prefix), number.cast(pl.String).str.zfill(digits))
