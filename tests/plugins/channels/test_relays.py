"""Of several relays a message takes the most particular one that fits it, and the next where that one is away."""

import asyncio
import contextlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from relance.adapters.plugin_host.host import TomlPlugins
from relance.plugins.channels.email import EmailChannel, Relay, Relays
from relance.ports.channels import Outcome
from tests.plugins.channels.test_mime import MESSAGE
from tests.sink import Sink

OURS = msgspec.structs.replace(MESSAGE, cc=(), tenant="acme")


def carried(
    folder: Path, *listed: dict[str, Any], away: tuple[str, ...] = (), **faults: Any
) -> tuple[Outcome, list[str]]:
    """Carry one message with relays named a, b, ... and the default; which of them took something."""

    async def run() -> tuple[Outcome, list[str]]:
        sinks: dict[str, Sink] = {}
        relays: dict[str, Relay] = {}
        async with contextlib.AsyncExitStack() as stack:
            for name, more in (*zip("abc", listed, strict=False), ("default", {})):
                sinks[name] = Sink(folder / name, faults.get(name))
                server = await asyncio.start_server(sinks[name].session, "127.0.0.1", 0)
                port = server.sockets[0].getsockname()[1]
                if name in away:
                    server.close()
                    await server.wait_closed()
                else:
                    stack.callback(server.close)
                relays[name] = Relay(host="127.0.0.1", port=port, tls="none", answer_seconds=2, final_seconds=1, **more)
            default = msgspec.structs.asdict(relays.pop("default"))
            channel = EmailChannel(Relays(**default, relays=tuple(relays.values())))

            async def go() -> bool:
                return True

            outcome = await channel.carry(OURS, go)
            await channel.close()
        return outcome, [name for name, sink in sinks.items() if sink.accepted]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("listed", "taken"),
    [
        ([], "default"),
        ([{"tenants": ("globex",)}], "default"),
        ([{"tenants": ("acme",)}], "a"),
        ([{"domains": ("other.example",)}, {"domains": ("acme.example",)}], "b"),
        ([{"tenants": ("acme",)}, {"tenants": ("acme",), "domains": ("acme.example",)}], "b"),
        ([{"tenants": ("acme",), "domains": ("other.example",)}], "default"),
    ],
)
def test_the_most_particular_relay_that_fits_takes_it(listed: list[dict[str, Any]], taken: str, tmp_path: Path) -> None:
    outcome, took = carried(tmp_path, *listed)
    assert (outcome.kind, took) == ("accepted", [taken])


def test_where_one_is_away_the_next_takes_it(tmp_path: Path) -> None:
    outcome, took = carried(tmp_path, {"tenants": ("acme",)}, away=("a",))
    assert (outcome.kind, took) == ("accepted", ["default"])


@pytest.mark.parametrize(("do", "kind"), [("drop", "unknown"), ("451", "retry-later"), ("552", "refused")])
def test_once_a_relay_may_have_taken_it_no_other_is_asked(do: str, kind: str, tmp_path: Path) -> None:
    outcome, took = carried(tmp_path, {"tenants": ("acme",)}, a=[{"at": "dot", "do": do}])
    assert outcome.kind == kind
    assert "default" not in took


def test_relays_are_listed_in_the_allow_list_with_their_secrets_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "plugins.toml"
    head = '[[plugins.email.settings.relays]]\nhost = "smtp.acme.example"\n'
    file.write_text(head + 'password = "$ACME_PASSWORD"\ntenants = ["acme"]\n')
    [channel] = TomlPlugins(file, {"ACME_PASSWORD": "s3cret"}).channels()
    assert channel.ready() is None
    file.write_text(head + 'tls = "none"\n')
    assert TomlPlugins(file, {}).channels() == [], "a relay elsewhere without TLS is refused"
