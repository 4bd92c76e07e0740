"""Whom each kind of message can reach (A16, S1.9)."""

import pytest

from relance.core.collection.kinds import MESSAGES, Kind, channel_of, is_message
from relance.core.collection.recipients import CollectionContact, Recipient, first_reached, recipients_of
from relance.core.collection.scenario_checks import faults
from relance.core.collection.scenarios import Scenario, Step
from relance.core.kernel.identifiers import ContactId

ANN = CollectionContact(contact=ContactId(1), name="Ann", email="ann@c.example", language="de")
BOB = CollectionContact(contact=ContactId(2), name="Bob", email="", mobile="+33639980123", language="fr")
CY = CollectionContact(contact=ContactId(3), name="Cy", email="cy@c.example", mobile="+33639980124")
PLACE = Recipient("Acme", lines=("1 rue X", "75001 Paris", "FR"))
PEOPLE = (ANN, BOB, CY)


def test_an_email_goes_to_every_address() -> None:
    to, warnings = recipients_of(PEOPLE)
    assert [one.at for one in to] == ["ann@c.example", "cy@c.example"]
    assert warnings == ("contact-without-address Bob",)
    assert first_reached(PEOPLE, to) == ANN


def test_an_sms_goes_to_the_first_number_only() -> None:
    to, warnings = recipients_of(PEOPLE, "sms")
    assert [(one.name, one.at) for one in to] == [("Bob", "+33639980123")]
    assert warnings == ("contact-without-mobile Ann",)
    assert first_reached(PEOPLE, to) == BOB


def test_a_letter_goes_to_the_customers_own_address() -> None:
    to, warnings = recipients_of(PEOPLE, "letter", PLACE)
    assert (to, warnings) == ((PLACE,), ())
    assert to[0].at == "1 rue X, 75001 Paris, FR"
    assert first_reached(PEOPLE, to) == ANN


@pytest.mark.parametrize("kind", list(MESSAGES))
def test_without_a_way_nobody_is_reached_and_a_reason_says_which(kind: str) -> None:
    to, _ = recipients_of((), kind)
    assert (to, first_reached((), to)) == ((), None)
    assert MESSAGES[kind].nobody and MESSAGES[kind].silent


def test_what_people_do_has_no_channel() -> None:
    assert [is_message(kind) for kind in ("email", "sms", "letter", "call", "task")] == [True, True, True, False, False]
    assert [channel_of(kind) for kind in ("sms", "call")] == ["sms", ""]


@pytest.mark.parametrize(
    ("kind", "template", "good"),
    [
        ("sms", "short", True),
        ("sms", "long", False),
        ("email", "long", True),
        ("email", "short", False),
        ("letter", "short", False),
        ("call", "short", True),
    ],
)
def test_a_step_takes_a_text_of_its_own_channel(kind: Kind, template: str, good: bool) -> None:
    automation = "to-confirm" if is_message(kind) else "manual"
    step = Step(code="one", day=5, kind=kind, template=template, automation=automation)
    scenario = Scenario(code="s", name={"en": "S"}, steps=(step,))
    found = [one.code for one in faults(scenario, {"short", "long"}, {"short"})]
    assert found == ([] if good else ["text-of-another-channel"])
