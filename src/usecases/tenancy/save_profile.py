"""How a person wants to see the pages."""

import msgspec

from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId, UserId
from relance.ports.work import Work

THEMES = ("light", "dark")


class ProfileChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Language, theme (None: as the system says) and whether single keys act (WCAG 2.1.4)."""

    tenant: TenantId
    user: UserId
    language: str | None
    theme: str | None
    single_keys: bool


class SaveProfile:
    """Keeps the choice on the user, so that it follows the person to another browser."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ProfileChoice) -> None:
        """Keep it; raises BadInput for a theme that there is not."""
        if request.theme is not None and request.theme not in THEMES:
            raise BadInput(f"theme: one of {', '.join(THEMES)}, or none")
        with self._work(request.tenant) as unit:
            unit.sessions.save_profile(request.user, request.language, request.theme, request.single_keys)
            unit.audit.record(unit.tenancy.user(request.user).email, "profile-saved", f"user {request.user}")
