import pytest

from relance.core.collection.replies import is_ours, replies_path, token_of, wants_no_more


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop.",
        " Stop ! ",
        "STOP SMS",
        "Stop svp merci",
        "Arrêt",
        "ARRÊTEZ",
        "désabonnement",
        "STOPP",
        "stopp bitte",
        *("Abmelden", "aufhören", "BAJA", "Alto", "cancelar", "UNSUBSCRIBE", "Stopall", "AFMELDEN"),
    ],
)
def test_who_says_stop_wants_no_more(text: str) -> None:
    assert wants_no_more(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Paid yesterday", "We stop paying until the credit note comes", "Stop, the goods were never delivered"),
        *("baja del precio", "End of the month", "nonstop", "Virement effectué ce matin", "non"),
    ],
)
def test_anything_else_is_for_a_person(text: str) -> None:
    assert not wants_no_more(text)


def test_only_we_can_make_the_address_of_a_tenant() -> None:
    assert replies_path("acme", b"key") == f"/tw/acme/replies/{token_of('acme', b'key')}"
    assert is_ours("acme", token_of("acme", b"key"), b"key")
    assert not is_ours("globex", token_of("acme", b"key"), b"key")
    assert not is_ours("acme", token_of("acme", b"another"), b"key")
    assert not is_ours("acme", "é", b"key")
