"""Words for what an import says: kinds, fields, states, reasons, codes of rejected rows."""

from relance.core.intake.fields import BUCKETS
from relance.http.i18n.speech import gettext, marked
from relance.http.pages.import_refusals import REFUSALS

KINDS = {
    "items": marked("Open items"),
    "customers": marked("Customers"),
    "contacts": marked("Contacts"),
    "payments": marked("Payments"),
    "users": marked("Users"),
}
FIELDS = {
    "customer_code": marked("Customer code"),
    "number": marked("Item number"),
    "second_number": marked("Item number, where the other is empty"),
    "type": marked("Type"),
    "entity": marked("Entity"),
    "currency": marked("Currency"),
    "issued_on": marked("Issue date"),
    "due_on": marked("Due date"),
    "terms": marked("Payment terms"),
    "amount": marked("Amount with tax"),
    "debit": marked("Debit"),
    "credit": marked("Credit"),
    "sign": marked("Debit or credit"),
    "status": marked("Document status"),
    "open_amount": marked("Open amount"),
    "paid_amount": marked("Paid of the amount"),
    "unique_key": marked("Unique key"),
    "customer_name": marked("Customer name"),
    "order_number": marked("Order number"),
    "reference": marked("Reference"),
    "payer": marked("Payer"),
    "text": marked("What the payer wrote"),
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
    "colleagues": marked("Colleagues"),
    "groups": marked("Groups"),
    "role": marked("Role"),
    "active": marked("Active"),
    "blocked": marked("Orders stopped"),
    "collection_stop": marked("Collection stopped"),
    "penalties": marked("Late penalties"),
    "comment": marked("Comment"),
    "first_name": marked("First name"),
    "mobile": marked("Mobile"),
    "function": marked("Function"),
    "contact_role": marked("Role of the contact"),
    "collection": marked("Receives the reminders"),
}
_BY_AGE = marked("Open amount by age, %(place)s")
STATES = {
    "running": (marked("Running"), ""),
    "done": (marked("Done"), "green"),
    "held": (marked("Held"), "amber"),
    "refused": (marked("Refused"), "red"),
    "failed": (marked("Failed"), "red"),
    "undone": (marked("Undone"), ""),
    "dry-run": (marked("Checked, nothing written"), ""),
}
_CELLS = marked("Too many or too few cells")
_SEPARATOR = marked("A separator is missing or stands inside a cell without quotes.")
REASONS = {
    "would-settle-too-much": marked("The file would settle more items by absence than your limit allows."),
    "moves-too-much": marked("The file would move the open amount of this source more than your limit allows."),
    "unreadable-rows": marked("Rows without a readable identity, and items that would be settled by absence."),
    "needs-answer": marked("Something must be answered first."),
    "nothing-accepted": marked("Every row was rejected."),
    "control-sum": marked("What was announced of the file is not what was read."),
    "unreadable-file": marked("The file cannot be read."),
    "failed": marked("The import broke; nothing was changed."),
    "interrupted": marked("The program stopped before the end; nothing was changed. Import the file again."),
    "layout-changed": marked("The file has another layout than the one that is remembered."),
    "bad-input": marked("What was chosen does not fit the file."),
} | REFUSALS
REJECTS = {
    "bad-date": marked("Not a date"),
    "far-date": marked("A date implausibly far away"),
    "bad-amount": marked("Not an amount"),
    "bad-currency": marked("Not a currency"),
    "bad-country": marked("Not a country"),
    "bad-language": marked("Not a language"),
    "bad-flag": marked("Neither yes nor no"),
    "bad-terms": marked("Not payment terms"),
    "bad-email": marked("Not an email address"),
    "missing-value": marked("Nothing in a mandatory field"),
    "cell-in-error": marked("An error of the spreadsheet"),
    "digits-lost": marked("A number that a spreadsheet has shortened"),
    "money-out": marked("Money that went out"),
    "bad-movement": marked("A movement that cannot be read"),
    "no-terms": marked("A customer without payment terms"),
    "duplicate-identity": marked("Twice in the file"),
    "wrong-number-of-cells": _CELLS,
    "wrong-cell-count": _CELLS,
    "open-quote": marked("A quote without its end"),
    "value-too-long": marked("More text than a field holds"),
    "duplicate-payment": marked("A payment that came before"),
    "unknown-number": marked("Unknown item"),
    "unknown-sign": marked("Neither debit nor credit"),
    "unknown-type": marked("Unknown type"),
    "unknown-customer": marked("Unknown customer"),
    "unknown-collector": marked("Unknown collector"),
    "unknown-scenario": marked("Unknown scenario"),
    "unknown-role": marked("Unknown role"),
    "unknown-contact-role": marked("Unknown role of a contact"),
    "unknown-entity": marked("Unknown entity"),
    "unknown-step": marked("Unknown step"),
    "unknown-payment-method": marked("Unknown payment method"),
}
_ADVICE = {
    "bad-date": marked("Choose how dates are written under “Change”, or correct the cells."),
    "far-date": marked("Years from 1900 to 2099 are read. Correct the cells, or choose how dates are written."),
    "bad-amount": marked("Choose how amounts are written under “Change”, or correct the cells."),
    "bad-currency": marked("Write a code such as EUR."),
    "bad-country": marked("Write a code of two letters such as FR."),
    "bad-language": marked("Write a code of two letters such as fr."),
    "bad-flag": marked("Write 1 or 0, yes or no."),
    "cell-in-error": marked("Open the workbook, correct the formula, let it calculate, and save it."),
    "digits-lost": marked("Export the list again, and do not save it from a spreadsheet."),
    "money-out": marked("Only what came in is a payment of a customer; nothing to do."),
    "bad-movement": marked("Have the bank send the statement again."),
    "missing-value": marked("Fill the cell, or choose another column for the field."),
    "wrong-number-of-cells": _SEPARATOR,
    "wrong-cell-count": _SEPARATOR,
    "open-quote": marked("Close the quote, or choose that quotes mean nothing."),
    "value-too-long": marked("Shorten the text: 2,000 characters are kept."),
    "duplicate-payment": marked("Same customer, reference, date and amount: nothing to do."),
    "unknown-number": marked("Import the items first, or correct the number."),
    "unknown-sign": marked("Write S or H, D or C, debit or credit."),
    "bad-terms": marked("Write days, such as 30, or 30 eom for the end of the month."),
    "bad-email": marked("Correct the address."),
    "no-terms": marked("Import the terms with the customers, or a due date with the items."),
    "unknown-role": marked("Write administrator, manager, collector, colleague or viewer."),
    "unknown-contact-role": marked("Write accounting, purchasing, sales, logistics, legal or management."),
    "unknown-step": marked("Write the code of a step of a scenario, or leave the cell empty."),
    "unknown-payment-method": marked("Write transfer, direct-debit, draft, card or cheque."),
    "duplicate-identity": marked("The first row of each was taken."),
    "unknown-type": marked("Say which of our types the word means."),
    "unknown-customer": marked("Import the customers first, or correct the code."),
    "unknown-collector": marked("Add the person under Settings, Users, or correct the address."),
    "unknown-scenario": marked("Correct the code, or leave the cell empty for the default scenario."),
    "unknown-entity": marked("Correct the code, or leave the column out."),
}
PHASES = {
    "waiting": marked("Waits for another import to end"),
    "reading": marked("Reading and checking the rows"),
    "comparing": marked("Comparing with what is known"),
    "writing": marked("Writing what changes"),
}


def field_words(name: str) -> str:
    """The field's name; one of the tenant's own as it is."""
    if name in BUCKETS:
        return gettext(_BY_AGE) % {"place": BUCKETS.index(name) + 1}
    return gettext(FIELDS[name]) if name in FIELDS else name


def reject_words(code: str) -> tuple[str, str]:
    """What is wrong with rows of this code, and what to do; a code that is not known stays as it is."""
    title = gettext(REJECTS[code]) if code in REJECTS else code
    return title, gettext(_ADVICE[code]) if code in _ADVICE else ""
