"""Items out of typed columns: type and sign, due date by terms, identity (A13, A18)."""

import msgspec
import polars as pl

from relance.adapters.intake.batch import Batch
from relance.adapters.intake.options import Options
from relance.adapters.intake.unnumbered import refuse_unnumbered
from relance.adapters.intake.vectors import Distinct
from relance.core.intake.fields import BUCKETS, CUSTOM, field_of
from relance.core.intake.reports import Note
from relance.core.intake.status_words import asks_nothing
from relance.core.intake.terms import due_after, parse_terms
from relance.core.kernel.days import day_number, day_of
from relance.core.ledger.identity import SEPARATOR
from relance.core.ledger.items import CREDIT_TYPES

_OPTIONAL = ("customer_name", "order_number", "reference", "paid_on", "document", "payment_method", "unique_key")
_STEPS = ("last_step", "last_step_on")
_SHOWN = 6
STATED = "\0stated"
"""The open amount as the file says it, where a payment date made it nothing: what control sums add up."""


def item_columns(batch: Batch, mapping: dict[str, str], options: Options, currency: str, entity: int) -> pl.DataFrame:
    """The records of one batch, bad rows included (the caller filters by `batch.good()`)."""
    for name in _wanted(mapping):
        field = field_of("items", name)
        batch.read(msgspec.structs.replace(field, mandatory=field.mandatory and name != "number"))
    _second_number(batch)
    columns = batch.columns
    if "payment_method" in columns:
        columns["payment_method"] = columns["payment_method"].fill_null("")
    columns["currency"] = columns["currency"].fill_null(currency) if "currency" in columns else _same(batch, currency)
    columns["entity_id"] = columns.pop("entity").fill_null(entity) if "entity" in columns else _same(batch, entity)
    _customer(batch, options)
    _amount(batch)
    _status(batch)
    _type(batch)
    refuse_unnumbered(batch)
    _due(batch, options)
    frame = pl.DataFrame([series.alias(name) for name, series in columns.items() if not name.startswith(CUSTOM)])
    frame = frame.with_columns(base_of("unique_key" in columns).alias("base"), batch.rounded.alias("rounded"))
    if options.settles and batch.has("paid_on") and not batch.has("open_amount"):
        frame = frame.with_columns(_settled())
    return frame.with_columns(_custom(columns)) if any(name.startswith(CUSTOM) for name in columns) else frame


def _second_number(batch: Batch) -> None:
    """Tell which rows have their number in the second column; `Batch.text` takes it from there."""
    second = batch.columns.pop("second_number", None)
    if second is None:
        return
    taken = batch.own("number") == ""
    numbers = second.filter(taken & (second != ""))
    if len(numbers):
        batch.notes.append(Note("second-numbers", len(numbers), tuple(numbers.head(_SHOWN).to_list())))


def _wanted(mapping: dict[str, str]) -> list[str]:
    """Mapped fields, the currency before the amounts that it scales, and the mandatory ones."""
    first = [name for name in ("currency", "entity", "customer_code", "number", "type", "issued_on") if name in mapping]
    return first + [name for name in mapping if name not in first]


def _same(batch: Batch, value: str | int) -> pl.Series:
    dtype = pl.String if isinstance(value, str) else pl.Int64
    return pl.repeat(value, len(batch.columns["line"]), dtype=dtype, eager=True)


def _customer(batch: Batch, options: Options) -> None:
    """Rows of customers whom nobody knows stay out, where a person says so."""
    if options.customers is None:
        return
    named = pl.DataFrame({"entity_id": batch.columns["entity_id"], "code": batch.columns["customer_code"]})
    joined = named.join(options.customers, on=["entity_id", "code"], how="left", maintain_order="left")
    batch.refuse(joined["found"].is_null(), "customer_code", "unknown-customer")


def _settled() -> list[pl.Expr]:
    """Rows with a payment date have nothing open left."""
    paid = pl.col("paid_on").is_not_null()
    opened = pl.col("open_amount")
    return [opened.alias(STATED), pl.when(paid).then(0).otherwise(opened).alias("open_amount")]


def _due(batch: Batch, options: Options) -> None:
    terms = batch.columns.pop("terms", None)
    if terms is None and options.due:
        terms = options.terms_of(batch.columns["customer_code"])
    due = batch.columns.get("due_on")
    if terms is not None:
        pairs = batch.columns["issued_on"].cast(pl.String).fill_null("") + "/" + terms.fill_null("")
        by_terms = Distinct(_due_by_terms, pl.Int32)(pairs)
        due = by_terms if due is None else due.zip_with(due.is_not_null(), by_terms)
    assert due is not None
    due = due.zip_with(due.is_not_null() | ~_is_credit(batch), batch.columns["issued_on"])
    batch.columns["due_on"] = due
    if options.due and not batch.has("due_on"):
        batch.refuse(due.is_null(), "customer_code", "no-terms")
    batch.refuse(due.is_null(), "due_on" if batch.has("due_on") else "terms", "missing-value")


def _is_credit(batch: Batch) -> pl.Series:
    """Credits are never late: where they name no due date, it is their own."""
    return batch.columns["type"].is_in(list(CREDIT_TYPES)) | (batch.columns["amount"].fill_null(0) < 0)


def _due_by_terms(pair: str) -> int | None:
    issued, _, text = pair.partition("/")
    terms = parse_terms(text)
    return day_number(due_after(day_of(int(issued)), terms)) if issued and terms else None


def _amount(batch: Batch) -> None:
    debit, credit = batch.columns.pop("debit", None), batch.columns.pop("credit", None)
    amount, by_age = batch.columns.get("amount"), _by_age(batch)
    if amount is None and debit is None and credit is None:
        amount = by_age
    elif by_age is not None:
        batch.columns["open_amount"] = by_age.set(by_age == 0, None)
    if amount is None:
        halves = [half for half in (debit, None if credit is None else -credit) if half is not None]
        empty = halves[0].is_null() if len(halves) == 1 else halves[0].is_null() & halves[1].is_null()
        total = halves[0].fill_null(0) if len(halves) == 1 else halves[0].fill_null(0) + halves[1].fill_null(0)
        amount = total.set(empty, None)
    field = next(name for name in ("amount", "debit", "credit", *BUCKETS) if batch.has(name))
    batch.refuse(amount.is_null(), field, "missing-value")
    side = batch.columns.pop("sign", None)
    if side is not None:
        batch.refuse(side.is_null(), "sign", "missing-value")
        amount = amount.abs() * side.fill_null(1)
        if "open_amount" in batch.columns:
            batch.columns["open_amount"] = batch.columns["open_amount"].abs() * side.fill_null(1)
    batch.columns["amount"] = amount
    if "open_amount" not in batch.columns:
        batch.columns["open_amount"] = _less_paid(amount, batch.columns.pop("paid_amount", None))
    batch.columns.pop("paid_amount", None)
    batch.columns["open_amount"] = batch.columns["open_amount"].zip_with(
        batch.columns["open_amount"].is_not_null(), amount
    )


def _by_age(batch: Batch) -> pl.Series | None:
    """The sum of the amounts by age; null where all are empty."""
    ages = [batch.columns.pop(name) for name in BUCKETS if name in batch.columns]
    if not ages:
        return None
    empty, total = ages[0].is_null(), ages[0].fill_null(0)
    for age in ages[1:]:
        empty, total = empty & age.is_null(), total + age.fill_null(0)
    return total.set(empty, None)


def _less_paid(amount: pl.Series, paid: pl.Series | None) -> pl.Series:
    """What is left of an amount, with its sign; some programs write what was paid with the other one."""
    if paid is None:
        return amount
    return amount.sign() * (amount.abs() - paid.abs().fill_null(0))


def _status(batch: Batch) -> None:
    """Drafts and void documents ask for nothing: they come in as settled, and settle what was open."""
    status = batch.columns.pop("status", None)
    if status is None:
        return
    nothing = Distinct(lambda word: asks_nothing(word) or None, pl.Boolean)(status.fill_null("")).fill_null(False)
    batch.columns["open_amount"] = batch.columns["open_amount"].set(nothing, 0)
    numbers = batch.text("number").filter(nothing)
    if len(numbers):
        batch.notes.append(Note("no-claims", len(numbers), tuple(numbers.head(6).to_list())))


def _type(batch: Batch) -> None:
    """Without a type, positive is an invoice and negative a payment (A18)."""
    by_sign = pl.DataFrame({"a": batch.columns["amount"]}).select(
        pl.when(pl.col("a") < 0).then(pl.lit("payment")).otherwise(pl.lit("invoice"))
    )
    given = batch.columns.get("type")
    chosen = by_sign.to_series() if given is None else given.zip_with(given.is_not_null(), by_sign.to_series())
    batch.columns["type"] = chosen


def base_of(with_key: bool) -> pl.Expr:
    """What makes a row the same item, instalments aside."""
    year = pl.col("issued_on").cast(pl.Date).dt.year().cast(pl.String)
    composed = pl.concat_str("customer_code", "type", "number", year, separator=SEPARATOR)
    if not with_key:
        return composed
    return pl.when(pl.col("unique_key") != "").then(pl.col("unique_key")).otherwise(composed)


def _custom(columns: dict[str, pl.Series]) -> pl.Series:
    own = [series.alias(name.removeprefix(CUSTOM)) for name, series in columns.items() if name.startswith(CUSTOM)]
    return pl.DataFrame(own).select(pl.struct(pl.all()).struct.json_encode().alias("custom")).to_series()


def signed(frame: pl.DataFrame, signs: str) -> pl.DataFrame:
    """Credit notes and payments are stored negative; `signs=file` keeps what the file says."""
    if signs == "file" or CREDIT_TYPES.isdisjoint(frame["type"].unique()):
        return frame
    credit = pl.col("type").is_in(list(CREDIT_TYPES))
    return frame.with_columns(
        pl.when(credit).then(-pl.col(name).abs()).otherwise(pl.col(name)).alias(name)
        for name in ("amount", "open_amount")
    )


def settled_note(frame: pl.DataFrame) -> tuple[Note, ...]:
    """How many rows have nothing open left: they come in as settled."""
    if not {"amount", "open_amount", "number"} <= set(frame.columns):
        return ()
    numbers = frame.filter((pl.col("open_amount") == 0) & (pl.col("amount") != 0))["number"]
    return (Note("already-settled", len(numbers), tuple(numbers.head(6).to_list())),) if len(numbers) else ()


def both_signs(frame: pl.DataFrame) -> list[str]:
    """Types of credits that the file writes with both signs: only a person can say what that means."""
    if CREDIT_TYPES.isdisjoint(frame["type"].unique()):
        return []
    credit = frame.filter(pl.col("type").is_in(list(CREDIT_TYPES)) & (pl.col("amount") != 0))
    signs = credit.group_by("type").agg((pl.col("amount") > 0).n_unique().alias("n")).filter(pl.col("n") > 1)
    return sorted(signs["type"].to_list())
