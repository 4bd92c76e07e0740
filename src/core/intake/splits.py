"""A code and a name in one cell: `C1001 - Acme`, `Acme (C1001)`; the template says which is where."""

import re
from collections.abc import Sequence
from functools import lru_cache

from relance.core.kernel.errors import BadInput

NONE = "none"
TEMPLATES = (
    "code - name",
    "code-name",
    "code : name",
    "code | name",
    "code / name",
    "name (code)",
    "name [code]",
    "name - code",
    "code name",
)
_CODE = r"[A-Za-z]{0,6}[-_]?\d[\w./]*"
_TIGHT = {"code-name": r"\d{4,}(?:/\d{1,4})?-[^\W\d_]{2}.{2,}", "code name": r"\d{3,} .*[^\W\d_]{3}.*"}
"""What a cell must look like besides, where a template has little to tell it by: many codes have a hyphen."""


def split_of(values: Sequence[str]) -> str:
    """The template that all of these values follow, each with a digit in its code; empty for none."""
    if not values:
        return ""
    found = (template for template in TEMPLATES if all(_follows(template, value) for value in values))
    return next(found, "")


def _follows(template: str, value: str) -> bool:
    tight = _TIGHT.get(template)
    return _telling(template).fullmatch(value) is not None and (tight is None or re.fullmatch(tight, value) is not None)


def split_pattern(template: str) -> str:
    """A pattern with the groups `code` and `name`; raises BadInput for a template without both words."""
    if sorted(re.findall(r"\b(?:code|name)\b", template)) != ["code", "name"]:
        raise BadInput(
            f"split={template!r}: write how the cell looks with the words code and name, such as 'code - name'"
        )
    return _composed(template, r"[^ ]+?" if re.search(r"code[^\w]", template) else r"[^ ]+")


@lru_cache(maxsize=32)
def _telling(template: str) -> re.Pattern[str]:
    """Stricter than what is read: where the template has a blank, the cell must have one, or every code is split."""
    return re.compile(_composed(template, _CODE, " +"))


def _composed(template: str, code: str, blank: str = " *") -> str:
    parts = re.split(r"\b(code|name)\b", template)
    groups = {"code": rf"(?P<code>{code})", "name": r"(?P<name>.*[^\W\d_].*)"}
    return "^" + "".join(groups.get(part) or _literal(part, blank) for part in parts) + "$"


def _literal(part: str, blank: str) -> str:
    return " +" if part.isspace() else re.sub(r"(?:\\ )+", blank, re.escape(part))
