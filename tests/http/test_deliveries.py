"""The screen of deliveries: the list, one message with its attempts, and sending again with a note."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import msgspec

from relance.core.tenancy.users import Actor
from relance.main.container import House
from relance.ports.channels import Capabilities, Message, Outcome
from relance.usecases.collection.confirm_actions import Confirmation
from relance.usecases.collection.dispatch import DispatchRequest
from tests.http.conftest import Visitor


class DoubtfulChannel:
    """Takes every message and never says so."""

    name, label = "email", "Email"
    capabilities = Capabilities(automatic=True, subject=True, html=True, attachments=True)

    def ready(self) -> str | None:
        return None

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        await about_to_send()
        return Outcome(kind="unknown", reason="no-clear-answer", reply="nothing within 10 minutes")

    async def close(self) -> None:
        pass


class OneChannel:
    """Plugins of which only the channel is asked."""

    def channels(self) -> list[DoubtfulChannel]:
        return [DoubtfulChannel()]


def doubt(house: House, system: Actor) -> None:
    house.confirm_actions()(Confirmation(actor=system))
    dispatch = house.dispatch.provides  # the verb itself, with a channel that never answers
    asked = DispatchRequest(tenants=(system.tenant,), ignore_windows=True)
    verb = dispatch(
        house.work(),
        house.clock(),
        house.calendars(),
        house.renderer(),
        house.workers(),
        OneChannel().channels,
        house.fence(),
    )
    asyncio.run(verb(asked))


def test_unknown_messages_are_shown_with_their_attempts_and_sent_again_with_a_note(
    house: House, collected: Actor, lucie: Visitor
) -> None:
    assert "No messages yet" in lucie.get("/t/acme/deliveries").text
    doubt(house, collected)
    listed = lucie.get("/t/acme/deliveries").text
    numbers = re.findall(r'href="/t/acme/deliveries/(\d+)"', listed)
    assert "Unknown" in listed
    assert len(numbers) > 3
    page = lucie.get(f"/t/acme/deliveries/{numbers[0]}").text
    assert "nothing within 10 minutes" in page
    assert "Search the relay" in page
    refused = lucie.post(f"/t/acme/deliveries/{numbers[0]}/resolve", **{"as": "resend", "comment": " "})
    assert refused.status_code == 422
    done = lucie.post(f"/t/acme/deliveries/{numbers[0]}/resolve", **{"as": "resend", "comment": "not in the log"})
    assert done.status_code == 303
    again = lucie.get(f"/t/acme/deliveries/{numbers[0]}").text
    assert "Sending 2" in again
    assert "Sending 1" in again
    assert "<style" in lucie.get(f"/t/acme/deliveries/{numbers[0]}/1/message").text
    assert lucie.get(f"/t/acme/deliveries/{numbers[0]}/3/message").status_code == 404


def test_the_list_is_filtered_and_exported(house: House, collected: Actor, lucie: Visitor) -> None:
    doubt(house, collected)
    assert "No message fits" in lucie.get("/t/acme/deliveries?state=sent").text
    assert lucie.get("/t/acme/deliveries?state=nowhere").status_code == 422
    rows = lucie.get("/t/acme/deliveries/export").text.splitlines()
    answer = house.browse_deliveries()
    assert len(rows) - 1 == sum(answer(_all(collected)).counts.values())
    assert "gave no clear answer: nothing within 10 minutes" in rows[1]


def test_somebody_who_may_only_look_resolves_nothing(house: House, collected: Actor, viewer: Visitor) -> None:
    doubt(house, collected)
    number = re.findall(r'href="/t/acme/deliveries/(\d+)"', viewer.get("/t/acme/deliveries").text)[0]
    assert "/resolve" not in viewer.get(f"/t/acme/deliveries/{number}").text
    refused = viewer.post(f"/t/acme/deliveries/{number}/resolve", **{"as": "sent", "comment": "x"})
    assert refused.status_code == 403


def _all(actor: Actor) -> msgspec.Struct:
    from relance.usecases.collection.browse_deliveries import DeliveriesWanted

    return DeliveriesWanted(actor=actor)
