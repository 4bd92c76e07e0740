"""Reason codes are public: the reference lists every one, in the order in which they are given."""

import re

from relance.core.collection.actions import ASK_REASONS, CANCEL_REASONS, HELD_REASONS, SKIP_REASONS
from relance.http.i18n.words import WORDS
from tests.house.tree import ROOT

_ROW = re.compile(r"^\| `([a-z-]+)` \| [A-Z].*\. \|$", re.M)


def test_the_reference_lists_every_reason_code_with_a_sentence() -> None:
    page = (ROOT / "docs/reference/reasons.md").read_text()
    sections = [tuple(_ROW.findall(part)) for part in page.split("\n## ")[1:]]
    assert sections == [SKIP_REASONS, HELD_REASONS, CANCEL_REASONS, ASK_REASONS]


def test_the_screens_have_words_for_every_reason_of_an_action() -> None:
    assert {*HELD_REASONS, *CANCEL_REASONS, *ASK_REASONS} <= WORDS.keys()
