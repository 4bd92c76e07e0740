"""What an accountant expects of every real file: the table behind `test_samples`.

Sums, rows and kinds come from the sidecars (`.expect.json`); the table says which of them an import must come to.
"""

import json
import os
from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(os.environ.get("RELANCE_SAMPLES", "."))


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One file imported as one kind.

    `asked` are the questions of the first try, `answers` what a person says to them. `sums` maps our currency to the
    sidecar's name of the sum; `rows` is the number of accepted rows where it is not the sidecar's.
    """

    file: str
    kind: str = "items"
    currency: str = "EUR"
    asked: tuple[str, ...] = ()
    mapping: dict[str, str] = {}
    options: dict[str, str] = {}
    state: str = "done"
    reason: str = ""
    accepted: str = "rows"
    rejected: int = 0
    sums: dict[str, str] = {}
    settled: bool = False
    """Nothing stays open."""


def refused(file: str, reason: str, kind: str = "items") -> Row:
    """A file that can be no import of the kind."""
    return Row(file=file, kind=kind, state="refused", reason=reason, accepted="")


_BANK = ("camt053_oca.xml", "camt053_oca.zip", "camt054_esr_ch.xml", "cfonb120_fr.cfo", "mt940_cmxl_de.sta")
_BANK_TABLES = ("mt940_sepa_de.sta", "statement_metadata_debit_credit.csv", "statement_metadata_debit_credit.xls")
TABLE = [
    *(refused(f"bank/{name}", "bank-statement") for name in (*_BANK, *_BANK_TABLES, "statement_multi_currency.csv")),
    Row(
        file="erp/ar_aging_workbook_formulas.xlsx",
        asked=("name-is-code",),
        mapping={"customer_code": "Customer"},
        sums={"ILS": "ILS"},
    ),
    refused("erp/ar_ledger_snapshot_api.json", "json"),
    Row(file="erp/consistem_titulos_cp1252.csv", currency="BRL", sums={"BRL": "BRL"}),
    refused("erp/datev_extf_buchungsstapel_comma.csv", "no-customer-accounts"),
    refused("erp/datev_extf_buchungsstapel_semicolon.csv", "no-customer-accounts"),
    refused("erp/datev_lint_encoding_windows1252.csv", "no-customer-accounts"),
    refused("erp/datev_lint_leading_zero_konto.csv", "no-customer-accounts"),
    refused("erp/datev_lint_broken_quotes.csv", "unreadable-file"),
    refused("erp/datev_extf_stammdaten.csv", "other-kind"),
    Row(file="erp/datev_extf_stammdaten.csv", kind="customers", accepted="1"),
    Row(
        file="erp/ebok_platnosci_cp1250.csv",
        currency="PLN",
        asked=("missing-field",),
        mapping={"customer_code": "=K1"},
        settled=True,
    ),
    Row(
        file="erp/fec_pipe_padded_2023.txt",
        asked=("no-due-date",),
        mapping={"terms": "=30"},
        accepted="customer_rows",
        sums={"EUR": "EUR 411 unlettered balance"},
    ),
    refused("erp/metasfresh_partner_import_mojibake.txt", "other-kind"),
    Row(file="erp/metasfresh_partner_import_mojibake.txt", kind="customers"),
    Row(
        file="erp/quickbooks_open_invoices.csv",
        currency="USD",
        asked=("name-is-code",),
        mapping={"customer_code": "Customer"},
        sums={"USD": "USD"},
    ),
    refused("highradius/highradius_closed_40000_reconstructed.csv", "closed-history"),
    refused("highradius/highradius_published_predictions_8000.csv", "predictions"),
    Row(file="highradius/highradius_open_items_9681.csv", currency="USD", sums={"USD": "USD rounded"}),
    Row(
        file="highradius/highradius_raw_layout_sample.csv",
        currency="USD",
        sums={"USD": "USD", "CAD": "CAD"},
        settled=True,
    ),
]


def sidecar(row: Row) -> dict[str, Any]:
    """What is known of the file."""
    told: dict[str, Any] = json.loads((FOLDER / f"{row.file}.expect.json").read_text())
    rounded = {f"{name} rounded": value for name, value in told.get("sums_rounded_row_by_row", {}).items()}
    return told | {"sums": told["sums"] | rounded}


def wanted_rows(row: Row) -> int:
    """How many rows must be accepted."""
    return int(row.accepted) if row.accepted.isdecimal() else int(sidecar(row)[row.accepted])


def wanted_sums(row: Row) -> dict[str, str]:
    """What the accepted rows must come to."""
    told = sidecar(row)["sums"]
    return {currency: told[name] for currency, name in row.sums.items()}
