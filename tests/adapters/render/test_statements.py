"""Statements of account: every open item, its age, in the customer's language, and no text of theirs is markup."""

import re
import zlib
from datetime import date
from typing import Any

import fastexcel
import pytest

from relance.adapters.render.statement import TypstStatements, _document
from relance.core.collection.composing import Company
from relance.core.insight.statements import Statement, statement_of
from relance.core.kernel.identifiers import CustomerId, ItemId
from relance.core.ledger.items import Item
from relance.core.tenancy.languages import MESSAGE_LANGUAGES

TODAY = date(2026, 11, 22)
NASTY = 'Zöllner #panic("x") *b* $1$ \\ <a> 日本'


def item(one: int, **fields: Any) -> Item:
    usual: dict[str, Any] = {"type": "invoice", "number": f"F{one}", "currency": "EUR", "open_amount": 10_000}
    usual |= {"issued_on": date(2026, 9, 1), "due_on": date(2026, 10, 1), "amount": 12_000} | fields
    return Item(item=ItemId(one), customer=CustomerId(1), **usual)


def statement(*items: Item, rate: str = "") -> Statement:
    company = Company(name="Acme", iban="FR76", bic="BNPA")
    return statement_of(company, ("C1", NASTY, ("1 rue #x",)), items, TODAY, rate)


def test_each_currency_has_its_part_with_its_age_and_total() -> None:
    made = statement(
        item(1), item(2, currency="USD", due_on=date(2026, 12, 1)), item(3, type="credit-note", open_amount=-2_500)
    )
    euro, dollar = made.parts
    assert (euro.aged.days_31_60, euro.aged.credits, euro.aged.total) == (10_000, -2_500, 7_500)
    assert (dollar.currency, dollar.aged.not_due) == ("USD", 10_000)


def test_settled_and_memo_items_are_not_on_it() -> None:
    assert not statement(item(1, open_amount=0), item(2, type="down-payment-request")).parts


def test_interest_is_of_late_invoices_that_nobody_disputes() -> None:
    [part] = statement(item(1), item(2, hold="dispute"), item(3, due_on=TODAY), rate="36.5").parts
    assert [line.interest for line in part.lines] == [520, None, None]
    assert part.interest == 520


@pytest.mark.parametrize("language", MESSAGE_LANGUAGES)
def test_every_language_has_its_own_words(language: str) -> None:
    own = _document(statement(item(1)), language)
    assert language == "en" or own["words"]["title"] != "Statement of account"
    assert own["words"]["page"].count("{page}") == 1


def test_a_pdf_is_made_whatever_a_customer_is_called_and_always_the_same() -> None:
    first = TypstStatements().pdf(statement(item(1, number=NASTY), item(2, hold="dispute"), rate="10"), "fr")
    assert first.startswith(b"%PDF-")
    assert first == TypstStatements().pdf(statement(item(1, number=NASTY), item(2, hold="dispute"), rate="10"), "fr")
    assert len(re.findall(rb"/Type\s*/Page\b", _inflated(first))) == 1


def test_a_workbook_has_numbers_where_amounts_are() -> None:
    book = fastexcel.read_excel(TypstStatements().workbook(statement(item(1, number="=1+1")), "de"))
    rows = book.load_sheet(0).to_polars().rows()
    assert rows[0][0] == "=1+1" and rows[0][7] == 100
    assert rows[-1][0] == "Saldo"


def _inflated(pdf: bytes) -> bytes:
    """The PDF with its packed streams opened, as far as they open."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)
