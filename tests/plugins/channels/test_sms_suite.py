"""The SMS channel, under the published suite."""

from collections.abc import Iterator

import pytest

from relance.plugins.channels.sms import SmsChannel, Twilio
from relance.plugins.testing import channel_suite
from tests.servers.twilio import ACCOUNT, SENDER, TOKEN, TwilioPlace

_PLACES: list[TwilioPlace] = []


@pytest.fixture(autouse=True, scope="module")
def place() -> Iterator[None]:
    _PLACES.append(TwilioPlace())
    yield
    _PLACES.pop().end()


def _channel() -> SmsChannel:
    return SmsChannel(Twilio(account=ACCOUNT, token=TOKEN, sender=SENDER, url=_PLACES[0].url))


TestSms = channel_suite(_channel, to="+33639980123")
