"""What was found in a file and is then given as options needs no second look, and one would find the same."""

import pytest

from relance.plugins.importers.layouts import layout_of, seen

_WORDS = {",": "comma", ";": "semicolon", "\t": "tab"}
_TEXTS = (
    "customer,number,due,amount\nC1,F1,2026-01-05,10.00\nC2,F2,2026-01-06,1000.50\n",
    'Kunde;Nummer;Betrag\n"Maier; Sohn";F1;1.000,50\n"M\u00fcller";F2;3,00\n',
    "Aged list of today\n\ncode\tname\tamount\nA\tAlpha\t10\nB\tBeta\t20\nTotal\t\t30\n",
    "C1;F1;05/01/2026;10,00\nC2;F2;06/01/2026;20,00\n",
)


@pytest.mark.parametrize("text", _TEXTS)
def test_a_file_is_read_as_it_was_recognised(text: str) -> None:
    sample = text.encode("cp1252")
    found = seen(sample, {})
    options = found.options()
    assert seen(sample, options) is found
    in_other_words = options | {"delimiter": _WORDS[options["delimiter"]]}
    again = seen(sample, in_other_words)
    assert again is not found
    assert layout_of(again) == layout_of(found)


def test_what_a_person_says_instead_is_looked_at_anew() -> None:
    sample = _TEXTS[0].encode()
    said = seen(sample, seen(sample, {}).options() | {"header-line": "2"})
    assert layout_of(said).first_line == 3
