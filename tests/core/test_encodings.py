"""Words and documents as they travel by mail are what the standard library makes of them as a whole."""

import base64
import binascii

import pytest

from relance.core.kernel.encodings import base64_lines, quoted_printable

LONG = "Sauf erreur de notre part, les factures ci-dessous, arrivées à échéance, restent dues. " * 3


@pytest.mark.parametrize(
    "words",
    [
        "",
        ".",
        "a\r\nb\rc\n",
        f"{LONG}\n.\n{LONG} \n\ttab\t\n500,35\u00a0€=",
        "\n\n" + "x" * 75 + "é",
        "x" * 76,
        "x" * 77,
    ],
)
def test_words_are_quoted_as_a_whole_text_is(words: str) -> None:
    lines = words.replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"
    whole = binascii.b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")
    assert quoted_printable(words) == whole


@pytest.mark.parametrize("length", [0, 1, 56, 57, 58, 114, 1000])
def test_a_document_is_written_in_lines_of_76_columns(length: int) -> None:
    content = bytes(range(256)) * 4
    whole = base64.encodebytes(content[:length]).replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    assert base64_lines(content[:length]) == whole
