"""The SMS channel: one POST a message to Twilio, never twice, and what its answer says for certain (T6)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

import httpx
import msgspec

from relance.plugins import BadInput, Capabilities, Channel, Message, Outcome, Reply, Report, hookimpl
from relance.plugins.channels.peers import is_loopback
from relance.plugins.channels.posting import cost_of, posted, read_json, unclear
from relance.plugins.channels.sms_replies import reply_of
from relance.plugins.channels.sms_reports import report_of
from relance.plugins.channels.sms_search import Wanted, search

api = 1

_STOPPED = 21610
"""Who answered STOP gets no more."""


class Twilio(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The account. `sender` is a number in E.164, or a messaging service (`MG...`); `site` is where reports come in.

    `url` is Twilio's own place, another one in tests. Seconds are how long an answer may take.
    """

    account: str | None = None
    token: str | None = None
    sender: str | None = None
    url: str = "https://api.twilio.com"
    site: str = ""
    answer_seconds: float = 30.0
    connect_seconds: float = 10.0


settings_type = Twilio


class _Made(msgspec.Struct, frozen=True):
    """What Twilio says of a message that it took; the price is known later, if ever."""

    sid: str
    status: str = ""
    num_segments: str | int | None = None
    price: str | None = None
    price_unit: str | None = None


class _Refused(msgspec.Struct, frozen=True):
    """What Twilio says of one that it did not take."""

    code: int | None = None
    message: str = ""


class SmsChannel:
    """Carries short texts; a connection for each, because one kept open may be closed while the text is on its way."""

    name: ClassVar[str] = "sms"
    label: ClassVar[str] = "SMS"
    capabilities: ClassVar[Capabilities] = Capabilities(automatic=True, subject=False, html=False, concurrency=4)

    def __init__(self, account: Twilio) -> None:
        if not _is_safe(account.url):
            raise BadInput("RELANCE_TWILIO_URL: https, or http to this machine only")
        self._account = account

    def ready(self) -> str | None:
        """None, or `no-sms-account`."""
        account = self._account
        return None if account.account and account.token and account.sender else "no-sms-account"

    async def carry(self, message: Message, about_to_send: Callable[[], Awaitable[bool]]) -> Outcome:
        """One POST; see the port for the promise."""
        number = message.to[0].phone if message.to else ""
        if not (number.startswith("+") and number[1:].isascii() and number[1:].isdigit()):
            return Outcome(kind="refused", reason="bad-message", reply="no mobile number in E.164")
        form = self._form(number, message)
        if not await about_to_send():
            return Outcome(kind="retry-later", reason="withdrawn")
        return await self._posted(form)

    async def close(self) -> None:
        """Nothing is held open."""

    def report(self, address: str, fields: Mapping[str, str], signature: str) -> Report | None:
        """What a request to the address of a message reports; None unless Twilio itself signed it."""
        return report_of(self._account.token or "", self._account.site + address, fields, signature)

    def reply(self, address: str, fields: Mapping[str, str], signature: str) -> Reply | None:
        """What somebody answered, at the address that a tenant has for it; None unless Twilio itself signed it."""
        return reply_of(self._account.token or "", self._account.site + address, fields, signature)

    async def search(self, message: Message) -> Report | None:
        """What Twilio's list has of a text that was posted at the message's date."""
        if message.date is None or not message.to:
            return None
        wanted = Wanted(number=message.to[0].phone, text=message.text.strip(), tried_at=message.date)
        async with self._client() as client:
            return await search(client, self._place(), wanted)

    def _form(self, number: str, message: Message) -> dict[str, str]:
        sender = self._account.sender or ""
        form = {"To": number, "Body": message.text.strip()}
        form["MessagingServiceSid" if sender.startswith("MG") else "From"] = sender
        back = _way_back(message.message_id)
        if self._account.site and back:
            form["StatusCallback"] = self._account.site + back
        return form

    def _client(self) -> httpx.AsyncClient:
        account = self._account
        limits = httpx.Timeout(account.answer_seconds, connect=account.connect_seconds)
        who = (account.account or "", account.token or "")
        return httpx.AsyncClient(timeout=limits, auth=who, trust_env=False, follow_redirects=False)

    def _place(self) -> str:
        return f"{self._account.url.rstrip('/')}/2010-04-01/Accounts/{self._account.account}/Messages.json"

    async def _posted(self, form: dict[str, str]) -> Outcome:
        raw = "".join(f"{name}: {value}\n" for name, value in form.items() if name != "Body") + f"\n{form['Body']}\n"
        answer = await posted(self._client(), self._place(), raw, data=form)
        return answer if isinstance(answer, Outcome) else _outcome(answer, raw)


def _outcome(answer: httpx.Response, raw: str) -> Outcome:
    """201 with a name for the message is a yes, 4xx a no; after anything else nobody can tell (there is no key)."""
    status = answer.status_code
    if status == 201 and (made := read_json(answer, _Made)):
        parts = f", {made.num_segments} segments" if made.num_segments else ""
        cost = cost_of(made.price or "", made.price_unit or "")
        return Outcome(kind="accepted", reply=f"201 {made.sid} {made.status}{parts}", raw=raw, cost=cost)
    if 400 <= status <= 499:
        said = read_json(answer, _Refused) or _Refused()
        reply = f"{status} {said.code or ''} {said.message}".strip()[:500]
        if status == 429:
            return Outcome(kind="retry-later", reason="gateway-busy", reply=reply)
        if said.code == _STOPPED:
            return Outcome(kind="refused", reason="opted-out", reply=reply)
        return Outcome(kind="refused", reason="refused-by-gateway", reply=reply)
    return unclear(answer, raw)


def _way_back(message_id: str) -> str:
    """Where reports of a message come in: its reference, which only we can make (I-4), below the tenant's name."""
    tenant, _, rest = message_id.strip("<>").partition("@")[0].partition(".")
    return f"/tw/{tenant}/{rest}" if rest else ""


def _is_safe(url: str) -> bool:
    place = urlsplit(url)
    return place.scheme == "https" or (place.scheme == "http" and is_loopback(place.hostname or ""))


@hookimpl
def provide_channels(settings: dict[str, Any]) -> list[Channel]:
    """The channel to the account that `settings` name."""
    given = dict(settings)
    return [SmsChannel(msgspec.convert(given | {"site": given.get("site", "").rstrip("/")}, Twilio))]
