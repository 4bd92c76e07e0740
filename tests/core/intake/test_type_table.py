"""The tenant's own words for types of items."""

import pytest

from relance.core.intake.type_table import parse_types, type_options
from relance.core.kernel.errors import BadInput


def test_words_stand_for_types() -> None:
    assert parse_types("") == {}
    assert parse_types(" ZX = invoice,RV=credit-note ,") == {"ZX": "invoice", "RV": "credit-note"}
    assert type_options("ZX=draft") == {"type.ZX": "draft"}


@pytest.mark.parametrize("text", ["ZX", "ZX=", "=invoice", "ZX=bill"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput, match="WORD=TYPE"):
        parse_types(text)
