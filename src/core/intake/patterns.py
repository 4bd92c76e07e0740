"""Which file names a source may take: an allow-list pattern such as `items_*.txt` or `items_%Y%m%d.txt`."""

import re
from datetime import UTC, datetime

import msgspec

from relance.core.kernel.errors import BadInput

_DATE_PARTS = {
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%m": r"\d{2}",
    "%d": r"\d{2}",
    "%H": r"\d{2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
}
_TOKEN = re.compile(r"%.|[*?]|[^%*?]+|%")
_LONGEST = 200
_MOST_STARS = 6


class FilePattern(msgspec.Struct, frozen=True):
    """A checked pattern: `*` stands for any characters, `?` for one, `%Y %m %d %H %M %S` for parts of a date."""

    text: str

    def matches(self, name: str) -> bool:
        """Whether the whole name fits, its date included; a name that could leave its folder never does."""
        return is_plain_name(name) and bool(_regex(self.text).fullmatch(name)) and not self._has_bad_date(name)

    def moment(self, name: str) -> datetime | None:
        """The date that the name bears, where the pattern has one; it orders files and says nothing of a zone."""
        found = _regex(self.text).fullmatch(name)
        if found is None or not found.groups():
            return None
        parts = [token for token in _TOKEN.findall(self.text) if token in _DATE_PARTS]
        try:
            return datetime.strptime(" ".join(found.groups()), " ".join(parts)).replace(tzinfo=UTC)
        except ValueError:
            return None

    def _has_bad_date(self, name: str) -> bool:
        return any(part in self.text for part in _DATE_PARTS) and self.moment(name) is None


def checked_pattern(text: str) -> FilePattern:
    """The pattern; raises BadInput for one that names folders or cannot be read."""
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise BadInput(f"pattern {text[:40]!r}: 1 to {_LONGEST} printable characters, like items_*.txt")
    if "/" in text or "\\" in text or text.startswith("."):
        raise BadInput(f"pattern {text!r}: a file name without a folder, not beginning with a dot")
    if text.count("*") > _MOST_STARS:
        raise BadInput(f"pattern {text!r}: at most {_MOST_STARS} stars")
    parts = [token for token in _TOKEN.findall(text) if token.startswith("%")]
    wrong = next((token for token in parts if token not in _DATE_PARTS), None)
    if wrong is not None or len(set(parts)) < len(parts):
        raise BadInput(f"pattern {text!r}: parts of a date are {' '.join(_DATE_PARTS)}, each at most once")
    if parts and not ({"%Y", "%y"} & set(parts) and {"%m", "%d"} <= set(parts)):
        raise BadInput(f"pattern {text!r}: a date needs its year, month and day: %Y%m%d")
    return FilePattern(text)


def is_plain_name(name: str) -> bool:
    """Whether this is the name of one visible file: no folder, no way up, nothing unprintable."""
    return (
        bool(name)
        and len(name) <= 255
        and name.isprintable()
        and not name.startswith(".")
        and not set(name) & set("/\\")
    )


def _regex(text: str) -> re.Pattern[str]:
    """Each part between stars is sought once, where it first fits: no name can make the search long."""
    first, *rest = re.split(r"\*+", text)
    made = _pieces(first)
    for place, part in enumerate(rest, 1):
        made += f"[^/]*{_pieces(part)}" if place == len(rest) else f"(?>[^/]*?{_pieces(part)})"
    return re.compile(made, re.IGNORECASE)


def _pieces(text: str) -> str:
    return "".join(_piece(token) for token in _TOKEN.findall(text))


def _piece(part: str) -> str:
    if part in _DATE_PARTS:
        return f"({_DATE_PARTS[part]})"
    return "[^/]" if part == "?" else re.escape(part)
