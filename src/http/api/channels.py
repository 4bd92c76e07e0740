"""How each channel does, and its pause for this tenant."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from relance.core.collection.kinds import MESSAGES
from relance.core.kernel.errors import NotFound
from relance.core.tenancy.users import Actor
from relance.http.api.access import caller_of, doing, reading
from relance.http.api.once import Once
from relance.usecases.collection.show_channels import PAUSED, ChannelHealth, ShowChannels
from relance.usecases.tenancy.change_settings import ChangeSettings, NewSettings

AnyRequest = Request[Any, Any, Any]


class ChannelsAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every channel, in the order of the kinds of messages."""

    rows: list[ChannelHealth]


@reading("/channels", "settings", summary="Each channel with what waits for it and what it did last")
def channels(request: AnyRequest, show_channels: NamedDependency[ShowChannels]) -> ChannelsAnswer:
    """Whether anything can leave, and why not."""
    return ChannelsAnswer(rows=show_channels(caller_of(request).actor))


@doing("/channels/{channel:str}/pause", "settings", summary="Pause a channel: what is confirmed waits")
def pause_channel(
    request: AnyRequest,
    channel: FromPath[str],
    show_channels: NamedDependency[ShowChannels],
    change_settings: NamedDependency[ChangeSettings],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """For this tenant, from the next look at a message on."""
    actor = caller_of(request).actor
    return once(request, b"", lambda: _changed(actor, channel, True, show_channels, change_settings))


@doing("/channels/{channel:str}/resume", "settings", summary="Let a channel carry again")
def resume_channel(
    request: AnyRequest,
    channel: FromPath[str],
    show_channels: NamedDependency[ShowChannels],
    change_settings: NamedDependency[ChangeSettings],
    once: NamedDependency[Once],
) -> Response[bytes]:
    """What waits leaves with the next dispatch."""
    actor = caller_of(request).actor
    return once(request, b"", lambda: _changed(actor, channel, False, show_channels, change_settings))


def _changed(
    actor: Actor, channel: str, pause: bool, show_channels: ShowChannels, change_settings: ChangeSettings
) -> ChannelHealth:
    """The channel as it is afterwards; raises NotFound."""
    if channel not in MESSAGES:
        raise NotFound("no such channel")
    paused = {one.channel for one in show_channels(actor) if one.paused} - {channel} | ({channel} if pause else set())
    change_settings(NewSettings(actor=actor, values={PAUSED: ", ".join(sorted(paused))}))
    return next(one for one in show_channels(actor) if one.channel == channel)


HANDLERS = [channels, pause_channel, resume_channel]
