"""Words for what an import says: kinds, fields, states, reasons, codes of rejected rows."""

from relance.core.intake.suggestions import DAY_PATTERNS
from relance.http.i18n.speech import gettext, marked

KINDS = {
    "items": marked("Open items"),
    "customers": marked("Customers"),
    "contacts": marked("Contacts"),
    "payments": marked("Payments"),
}
FIELDS = {
    "customer_code": marked("Customer code"),
    "number": marked("Item number"),
    "type": marked("Type"),
    "entity": marked("Entity"),
    "currency": marked("Currency"),
    "issued_on": marked("Issue date"),
    "due_on": marked("Due date"),
    "terms": marked("Payment terms"),
    "amount": marked("Amount with tax"),
    "debit": marked("Debit"),
    "credit": marked("Credit"),
    "open_amount": marked("Open amount"),
    "unique_key": marked("Unique key"),
    "customer_name": marked("Customer name"),
    "order_number": marked("Order number"),
    "reference": marked("Reference"),
    "paid_on": marked("Payment date"),
    "payment_method": marked("Payment method"),
    "document": marked("Document"),
    "last_step": marked("Last step done"),
    "last_step_on": marked("Date of the last step"),
    "code": marked("Customer code"),
    "name": marked("Name"),
    "legal_id": marked("Legal number"),
    "vat_number": marked("VAT number"),
    "street": marked("Street"),
    "zip": marked("Postal code"),
    "city": marked("City"),
    "state": marked("State"),
    "country": marked("Country"),
    "language": marked("Language"),
    "phone": marked("Phone"),
    "email": marked("Email"),
    "url": marked("Web site"),
    "credit_limit": marked("Credit limit"),
    "order_backlog": marked("Order backlog"),
    "collector": marked("Collector"),
    "scenario": marked("Scenario"),
    "blocked": marked("Orders stopped"),
    "collection_stop": marked("Collection stopped"),
    "comment": marked("Comment"),
    "first_name": marked("First name"),
    "mobile": marked("Mobile"),
    "function": marked("Function"),
    "collection": marked("Receives the reminders"),
}
STATES = {
    "running": (marked("Running"), ""),
    "done": (marked("Done"), "green"),
    "held": (marked("Held"), "amber"),
    "refused": (marked("Refused"), "red"),
    "failed": (marked("Failed"), "red"),
    "undone": (marked("Undone"), ""),
    "dry-run": (marked("Checked, nothing written"), ""),
}
REASONS = {
    "would-settle-too-much": marked("The file would settle more items by absence than your limit allows."),
    "moves-too-much": marked("The file would move the open amount of this source more than your limit allows."),
    "unreadable-rows": marked("Rows without a readable identity, and items that would be settled by absence."),
    "needs-answer": marked("Some columns must be chosen first."),
    "unreadable-file": marked("The file cannot be read."),
    "failed": marked("The import broke; nothing was changed."),
}
REJECTS = {
    "bad-date": marked("Not a date"),
    "bad-amount": marked("Not an amount"),
    "bad-currency": marked("Not a currency"),
    "bad-country": marked("Not a country"),
    "bad-language": marked("Not a language"),
    "bad-flag": marked("Neither yes nor no"),
    "bad-terms": marked("Not payment terms"),
    "missing-value": marked("Nothing in a mandatory field"),
    "duplicate": marked("The same item twice"),
    "unknown-type": marked("Unknown type"),
    "unknown-customer": marked("Unknown customer"),
    "unknown-collector": marked("Unknown collector"),
    "unknown-scenario": marked("Unknown scenario"),
    "unknown-entity": marked("Unknown entity"),
    "unknown-step": marked("Unknown step"),
    "unknown-payment-method": marked("Unknown payment method"),
}
_DAYS = {
    "iso": "2026-11-23",
    "%d/%m/%Y": "23/11/2026",
    "%m/%d/%Y": "11/23/2026",
    "%d.%m.%Y": "23.11.2026",
    "%d-%m-%Y": "23-11-2026",
    "%Y%m%d": "20261123",
    "%d/%m/%y": "23/11/26",
}


def field_words(name: str) -> str:
    """The field's name; one of the tenant's own as it is."""
    return gettext(FIELDS[name]) if name in FIELDS else name


def day_examples() -> dict[str, str]:
    """Pattern to an example of it."""
    return {pattern: _DAYS[pattern] for pattern in DAY_PATTERNS}
