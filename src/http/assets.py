"""Static files with their content's hash in the address, so that browsers keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

from relance.core.kernel.errors import BadInput

STATIC = Path(__file__).parent / "static"


@cache
def asset(name: str) -> str:
    """The address of a static file."""
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def icon(name: str, extra: str = "") -> Markup:
    """An icon of the sprite; decoration only, so say its meaning in words beside it."""
    kind = f"i {extra}".strip()
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        kind, asset("vendor/icons.svg"), name
    )


def require_assets() -> None:
    """Raise BadInput when the build has not fetched the files that we do not keep ourselves."""
    if not (STATIC / "vendor" / "htmx.min.js").is_file():
        raise BadInput("the browser's files are missing; run: pip install -e .")
