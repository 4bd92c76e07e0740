"""Values of an address or a form that must be one of a few."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from relance.core.kernel.errors import BadInput
from relance.http.dependencies import Fields
from relance.http.i18n.reading import read_day

T = TypeVar("T", bound=str)


def chosen(text: str, among: Iterable[T]) -> T:
    """The known value that was asked for; raises BadInput for any other."""
    for known in among:
        if known == text:
            return known
    raise BadInput(f"no such filter: {text[:40]!r}")


def number_or_none(text: str) -> int | None:
    """A whole number, or nothing was chosen; raises BadInput."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadInput(f"no such filter: {text[:40]!r}")
    return int(text)


def day_chosen(fields: Fields, name: str, today: date) -> date | None:
    """The day of the button that is pressed, or the one typed beside the buttons, which counts where there is one."""
    pressed = fields.text(name)
    return read_day(fields.text("other") or ("" if pressed == "other" else pressed), today)


def typed_again(fields: Fields) -> dict[str, list[str]]:
    """What a refused form held: it is shown again as it was."""
    return defaultdict(list, {name: fields.texts(name) for name in fields.names()})
