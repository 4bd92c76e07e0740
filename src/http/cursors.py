"""The last line seen, as one word of an address."""

import base64
import binascii
from typing import Any, TypeVar

import msgspec

from relance.core.kernel.errors import BadInput

T = TypeVar("T")


def cursor(*parts: Any) -> str:
    """A word that holds the parts."""
    return base64.urlsafe_b64encode(msgspec.json.encode(parts)).decode().rstrip("=")


def parts_of(word: str, kind: type[T]) -> T:
    """The parts of a word, of the type expected; raises BadInput for a torn one."""
    try:
        padded = word + "=" * (-len(word) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=kind)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as torn:
        raise BadInput("this page's address is torn; start again from the list") from torn
