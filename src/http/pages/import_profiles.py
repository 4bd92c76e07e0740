"""How a file like this one was read before: the profile that knows its columns, and whose items it stands for."""

from collections.abc import Collection, Sequence

from relance.core.intake.fields import Kind
from relance.ports.store.intake import Profile


def remembered(profiles: Sequence[Profile], name: str, columns: tuple[str, ...], kind: Kind | None) -> Profile | None:
    """The profile of this name, else the newest that knows exactly these columns."""
    if name:
        return next((one for one in profiles if one.name == name), None)
    alike = [one for one in profiles if one.columns == columns and kind in {None, one.kind}]
    return alike[0] if alike else None


def belonging(profile: Profile, sources: Collection[str]) -> tuple[str, str]:
    """The profile's name and the source to import under, so that a snapshot meets the items it met before (A14).

    What was kept without a name of its own is called by its kind, or by its source and kind.
    """
    if profile.name == profile.kind:
        return "", ""
    source = profile.name.removesuffix(f"-{profile.kind}")
    if source != profile.name and source in sources:
        return "", source
    return profile.name, ""


def of_kind(profiles: Sequence[Profile], kind: Kind) -> list[str]:
    """The names that can be chosen for files of this kind."""
    return [one.name for one in profiles if one.kind == kind]
