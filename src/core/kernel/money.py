"""Money is whole minor units of one currency; decimal text at the edges; rounding happens here only."""

from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

import msgspec

from relance.core.kernel.errors import BadInput

_NO_MINOR_UNIT = frozenset(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    )
)
_THREE_DIGITS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_EXACT = Context(prec=50)


def minor_digits(currency: str) -> int:
    """Decimal digits of the currency's minor unit (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD."""
    if currency in _NO_MINOR_UNIT:
        return 0
    return 3 if currency in _THREE_DIGITS else 2


def currencies_with_digits(digits: int) -> frozenset[str]:
    """The currencies whose minor unit has no digit (0) or three (3); every other has two."""
    return {0: _NO_MINOR_UNIT, 3: _THREE_DIGITS}[digits]


class Money(msgspec.Struct, frozen=True, order=True):
    """An amount in minor units (cents) of a currency (ISO 4217, upper case)."""

    minor: int
    currency: str

    @property
    def text(self) -> str:
        """Plain decimal text without currency: `-1234.50`."""
        return decimal_text(self.minor, self.currency)


def decimal_text(minor: int, currency: str) -> str:
    """Decimal text of an amount in minor units, with exactly the currency's digits."""
    return str(Decimal(minor).scaleb(-minor_digits(currency), _EXACT).quantize(_quantum(currency)))


def to_minor(amount: Decimal, currency: str) -> tuple[int, bool]:
    """Round half-up to the currency's minor unit: the minor units, and whether anything was rounded away."""
    scaled = amount.scaleb(minor_digits(currency), _EXACT)
    whole = scaled.to_integral_value(rounding=ROUND_HALF_UP)
    return int(whole), whole != scaled


def from_text(text: str, currency: str) -> int:
    """Minor units of plain decimal text; raises BadInput when it is no number or has too many decimals."""
    try:
        minor, rounded = to_minor(Decimal(text.strip()), currency)
    except InvalidOperation as bad:
        raise BadInput(f"{text!r} is not an amount: write it like 1234.50") from bad
    if rounded:
        raise BadInput(f"{text!r} has more decimals than {currency} has")
    return minor


def sums_text(sums: dict[str, int]) -> dict[str, str]:
    """Currency to decimal text, in the order of the currencies' codes; nothing is added across currencies."""
    return {currency: decimal_text(minor, currency) for currency, minor in sorted(sums.items())}


def _quantum(currency: str) -> Decimal:
    return Decimal(1).scaleb(-minor_digits(currency))
