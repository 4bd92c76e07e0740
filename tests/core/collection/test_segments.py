"""Parts of an SMS."""

import pytest

from relance.core.collection.segments import segments


@pytest.mark.parametrize(
    ("text", "alphabet", "places", "parts"),
    [
        ("", "gsm-7", 0, 1),
        ("a" * 160, "gsm-7", 160, 1),
        ("a" * 161, "gsm-7", 161, 2),
        ("a" * 306, "gsm-7", 306, 2),
        ("a" * 307, "gsm-7", 307, 3),
        ("€" * 80, "gsm-7", 160, 1),
        ("€" * 81, "gsm-7", 162, 2),
        ("a" * 152 + "€" + "a" * 152, "gsm-7", 306, 3),
        ("réglé à Zürich", "gsm-7", 14, 1),
        ("ő" * 70, "ucs-2", 70, 1),
        ("ő" * 71, "ucs-2", 71, 2),
        ("督促" * 67, "ucs-2", 134, 2),
        ("督促" * 67 + "状", "ucs-2", 135, 3),
        ("😀" * 35, "ucs-2", 70, 1),
        ("😀" * 36, "ucs-2", 72, 2),
        ("あ" * 66 + "😀" + "あ" * 67, "ucs-2", 135, 3),
    ],
)
def test_a_text_is_cut_as_networks_cut_it(text: str, alphabet: str, places: int, parts: int) -> None:
    found = segments(text)
    assert (found.alphabet, found.places, found.parts) == (alphabet, places, parts)
