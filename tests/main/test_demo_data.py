"""The invented company: the same for the same seed and day, and nobody real."""

import random
import re
from datetime import date, timedelta

from relance.core.kernel.addresses import is_mailbox
from relance.main.demo.companies import Company, companies
from relance.main.demo.ledger import Entry, first_day, ledger, open_items

TODAY = date(2026, 11, 22)
FICTION = re.compile(r"(\+33 1 99 00 \d\d \d\d|\+44 20 7946 0\d{3}|\+49 30 23125 \d{3}|\+1 614 555 01\d\d|)\Z")
MOBILE = re.compile(r"(\+33 6 39 98 \d\d \d\d|\+44 7700 900\d{3}|\+49 171 39200\d\d|\+1 614 555 01\d\d|)\Z")
"""Ranges that regulators keep for films and books; the other countries have none, so their people have no telephone."""


def invented(seed: str = "seed", count: int = 200) -> tuple[list[Company], list[Entry]]:
    chance = random.Random(seed)
    customers = companies(count, ("ann@x.example", "bob@x.example"), chance)
    return customers, ledger(customers, TODAY, chance)


def test_the_same_seed_and_day_invent_the_same() -> None:
    assert invented() == invented()
    assert invented("another") != invented()


def test_nobody_real_can_be_reached() -> None:
    customers, _ = invented()
    people = [person for customer in customers for person in customer.contacts]
    assert all(is_mailbox(person.email) and person.email.endswith(".example") for person in people)
    assert all(FICTION.match(one.phone) for one in [*customers, *people])
    assert all(MOBILE.match(one.mobile) for one in people)
    assert len({customer.name for customer in customers}) == len(customers)


def test_six_countries_three_currencies_and_every_habit() -> None:
    customers, _ = invented()
    assert {customer.country for customer in customers} == {"FR", "GB", "DE", "BE", "US", "IT"}
    assert {customer.currency for customer in customers} == {"EUR", "GBP", "USD"}
    assert len({customer.habit for customer in customers}) == 7


def test_the_ledger_is_whole_on_every_day() -> None:
    _, entries = invented()
    for months in (15, 9, 3, 0):
        day = TODAY - timedelta(days=30 * months)
        opened = open_items(entries, day)
        assert len(opened) > 500
        assert all(entry.issued_on <= day and abs(rest) <= abs(entry.amount) for entry, rest in opened)
        assert all((rest > 0) == (entry.amount > 0) for entry, rest in opened)


def test_there_are_credit_notes_partial_payments_and_money_that_nobody_matched() -> None:
    _, entries = invented()
    assert {entry.type for entry in entries} == {"invoice", "credit-note", "payment"}
    assert any(0 < rest < entry.amount for entry, rest in open_items(entries, TODAY))
    assert len({(entry.type, entry.number) for entry in entries}) == len(entries)
    assert min(entry.issued_on for entry in entries) < first_day(TODAY)
