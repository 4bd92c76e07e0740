"""Phone numbers as people write them, in the one form that a network takes."""

from functools import lru_cache

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_possible_number,
    number_type,
    parse,
)

_NEVER_TEXTED = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
        PhoneNumberType.PAGER,
    }
)


@lru_cache(maxsize=4096)
def mobile_number(text: str, country: str) -> str:
    """The number in E.164, read as written in that country; nothing for what is none, or surely no mobile.

    A number of a range that is not given out yet passes: the network knows better than a list of ranges.
    """
    if not text.strip():
        return ""
    try:
        number = parse(text, country or None)
    except NumberParseException:
        return ""
    if not is_possible_number(number) or number_type(number) in _NEVER_TEXTED:
        return ""
    return format_number(number, PhoneNumberFormat.E164)
