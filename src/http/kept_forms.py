"""A form whose sender is no longer signed in: it waits in the sign-in page, and is sent once somebody signed in.

What was typed travels through the browser alone; the server keeps none of it. Passwords and files are not carried.
"""

import msgspec
from litestar.datastructures import FormMultiDict

Pairs = list[tuple[str, str]]
_LEFT_OUT = frozenset({"csrf"})


def kept_of(form: FormMultiDict) -> str:
    """The fields of a form that was refused, as one field; nothing where there is nothing worth keeping."""
    pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str) and _is_carried(name)]
    return msgspec.json.encode(pairs).decode() if pairs else ""


def pairs_of(kept: str) -> Pairs:
    """The fields again; none where the text is not ours."""
    try:
        return [pair for pair in msgspec.json.decode(kept, type=Pairs) if _is_carried(pair[0])]
    except msgspec.DecodeError:
        return []


def _is_carried(name: str) -> bool:
    return name not in _LEFT_OUT and "password" not in name
