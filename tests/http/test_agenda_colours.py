"""The colours of messages in the agenda (B12), each with its words for who does not see it."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from relance.core.kernel.identifiers import ActionId, CustomerId
from relance.http.pages.agenda_place import mail_tone, tone_words
from relance.ports.store.agenda import AgendaLine
from tests.http.conftest import Visitor

TODAY = date(2026, 3, 3)
LINE = AgendaLine(
    action=ActionId(1),
    customer=CustomerId(1),
    code="C1",
    name="Customer",
    kind="email",
    step="first-reminder",
    step_number=2,
    steps=5,
    state="to-confirm",
    reason="",
    automation="to-confirm",
    due_on=TODAY,
    not_before=None,
    sent_at=None,
    amount=1,
    currency="EUR",
    amounts={"EUR": 1},
    warnings=(),
    language="en",
    aged=(0, 0, 0, 0, 0),
    overdue=1,
    oldest_due_on=None,
    title="",
    specific=None,
    assignee="",
    snoozed_until=None,
    missed=False,
    group=(0, ""),
)


@pytest.mark.parametrize(
    ("fields", "tone"),
    [
        ({"state": "confirmed"}, "green"),
        ({"due_on": TODAY - timedelta(days=1)}, "red"),
        ({"due_on": TODAY + timedelta(days=1)}, ""),
        ({}, ""),
        ({"state": "held"}, "amber"),
        ({"state": "unknown", "due_on": TODAY - timedelta(days=9)}, "amber"),
        ({"kind": "call", "due_on": TODAY - timedelta(days=9)}, ""),
    ],
)
def test_b12_green_is_confirmed_red_late_amber_an_error_and_white_still_ahead(
    fields: dict[str, Any], tone: str
) -> None:
    assert mail_tone(msgspec.structs.replace(LINE, **fields), TODAY) == tone
    assert bool(tone_words(tone)) == bool(tone)


@pytest.mark.usefixtures("collected")
def test_b12_a_late_message_says_so_in_its_row(lucie: Visitor) -> None:
    page = lucie.get("/t/acme/agenda").text
    assert 'class="red" title="late, not confirmed"' in page
