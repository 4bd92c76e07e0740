"""Digits of other scripts: Arabic, Persian, Indian, Thai and the wide ones of Japan and China."""

_ZEROES = "\u0660\u06f0\u0966\u09e6\u0e50\uff10"
DIGITS = {chr(ord(zero) + value): str(value) for zero in _ZEROES for value in range(10)}
"""Each of them to ours."""
MARKS = {"\u066b": ".", "\u066c": ",", "\uff0c": ",", "\uff0e": ".", "\uff0d": "-", "\uff08": "(", "\uff09": ")"}
"""Marks within numbers that go with them."""
_PLAIN = str.maketrans(DIGITS | MARKS)


def plain_digits(text: str) -> str:
    """The text with our digits, and our marks within numbers."""
    return text if text.isascii() else text.translate(_PLAIN)
