"""Invented customers: who they are, how they pay, whom to write to."""

import random
import re
import unicodedata
from typing import Literal

import msgspec

from relance.main.demo.places import PLACES, Place

Habit = Literal["early", "punctual", "slow", "very-slow", "erratic", "stopped", "direct-debit"]
_HABITS: tuple[tuple[Habit, int], ...] = (
    ("early", 8),
    ("punctual", 38),
    ("slow", 22),
    ("very-slow", 9),
    ("erratic", 11),
    ("stopped", 5),
    ("direct-debit", 7),
)


WITH_SMS = "with-sms"
"""The scenario of one customer in four, where telephones of fiction are reserved."""


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A person at a customer; `collection` marks who receives reminders."""

    first_name: str
    name: str
    email: str
    phone: str
    mobile: str
    function: str
    language: str
    collection: bool


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """One invented customer. `trade_size` scales its invoices, from 1 (a shop) to 40 (a chain)."""

    code: str
    name: str
    street: str
    zip: str
    city: str
    country: str
    language: str
    currency: str
    vat_number: str
    phone: str
    terms: int
    credit_limit: int
    collector: str
    habit: Habit
    trade_size: int
    scenario: str
    contacts: tuple[Contact, ...]


def companies(count: int, collectors: tuple[str, ...], chance: random.Random) -> list[Company]:
    """As many customers as asked, of different names; every fortieth has no collector yet."""
    taken: set[str] = set()
    made = []
    for number in range(1, count + 1):
        place = chance.choices(PLACES, [place.share for place in PLACES])[0]
        collector = "" if number % 40 == 0 else collectors[number % len(collectors)]
        made.append(_company(number, place, collector, taken, chance))
    return made


def _company(number: int, place: Place, collector: str, taken: set[str], chance: random.Random) -> Company:
    town_zip, town = chance.choice(place.towns)
    name = _name(place, town, taken, chance)
    size = max(1, min(40, int(chance.lognormvariate(1.2, 0.9))))
    habit = chance.choices([habit for habit, _ in _HABITS], [weight for _, weight in _HABITS])[0]
    language = chance.choice(place.languages)
    return Company(
        code=f"C{10000 + number * 7}",
        name=name,
        street=place.street_form.format(n=chance.randint(1, 120), street=chance.choice(place.streets)),
        zip=town_zip,
        city=town,
        country=place.country,
        language=language,
        currency=place.currency,
        vat_number=_digits(place.vat, chance),
        phone=_digits(place.phone, chance),
        terms=chance.choices((30, 45, 60), (60, 25, 15))[0],
        credit_limit=size * 5000,
        collector=collector,
        habit=habit,
        trade_size=size,
        scenario=WITH_SMS if place.mobile and number % 4 == 1 else "",
        contacts=_contacts(place, name, language, chance),
    )


def _name(place: Place, town: str, taken: set[str], chance: random.Random) -> str:
    """A name that nobody has yet; after some tries the town makes it one."""
    name = ""
    for attempt in range(40):
        last, second = chance.sample(place.last_names, 2)
        words = chance.choice(place.name_forms).format(
            last=last, last2=second, trade=chance.choice(place.trades), town=town
        )
        extra = f" {town}" if attempt > 10 and town not in words else ""
        extra += f" {chance.choice(place.trades)}" if attempt > 20 else ""
        name = f"{words}{extra} {chance.choice(place.forms)}"
        if name not in taken:
            break
    while name in taken:
        name = f"{name.rsplit(' ', 1)[0]} {len(taken) + 1}"
    taken.add(name)
    return name


def _contacts(place: Place, company: str, language: str, chance: random.Random) -> tuple[Contact, ...]:
    """Usually the accounts payable and a buyer; one customer in fourteen has nobody who may be written to."""
    domain = f"{_plain(company)}.example"
    people = []
    posts = (("Accounts payable", chance.random() > 0.07), ("Purchasing", False))
    names = zip(chance.sample(place.first_names, 2), chance.sample(place.last_names, 2), strict=True)
    for (function, collection), (first, last) in zip(posts, names, strict=True):
        if not collection and chance.random() < 0.45:
            continue
        people.append(
            Contact(
                first_name=first,
                name=last,
                email=f"{_plain(first)}.{_plain(last)}@{domain}",
                phone=_digits(place.phone, chance),
                mobile=_digits(place.mobile, random.Random(domain + function)),  # noqa: S311 - invented data
                function=function,
                language=language,
                collection=collection,
            )
        )
    return tuple(people)


def _plain(text: str) -> str:
    """Letters for an address: no accents, blanks become hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:40].strip("-")


def _digits(pattern: str, chance: random.Random) -> str:
    return re.sub("#", lambda _: str(chance.randint(0, 9)), pattern)
