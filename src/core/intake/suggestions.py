"""What a file's header and first rows suggest: which column fills which field, how days and decimals are written."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence

from relance.core.intake.cells import parse_day
from relance.core.intake.fields import FIELDS, Kind

DAY_PATTERNS = ("iso", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y%m%d", "%d/%m/%y")
"""The patterns that are tried, in this order; a day that fits two is read as the first."""

_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "customer_code": (
        "customer",
        "customer_number",
        "cust_number",
        "client",
        "code_client",
        "n_client",
        "compte_tiers",
    ),
    "code": ("customer_code", "customer_number", "cust_number", "code_client", "n_client", "compte_tiers"),
    "customer_name": ("name_customer", "client_name", "nom_client", "raison_sociale"),
    "name": ("customer_name", "name_customer", "nom", "nom_client", "raison_sociale", "last_name"),
    "number": ("invoice", "invoice_number", "document", "doc_id", "piece", "n_piece", "numero", "facture"),
    "issued_on": ("date", "invoice_date", "issue_date", "document_date", "date_piece", "date_facture"),
    "due_on": ("due", "due_date", "due_in_date", "echeance", "date_echeance", "ech"),
    "amount": ("total", "amount_incl_tax", "montant", "montant_ttc", "original_amount"),
    "open_amount": ("balance", "open", "outstanding", "solde", "reste_du"),
    "currency": ("devise", "ccy", "cur"),
    "type": ("document_type", "doc_type", "nature"),
    "first_name": ("prenom", "firstname"),
    "email": ("e_mail", "mail", "courriel"),
    "phone": ("telephone", "tel"),
    "function": ("fonction", "job", "job_title"),
    "paid_on": ("payment_date", "date_paiement", "date_reglement"),
    "country": ("pays",),
    "city": ("ville",),
    "zip": ("postcode", "postal_code", "code_postal"),
    "language": ("langue",),
}


def suggested(kind: Kind, columns: Sequence[str]) -> dict[str, str]:
    """Field to column, by equal names without accents, blanks and case; each column at most once."""
    by_name = {plain(column): column for column in reversed(columns)}
    chosen: dict[str, str] = {}
    for names in (lambda field: (field,), lambda field: _OTHER_NAMES.get(field, ())):
        for field in FIELDS[kind]:
            found = next((by_name[name] for name in names(field.name) if name in by_name), None)
            if found is not None and field.name not in chosen and found not in chosen.values():
                chosen[field.name] = found
    return chosen


def plain(name: str) -> str:
    """`N° client` as `n_client`: what two ways of writing one name share."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def first_rows(sample: bytes, options: Mapping[str, str], count: int) -> list[list[str]]:
    """The first rows below the header of delimited text."""
    text = sample.decode(options.get("encoding") or "utf-8", errors="replace").lstrip("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=options.get("delimiter") or ",")
    header = int(options.get("header-line") or 1)
    rows = []
    for number, row in enumerate(reader, 1):
        if number > header + count:
            break
        if number > header:
            rows.append([cell.strip() for cell in row])
    return rows


def day_pattern(samples: Sequence[str]) -> str:
    """The first pattern that reads every sample; `iso` where none does or there is nothing to read."""
    texts = [sample.split(" ")[0].split("T")[0] for sample in samples if sample]
    return next(
        (pattern for pattern in DAY_PATTERNS if texts and all(parse_day(text, (pattern,)) for text in texts)), "iso"
    )


def decimal_mark(samples: Sequence[str]) -> str:
    """A comma where the last mark of an amount is one with one or two digits behind it, else a point."""
    return "," if any(re.search(r",\d{1,2}$", sample) for sample in samples) else "."
