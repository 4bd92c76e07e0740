"""By rule: the value of a field decides."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Annotated, ClassVar

import msgspec

from relance.plugins import AccountToAssign, Attribute, BadInput, Batch, Proposal

FIELDS = ("country", "language", "currency", "zip", "city", "state", "name", "code")
CUSTOM = "custom."


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which field decides, and which value of it gives what."""

    field: Annotated[
        str,
        msgspec.Meta(
            title="Field", description="country, language, currency, zip, city, state, name, code, or custom.NAME"
        ),
    ]
    rules: Annotated[
        dict[str, str],
        msgspec.Meta(title="Rules", description="One a line, such as FR = what it gives; 75* is all that begins so."),
    ]
    otherwise: Annotated[
        str, msgspec.Meta(title="Otherwise", description="What all others get; empty: the next task decides.")
    ] = ""


class ByRule:
    """An exact value goes before beginnings, a longer beginning before a shorter one; capitals don't matter."""

    settings_type: ClassVar[type[msgspec.Struct]] = Rules
    fallback: ClassVar[bool] = False

    def __init__(self, attribute: Attribute) -> None:
        self.attribute, self.name, self.label = attribute, f"{attribute}-by-rule", "By rule"

    def gives(self, settings: Rules) -> Collection[str]:
        """All that the rules give; raises BadInput."""
        if settings.field not in FIELDS and not settings.field.startswith(CUSTOM):
            raise BadInput(f"field: one of {', '.join(FIELDS)}, or custom.NAME, not {settings.field!r}")
        if not settings.rules:
            raise BadInput("rules: write at least one, such as FR = what it gives")
        empty = [key for key, value in settings.rules.items() if not value.strip()]
        if empty:
            raise BadInput(f"rules: {empty[0]!r} gives nothing")
        return dict.fromkeys(filter(None, (*settings.rules.values(), settings.otherwise)))

    def propose(self, batch: Batch) -> Sequence[Proposal | None]:
        """For each account what its value of the field gives."""
        settings: Rules = batch.settings
        exact = {key.casefold(): value for key, value in settings.rules.items()}
        beginnings = sorted((key[:-1] for key in exact if key.endswith("*")), key=len, reverse=True)

        @cache
        def one(text: str) -> Proposal | None:
            value = exact.get(text.casefold()) or _beginning(text.casefold(), beginnings, exact)
            if value:
                return Proposal(value, "by-rule", f"{settings.field} = {text}")
            return Proposal(settings.otherwise, "by-rule-otherwise") if settings.otherwise else None

        return [one(_field(account, settings.field)) for account in batch.accounts]


def _beginning(text: str, beginnings: Sequence[str], rules: Mapping[str, str]) -> str:
    return next((rules[f"{start}*"] for start in beginnings if text.startswith(start)), "")


def _field(account: AccountToAssign, field: str) -> str:
    if field.startswith(CUSTOM):
        wanted = field.removeprefix(CUSTOM).casefold()
        return next((value for name, value in account.custom.items() if name.casefold() == wanted), "").strip()
    value: str = getattr(account, field)
    return value.strip()
