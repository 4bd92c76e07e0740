"""What is kept of how files are read: the profiles, or the versions of one."""

import msgspec

from relance.core.tenancy.users import Actor, require_right
from relance.ports.store.intake import Profile
from relance.ports.work import Work


class ProfilesQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """All profiles as they are now, or everything that the named one has been."""

    actor: Actor
    name: str = ""


class ListProfiles:
    """Lists mapping profiles, the newest first."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def __call__(self, request: ProfilesQuestion) -> list[Profile]:
        """One line a profile, or a version."""
        require_right(request.actor, "import")
        with self._work.reading(request.actor.tenant) as unit:
            return unit.intake.profile_versions(request.name) if request.name else unit.intake.profiles()
