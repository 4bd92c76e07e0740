"""What a table is that cannot be imported as asked: a bank statement, bookings, predictions, a closed history."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from relance.core.intake.buckets import bucket_columns
from relance.core.intake.fields import FIELDS, KINDS, Kind, mandatory_groups
from relance.core.intake.header_words import name_score, words_of
from relance.core.intake.seen import ColumnSeen

_BANK_WORDS = """
    label bankaccount iban bic valuedate bookingdate counterparty counterpartyname accountholder statement
    libelle datevaleur datedevaleur compte buchungstag wertstellung valuta valutadatum kontoauszug verwendungszweck
    concepto fechavalor fechaoperacion datavaluta descrizioneoperazione datavalor datamovimento rekening
    naambegunstigde rentedatum datawaluty dataksiegowania rachunek datavalutei valutadag bokforingsdag datumvalute
    opisplacanja valortarihi operationnumber 交易日期 对方户名 起息日 取引日 摘要 お取引内容
"""
_BANK = frozenset(_BANK_WORDS.split())
_ACCOUNT = frozenset(("konto", "account", "glaccount", "compte", "comptenum", "cuenta", "conto", "conta", "rekening"))
_CONTRA_WORDS = """
    gegenkonto gegenkontoohnebuschlussel contraaccount offsetaccount contrepartie contrapartida contropartita
    tegenrekening ecriturenum journalcode
"""
_CONTRA = frozenset(_CONTRA_WORDS.split())
_GUESSED = frozenset(("predicted", "prediction", "forecast", "vorhersage", "prevision", "pronostico", "预测", "予測"))


_TOTALS = (
    "these are amounts by age without a date of any document, such as customers' totals: no open items; export the list"
    " in detail, one row for each document with its number and dates"
)
_AMOUNTS = ("amount", "open_amount", "debit", "credit")
_THOUSANDS = re.compile(
    r"(?:^|[\s(\[_])[kt]\s?(?:eur|usd|chf|gbp|pln|czk|\u20ac|\$|\u00a3)(?:$|[\s)\]_])|thousand|tausend|milliers"
    r"|miles de|migliaia|milhares|duizend|tysi[\u0105a]c|\btys\b|\btis\b"
    r"|\u0442\u044b\u0441|\u5343\u5143|\u5343\u5186|\u4e07\u5143"
    r"|\u767e\u4e07|\b000s?\b|['\u2019]000|x\s?1[.,' ]?000\b|\bmio\b|\bmln\b|\bmillions?\b"
    r"|\bin cents?\b|\(cents?\)|\bcentimes\b|\bc[e\u00e9]ntimos\b"
)
"""Amounts in thousands, millions or cents."""
_ROUNDED = "does not hold whole units of the currency but thousands, millions or cents: export the amounts in full"
_HALF = 50


class Refusal(NamedTuple):
    """The public code of why a file is no import of this kind, and the same in words."""

    code: str
    message: str


def refusal_of(kind: Kind, columns: Sequence[ColumnSeen], mapping: Mapping[str, str]) -> Refusal | None:
    """Why this table can be no import of the kind; None where it may be."""
    names = {"".join(words_of(column.name)) for column in columns}
    if kind == "items":
        return _not_items(names, columns, mapping)
    return None


def likely_kind(mappings: Mapping[Kind, Mapping[str, str]]) -> Kind | None:
    """The kind whose mandatory fields are filled, of several the one that has a column for most fields."""
    full = [kind for kind in KINDS if kind in mappings and not _missing(kind, mappings[kind])]
    return max(full, key=lambda kind: len(_own_fields(kind, mappings[kind])), default=None)


def other_kind(kind: Kind, likely: Kind | None, mapping: Mapping[str, str]) -> Refusal | None:
    """A table that cannot be what was asked, and plainly is something else."""
    if likely is None or likely == kind or len(_missing(kind, _named(mapping))) < 2:
        return None
    if kind == "items" and {"number", "issued_on"} <= set(mapping):
        return None  # documents with dates, whatever is said of their customers: what is missing is asked
    return Refusal("other-kind", f"these columns are {likely}, not {kind}: import them as {likely}")


def _named(mapping: Mapping[str, str]) -> dict[str, str]:
    """The mapping, in which a customer's name may stand for its code: that is asked."""
    return {**({"customer_code": ""} if "customer_name" in mapping else {}), **mapping}


def _own_fields(kind: Kind, mapping: Mapping[str, str]) -> list[str]:
    return [field.name for field in FIELDS[kind] if field.name in mapping]


def _missing(kind: Kind, mapping: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [group for group in mandatory_groups(kind) if not any(name in mapping for name in group)]


def _not_items(names: set[str], columns: Sequence[ColumnSeen], mapping: Mapping[str, str]) -> Refusal | None:
    if not {"issued_on", "due_on"} & set(mapping) and len(bucket_columns(columns)) > 1 and not _may_be_dated(columns):
        return Refusal("customer-totals", _TOTALS)
    scaled = next((mapping[field] for field in _AMOUNTS if _THOUSANDS.search(mapping.get(field, "").lower())), "")
    if scaled:
        return Refusal("rounded-amounts", f"{scaled!r} {_ROUNDED}")
    dated = "due_on" in mapping or "terms" in mapping
    if dated and "number" in mapping:
        return None
    words = {word for column in columns for word in words_of(column.name)}
    if words & _GUESSED and not dated and "issued_on" not in mapping:
        return Refusal("predictions", "these are predictions of payments: there are no dates of items in them")
    if names & _ACCOUNT and names & _CONTRA:
        return Refusal(
            "general-ledger", "these are bookings of a general ledger, account against account: no open items"
        )
    amounts = {"amount", "debit", "credit", "open_amount"} & set(mapping)
    nameless = not {"customer_code", "customer_name"} & set(mapping) or "number" not in mapping
    if not dated and amounts and nameless and names & _BANK and "issued_on" in mapping:
        return Refusal("bank-statement", "this is a list of movements of a bank account: import it as payments")
    return _history(columns, mapping)


def _may_be_dated(columns: Sequence[ColumnSeen]) -> bool:
    """Whether a column may hold days, though nobody can say yet which."""
    named = (one for one in columns if any(name_score("items", day, one.name) for day in ("issued_on", "due_on")))
    return any(one.share_of_days() >= _HALF for one in named)


def _history(columns: Sequence[ColumnSeen], mapping: Mapping[str, str]) -> Refusal | None:
    paid = next((column for column in columns if column.name == mapping.get("paid_on")), None)
    if paid is None or paid.filled < paid.rows or "number" in mapping or "issued_on" in mapping:
        return None
    return Refusal("closed-history", "every row is paid and none has a number: a history of payments, no open items")
