"""Whose money came in, where a bank statement does not say it: by the numbers that the payer quotes, else by name."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from relance.core.kernel.identifiers import CustomerId

_TOKEN = re.compile(r"[^\W_][\w\-/.]*[^\W_]", re.UNICODE)
_JOINT = re.compile(r"[/.,;:+]")
_SHORT = 6
"""Plain digits of fewer places may be a year, a day or an amount: they count only with the payer's name or the sum."""
_LEGAL_FORMS = (
    "sa sas sasu sarl eurl sci snc gmbh ag kg ohg ug mbh co ltd limited plc llp llc inc corp bv nv srl spa sro "
    "oy ab as aps sl slu lda ltda cie company sp zoo kft doo dd"
)
_LEGAL = frozenset(_LEGAL_FORMS.split())


class Remittance(msgspec.Struct, frozen=True, kw_only=True):
    """What a bank tells of money that came in; `amount` in minor units."""

    amount: int
    currency: str
    payer: str = ""
    text: str = ""


class Quotable(msgspec.Struct, frozen=True, kw_only=True):
    """A number that customers know: of an invoice, in one currency; `open_amount` of all items that bear it."""

    number: str
    customer: CustomerId
    currency: str
    open_amount: int


class Payer(msgspec.Struct, frozen=True, kw_only=True):
    """The customer who paid, and the numbers of their items that they quoted."""

    customer: CustomerId
    numbers: tuple[str, ...] = ()


def quoted_in(text: str) -> tuple[str, ...]:
    """Words of a text that may be numbers of items: with a digit, and whole as well as in their parts; each once."""
    found: dict[str, None] = {}
    for token in _TOKEN.findall(text):
        for part in (token, *_JOINT.split(token)):
            if len(part) >= 3 and any(letter.isdigit() for letter in part):
                found[part] = None
                found[part.upper()] = None
    return tuple(found)


def plain_name(name: str) -> str:
    """What two ways of writing a company's name share: no accents, signs, case or legal form at its end."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[^\W_]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


def payer_of(
    paid: Remittance, quotable: Mapping[str, Sequence[Quotable]], named: Mapping[str, Sequence[CustomerId]]
) -> Payer | None:
    """The one customer whose numbers are quoted, else the one who bears the payer's name; None where it is unclear."""
    same_name = tuple(named.get(plain_name(paid.payer), ())) if paid.payer else ()
    quoted = [one for word in quoted_in(paid.text) for one in quotable.get(word, ()) if _counts(one, paid, same_name)]
    customers = {one.customer for one in quoted}
    if len(customers) > 1 and len(customers & set(same_name)) == 1:
        customers &= set(same_name)
    if len(customers) == 1:
        (customer,) = customers
        numbers = dict.fromkeys(
            one.number for one in quoted if one.customer == customer and one.currency == paid.currency
        )
        return Payer(customer=customer, numbers=tuple(numbers))
    if not customers and len(same_name) == 1:
        return Payer(customer=same_name[0])
    return None


def _counts(one: Quotable, paid: Remittance, same_name: Sequence[CustomerId]) -> bool:
    if len(one.number) >= _SHORT or not one.number.isdecimal():
        return True
    return one.customer in same_name or (one.currency == paid.currency and one.open_amount == paid.amount)
