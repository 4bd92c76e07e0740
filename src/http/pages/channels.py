"""How each channel does, and the switch that pauses it for this tenant."""

from litestar import Response
from litestar.di import NamedDependency

from relance.core.collection.kinds import MESSAGES
from relance.http.access import deed, page
from relance.http.dependencies import Fields
from relance.http.pages.agenda_words import fixes
from relance.http.pages.delivery_words import reply_words
from relance.http.pages.setting_fields import SECTIONS
from relance.http.templating import Show
from relance.usecases.collection.show_channels import PAUSED, ShowChannels
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings
from relance.usecases.tenancy.resume_session import SignedIn


@page("/settings/channels", needs="settings")
def channels(
    who: NamedDependency[SignedIn], show: NamedDependency[Show], show_channels: NamedDependency[ShowChannels]
) -> Response[str]:
    """Each with what waits for it and what it did last."""
    return show(
        "settings/channels.html",
        shown=show_channels(who.actor),
        fixes=fixes(),
        reply_words=reply_words,
        sections=SECTIONS,
        section="channels",
    )


@deed("/settings/channels", needs="settings")
def pause(
    fields: NamedDependency[Fields],
    who: NamedDependency[SignedIn],
    show: NamedDependency[Show],
    change_settings: NamedDependency[ChangeSettings],
) -> Response[str]:
    """What is ticked pauses; everything else leaves again."""
    paused = ", ".join(kind for kind in MESSAGES if kind in fields.texts("paused"))
    change_settings(NewSettings(actor=who.actor, values={PAUSED: paused}))
    return show.go(f"/t/{who.tenant.code}/settings/channels?done=saved")


HANDLERS = [channels, pause]
