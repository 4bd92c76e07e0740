"""What an audit line says beside its event, for a person: no brackets, and amounts as money."""

import json
from typing import Any

from relance.http.i18n.formats import money


def detail_words(detail: str) -> str:
    """`{"amounts": {"EUR": 26625}, "reason": ""}` as `amounts: 266,25 €`; what is empty is left out."""
    try:
        read = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(read, dict):
        return detail
    return "; ".join(f"{name}: {_told(name, value)}" for name, value in read.items() if value not in ("", None, {}, []))


def _told(name: str, value: Any) -> str:
    if name == "amounts" and isinstance(value, dict) and all(isinstance(one, int) for one in value.values()):
        return ", ".join(money(minor, currency) for currency, minor in value.items())
    if isinstance(value, dict):
        return ", ".join(f"{key} {_told(key, one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(_told("", one) for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
