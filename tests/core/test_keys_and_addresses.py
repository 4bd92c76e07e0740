"""Texts from outside that name one key or one mailbox, or nothing."""

import pytest

from relance.core.kernel.addresses import is_mailbox
from relance.core.kernel.errors import BadInput
from relance.core.kernel.identifiers import TenantId
from relance.core.tenancy.keys import KeyRefused, checked_scopes, key_text, parts_of


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("ann@company.example", True),
        ("ann.smith+late@mail.company.example", True),
        ("ann@xn--bcher-kva.example", True),
        ("ann@localhost", False),
        ("ann@company..example", False),
        (".ann@company.example", False),
        ("ann@-company.example", False),
        ("Ann <ann@company.example>", False),
        ("alice@good.example]<bob@evil.example>", False),
        ("ann@company.example\nBcc: x@y.example", False),
        ("ann@company.example\n", False),
        ("ann@a@b.example", False),
        ("ánn@company.example", False),
        (f"{'a' * 65}@company.example", False),
        ("", False),
    ],
)
def test_a_mailbox_is_exactly_one_plain_address(text: str, good: bool) -> None:
    assert is_mailbox(text) is good


def test_a_key_reads_back() -> None:
    assert parts_of(key_text(TenantId(3), "ab12", "cd34")) == (3, "ab12", "cd34")


@pytest.mark.parametrize(
    "text", ["", "rl", "rl_1_a", "xx_1_a_b", "rl_-1_a_b", "rl_٣_a_b", "rl_1_a_b_c", "rl_9999999999_a_b"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyRefused):
        parts_of(text)


def test_scopes_are_known_words() -> None:
    assert checked_scopes(("import", "read", "read")) == ("read", "import")
    with pytest.raises(BadInput):
        checked_scopes(("everything",))
