"""DATEV's master data as customers; suppliers are left out and told."""

from collections.abc import Mapping

import polars as pl

from relance.plugins import Note, Table
from relance.plugins.importers.books.datev_file import Batch, Row

_PLAIN: Mapping[str, tuple[str, ...]] = {
    "street": ("straße", "strasse"),
    "zip": ("postleitzahl",),
    "city": ("ort",),
    "country": ("land",),
    "phone": ("telefon",),
    "email": ("e-mail",),
    "url": ("internet",),
    "terms": ("fälligkeit in tagen (debitor)",),
    "credit_limit": ("kreditlimit (debitor)",),
    "legal_id": ("steuernummer",),
}
_MADE: Mapping[str, tuple[str, ...]] = {
    "company": ("name (adressatentyp unternehmen)",),
    "first": ("vorname (adressatentyp nat",),
    "last": ("name (adressatentyp nat",),
    "other": ("name (adressatentyp keine",),
    "short": ("kurzbezeichnung",),
    "vat_country": ("eu-land",),
    "vat": ("eu-ust-idnr",),
    "language": ("sprache",),
}
"""What several cells make together, or what is written otherwise here."""
COLUMNS = ("code", "name", "vat_number", "language", *_PLAIN)
_LANGUAGES = {"1": "de", "4": "fr", "5": "en", "10": "es", "19": "it"}
_SHOWN = 5


def table_of(batch: Batch) -> Table:
    """One row a customer; columns without a single value are left out, as they say nothing."""
    customers = [row for row in batch.rows if batch.head.is_customer(row.cell(0))]
    others = [row for row in batch.rows if not batch.head.is_customer(row.cell(0)) and any(row.cells)]
    places = {field: batch.place_of(*names) for field, names in {**_PLAIN, **_MADE}.items()}
    rows = [_customer(row, places) for row in customers]
    schema = {"line": pl.Int64()} | {name: pl.String() for name in COLUMNS}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    frame = frame.drop(name for name in COLUMNS[2:] if not (frame[name] != "").any())
    shown = tuple(f"line {row.line}: {row.cell(0)} {_name(row, places)}".strip() for row in others[:_SHOWN])
    notes = (Note("suppliers-left-out", len(others), shown),) if others else ()
    return Table(columns=frame, rejected=batch.rejected, notes=notes)


def _customer(row: Row, places: Mapping[str, int]) -> tuple[int | str, ...]:
    vat = row.cell(places["vat_country"]) + row.cell(places["vat"])
    language = _LANGUAGES.get(row.cell(places["language"]), "")
    plain = {field: row.cell(places[field]) for field in _PLAIN}
    plain["credit_limit"] = plain["credit_limit"].replace(".", "").replace(",", ".")
    return (row.line, row.cell(0), _name(row, places) or row.cell(0), vat, language, *plain.values())


def _name(row: Row, places: Mapping[str, int]) -> str:
    """The company, else the person, else what is neither."""
    person = " ".join(filter(None, (row.cell(places["first"]), row.cell(places["last"]))))
    names = (row.cell(places["company"]), person, row.cell(places["other"]), row.cell(places["short"]))
    return next(filter(None, names), "")
