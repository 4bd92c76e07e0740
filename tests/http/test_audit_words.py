"""The audit trail says its details in words: amounts as money, never in cents, and nothing empty."""

import re

import pytest

from relance.core.tenancy.users import Actor
from relance.http.i18n.audit_words import EVENTS, event_words, subject_page, subject_words
from relance.http.i18n.details import detail_words
from relance.http.i18n.speech import speak
from tests.http.conftest import Visitor


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("{}", ""),
        ('{"reason":"","state":"sent"}', "state: sent"),
        ('{"amounts":{"EUR":26625,"JPY":500},"items":2}', "amounts: €266.25, ¥500; items: 2"),
        ('{"created":0,"skipped":{"in-credit":12,"not-due":81}}', "created: 0; skipped: in-credit 12, not-due 81"),
        ('{"columns":["A","B"],"own":true}', "columns: A, B; own: true"),
        ("not of ours", "not of ours"),
    ],
)
def test_a_detail_is_read_without_brackets_and_amounts_are_money(kept: str, said: str) -> None:
    speak("en")
    assert detail_words(kept) == said


def test_events_and_subjects_are_words_and_what_has_a_page_is_a_link() -> None:
    speak("fr")
    assert event_words("promise-judged") == "Promesse jugée"
    assert event_words("of-tomorrow") == "of-tomorrow"
    assert (subject_words("action:12"), subject_page("action:12")) == ("action 12", "deliveries/12")
    assert (subject_words("user 3"), subject_page("user 3")) == ("personne 3", "settings/users/3")
    assert (subject_words("customer:7"), subject_page("customer:7")) == ("client 7", "")
    assert (subject_words("day:2026-11-22"), subject_page("item:../x")) == ("day:2026-11-22", "")
    speak("en")


def test_the_trail_links_to_its_subjects(lucie: Visitor, collected: Actor) -> None:
    trail = lucie.get("/t/acme/settings/audit").text
    assert EVENTS["signed-in"] in trail
    assert re.search(r'href="/t/acme/settings/users/(\d+)" title="user[ :]\1"', trail)
