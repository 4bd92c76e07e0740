"""Looking for an SMS of which nobody can tell: Twilio's own list says whether it took the text, and when."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import msgspec

from relance.plugins import Report
from relance.plugins.channels.sms_reports import fate_of

_BEFORE, _AFTER = timedelta(minutes=2), timedelta(minutes=30)
"""How far Twilio's clock and its queue may be from the moment of our attempt."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for: the text as it was posted, to whom and when."""

    number: str
    text: str
    tried_at: datetime


class _Listed(msgspec.Struct, frozen=True):
    sid: str
    body: str | None = ""
    status: str = ""
    date_created: str | None = None
    error_code: int | str | None = None


class _Page(msgspec.Struct, frozen=True):
    messages: tuple[_Listed, ...]


async def search(client: httpx.AsyncClient, place: str, wanted: Wanted) -> Report | None:
    """The one message of the list that can only be ours; None where there is none, several, or no answer."""
    since = (wanted.tried_at - _BEFORE).astimezone(UTC).date().isoformat()
    asked = {"To": wanted.number, "DateSent>": since, "PageSize": "100"}
    try:
        answer = await client.get(place, params=asked)
        page = msgspec.json.decode(answer.content, type=_Page) if answer.status_code == 200 else _Page(())
    except (httpx.HTTPError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    ours = [one for one in page.messages if (one.body or "").strip() == wanted.text and _is_near(one, wanted.tried_at)]
    return _report(ours[0]) if len(ours) == 1 else None


def _report(found: _Listed) -> Report:
    detail = " ".join(filter(None, (found.status, str(found.error_code or ""))))
    return Report(
        event=f"{found.sid}:{found.status}"[:100], status=fate_of(found.status), reference=found.sid, detail=detail
    )


def _is_near(one: _Listed, tried_at: datetime) -> bool:
    try:
        made = parsedate_to_datetime(one.date_created or "")
    except ValueError:
        return False
    made = made if made.tzinfo else made.replace(tzinfo=UTC)
    return tried_at - _BEFORE <= made <= tried_at + _AFTER
