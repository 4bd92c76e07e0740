"""The files that the invented company's ERP would export: semicolons, its own headers, a decimal comma."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from relance.core.kernel.money import decimal_text
from relance.main.demo.companies import Company
from relance.main.demo.ledger import Entry, open_items

OPTIONS = {"delimiter": ";", "decimal": ",", "date": "%d/%m/%Y", "encoding": "utf-8"}

CUSTOMERS = {
    "code": "Account",
    "name": "Company",
    "street": "Address",
    "zip": "Postcode",
    "city": "Town",
    "country": "Country",
    "language": "Language",
    "currency": "Currency",
    "vat_number": "VAT no.",
    "phone": "Telephone",
    "credit_limit": "Limit",
    "collector": "Credit controller",
    "scenario": "Reminder plan",
    "payment_method": "Pays by",
}
CONTACTS = {
    "customer_code": "Account",
    "name": "Last name",
    "first_name": "First name",
    "email": "E-mail",
    "phone": "Telephone",
    "mobile": "Mobile",
    "function": "Function",
    "language": "Language",
    "collection": "Reminders",
}
ITEMS = {
    "customer_code": "Account",
    "number": "Document",
    "type": "Kind",
    "issued_on": "Date",
    "due_on": "Due",
    "currency": "Currency",
    "amount": "Gross",
    "open_amount": "Open",
    "order_number": "Order",
    "reference": "Reference",
    "payment_method": "Pays by",
}
PAYMENTS = {
    "customer_code": "Account",
    "paid_on": "Value date",
    "amount": "Amount",
    "currency": "Currency",
    "number": "Document",
    "reference": "Reference",
}
"""Field to header, kind by kind: the mapping that the demo's imports are given."""


def write_customers(path: Path, customers: Iterable[Company]) -> Path:
    """The customers file."""
    rows = (
        {
            "code": one.code,
            "name": one.name,
            "street": one.street,
            "zip": one.zip,
            "city": one.city,
            "country": one.country,
            "language": one.language,
            "currency": one.currency,
            "vat_number": one.vat_number,
            "phone": one.phone,
            "credit_limit": f"{one.credit_limit},00",
            "collector": one.collector,
            "scenario": one.scenario,
            "payment_method": "direct-debit" if one.habit == "direct-debit" else "transfer",
        }
        for one in customers
    )
    return _write(path, CUSTOMERS, rows)


def write_contacts(path: Path, customers: Iterable[Company]) -> Path:
    """The contacts file."""
    rows = (
        {
            "customer_code": one.code,
            "name": person.name,
            "first_name": person.first_name,
            "email": person.email,
            "phone": person.phone,
            "mobile": person.mobile,
            "function": person.function,
            "language": person.language,
            "collection": "1" if person.collection else "0",
        }
        for one in customers
        for person in one.contacts
    )
    return _write(path, CONTACTS, rows)


def write_items(path: Path, entries: list[Entry], day: date) -> Path:
    """What is open in the evening of a day: a STOCK file."""
    rows = (
        {
            "customer_code": entry.customer,
            "number": entry.number,
            "type": entry.type,
            "issued_on": _day(entry.issued_on),
            "due_on": _day(entry.due_on),
            "currency": entry.currency,
            "amount": _amount(entry.amount, entry.currency),
            "open_amount": _amount(rest, entry.currency),
            "order_number": entry.order_number,
            "reference": entry.reference,
            "payment_method": entry.payment_method,
        }
        for entry, rest in open_items(entries, day)
    )
    return _write(path, ITEMS, rows)


def write_payments(path: Path, entries: list[Entry], after: date, until: date) -> Path:
    """What came in on the days after one day, up to another."""
    rows = (
        {
            "customer_code": entry.customer,
            "paid_on": _day(paid_on),
            "amount": _amount(part, entry.currency),
            "currency": entry.currency,
            "number": entry.number,
            "reference": f"SEPA {entry.number[-6:]}",
        }
        for entry in entries
        if entry.type == "invoice"
        for paid_on, part in entry.paid
        if after < paid_on <= until
    )
    return _write(path, PAYMENTS, rows)


def _write(path: Path, mapping: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";", lineterminator="\r\n")
        writer.writerow(mapping.values())
        writer.writerows([row[field] for field in mapping] for row in rows)
    return path


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _amount(minor: int, currency: str) -> str:
    return decimal_text(minor, currency).replace(".", ",")
