"""The audit trail says its details in words: amounts as money, never in cents, and nothing empty."""

import pytest

from relance.http.i18n.details import detail_words
from relance.http.i18n.speech import speak


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
