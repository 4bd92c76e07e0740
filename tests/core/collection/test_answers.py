import pytest

from relance.core.collection.answers import LONGEST_ANSWER, own_words


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Paid today.\r\n\r\nOn Tue, 3 Mar 2026, Ann Lee <ann@acme.example> wrote:\r\n> Dear\r\n", "Paid today."),
        ("Réglé.\n\nLe mar. 3 mars 2026 à 10:02, Ann Lee\n<ann@acme.example> a écrit :\n> Bonjour", "Réglé."),
        ("Ist bezahlt\n\nAm 3. März 2026 um 10:02 schrieb:\n> Hallo", "Ist bezahlt"),
        ("See below\n-----Original Message-----\nFrom: Ann", "See below"),
        ("Ok\n> quoted\nand more", "Ok\nand more"),
        ("On Monday we pay invoice 12.", "On Monday we pay invoice 12."),
        ("> all is quoted", "> all is quoted"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("", ""),
    ],
)
def test_an_answer_is_its_own_words(text: str, own: str) -> None:
    assert own_words(text) == own


def test_a_long_answer_is_cut() -> None:
    assert len(own_words("word " * 10_000)) == LONGEST_ANSWER
