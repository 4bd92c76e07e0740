"""Returned mail names its message by our own keyed word, and by nothing else."""

import pytest

from relance.core.collection.bounces import Reference, kind_of, reference_in, return_path
from relance.core.collection.references import message_id

NAMED = message_id("acme", 41, 2, "acme.example", b"key")


def test_the_return_path_names_the_sending_and_is_read_back() -> None:
    path = return_path("bounces@acme.example", NAMED)
    assert path.startswith("bounces+acme.41.2.")
    assert path.endswith("@acme.example")
    assert reference_in(path, b"key") == Reference("acme", 41, 2)
    assert reference_in(f"<{path}>", b"key") == Reference("acme", 41, 2)


@pytest.mark.parametrize("at", range(8, 32))
def test_a_return_path_with_one_sign_changed_names_nothing(at: int) -> None:
    path = return_path("bounces@acme.example", NAMED)
    torn = path[:at] + ("0" if path[at] != "0" else "1") + path[at + 1 :]
    assert reference_in(torn, b"key") is None


@pytest.mark.parametrize(
    "path", ["bounces@acme.example", "", "bounces+acme.41.2@acme.example", "b+a.1²3.1.00@x.example"]
)
def test_an_address_without_our_word_names_nothing(path: str) -> None:
    assert reference_in(path, b"key") is None


def test_another_installations_word_names_nothing() -> None:
    assert reference_in(return_path("bounces@acme.example", NAMED), b"other") is None


def test_a_return_path_that_would_be_too_long_stays_the_bounce_address() -> None:
    local = "b" * 50
    assert return_path(f"{local}@acme.example", NAMED) == f"{local}@acme.example"


@pytest.mark.parametrize(
    ("status", "action", "kind"),
    [
        ("5.1.1", "failed", "hard"),
        ("4.2.2", "failed", "soft"),
        ("4.4.7", "delayed", "soft"),
        ("5.0.0", "delayed", "soft"),
        ("2.0.0", "delivered", None),
        ("5.1.1", "relayed", None),
        ("", "failed", "soft"),
    ],
)
def test_status_codes_say_whether_an_address_is_gone(status: str, action: str, kind: str | None) -> None:
    assert kind_of(status, action) == kind
