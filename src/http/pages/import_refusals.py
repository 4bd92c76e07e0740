"""Why a file can be no import at all, in words; the importer's own sentence follows in English, with the details."""

from relance.http.i18n.speech import marked

_ARCHIVE = marked("This is a packed archive: unpack it and hand in the list.")
_NO_TABLE = marked("No table was found: export the list as CSV or as a workbook.")
_NO_LIST = marked("This is a document and no list: export the list as CSV or as a workbook.")
_PROGRAM = marked("This is a file of a program and no list: export the list as CSV or as a workbook.")
REFUSALS = {
    "predictions": marked("These are predictions of payments: there are no dates of items in them."),
    "general-ledger": marked("These are bookings of a general ledger, account against account: no open items."),
    "bank-statement": marked("This is a list of movements of a bank account: import it as payments."),
    "closed-history": marked("Every row is paid and none has a number: a history of payments, no open items."),
    "customer-totals": marked(
        "These are amounts by age without dates of documents, such as customers' totals: export the list in detail."
    ),
    "rounded-amounts": marked("The amounts are in thousands, millions or cents: export them in full."),
    "interim-report": marked("An interim report of the bank may still change: import the statement."),
    "no-customer-accounts": marked("No account of the file is a customer's."),
    "other-datev-format": marked("This file of DATEV holds neither bookings nor customers."),
    "other-kind": marked("These columns hold something else: choose what under “Change”."),
    "empty-file": marked("The file is empty."),
    "no-header": marked("There is no header in the line that was named."),
    "too-many-columns": marked("The table has more columns than are read."),
    "fixed-width": marked("The columns have fixed widths, parted by blanks: export the list with a separator."),
    **dict.fromkeys(("no-table", "binary"), _NO_TABLE),
    **dict.fromkeys(("zip", "gzip", "7z", "rar", "bzip2", "xz", "zstd"), _ARCHIVE),
    **dict.fromkeys(("pdf", "postscript", "image", "rtf", "html"), _NO_LIST),
    **dict.fromkeys(("ole", "parquet", "database", "program", "xml", "json", "edi", "mt940"), _PROGRAM),
}
