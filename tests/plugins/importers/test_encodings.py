"""How sure the encoding of a sample is, and whether it says so."""

import pytest

from relance.plugins.importers.encodings import encoding_of


@pytest.mark.parametrize(
    ("sample", "value", "code"),
    [
        (b"a;b\n", "ascii", "only-ascii"),
        (b"\xef\xbb\xbfa;b\n", "utf-8", "byte-order-mark"),
        ("a;b\n1;é\n".encode(), "utf-8", "valid-utf-8"),
        ("M\ufffdller".encode(), "utf-8", "lost-characters"),
        ("a;b\n1;2\n".encode("utf-16-be"), "utf-16-be", "two-bytes-each"),
        ("Société Générale; Crédit".encode("cp1252"), "cp1252", "plausible-words"),
        ("Société\n".encode() + "Crédit\n".encode("cp1252"), "utf-8", "mixed-encodings"),
    ],
)
def test_an_encoding_has_a_reason(sample: bytes, value: str, code: str) -> None:
    guess = encoding_of(sample, whole=True)
    assert (guess.name, guess.value, guess.code) == ("encoding", value, code)


def test_one_odd_byte_makes_nobody_sure() -> None:
    guess = encoding_of(b"code;name\nC1;caf\xe9\n", whole=True)
    assert guess.value == "cp1252"
    assert guess.confidence <= 60


def test_code_pages_that_read_alike_are_the_most_common_one() -> None:
    assert encoding_of("Gültig; Währung; Straße".encode("cp1250"), whole=True).value == "cp1252"


def test_a_sample_cut_within_a_character_is_still_utf8() -> None:
    assert encoding_of("a;é\n".encode()[:-2], whole=False).value == "utf-8"
