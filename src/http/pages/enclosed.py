"""Documents that travel with a message: opened one by one, and what is said of those that stay behind."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from litestar import Response

from relance.core.kernel.errors import NotFound
from relance.http.i18n.speech import gettext, ngettext
from relance.ports.channels import Attachment

_NAMED = 5


def as_document(attached: Sequence[Attachment], place: int) -> Response[bytes]:
    """The document at a place counted from 1; raises NotFound."""
    if not 1 <= place <= len(attached):
        raise NotFound("no such document")
    one = attached[place - 1]
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(one.name)}"}
    return Response(one.content, media_type=one.media_type, headers=headers | {"x-content-type-options": "nosniff"})


def left_out_words(left: Iterable[Sequence[str]]) -> list[str]:
    """Which invoices travel without their copies, by reason and number: a sentence for each reason."""
    numbers: dict[str, list[str]] = {}
    for reason, number in left:
        numbers.setdefault(reason, []).append(number)
    said = {
        "no-copy": gettext("No copy is kept of %(numbers)s."),
        "too-many-copies": gettext("More copies than one email takes, left out: %(numbers)s."),
        "copies-too-large": gettext("Copies too large for one email, left out: %(numbers)s."),
    }
    return [words % {"numbers": some_of(numbers[reason])} for reason, words in said.items() if reason in numbers]


def some_of(names: Sequence[str]) -> str:
    """The first few by name, and how many there are besides."""
    rest = len(names) - _NAMED
    more = [ngettext("%(num)d more", "%(num)d more", rest) % {"num": rest}] if rest > 0 else []
    return ", ".join([*names[:_NAMED], *more])
