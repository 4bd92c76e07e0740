"""A run can be left and come back to: the list, its page and its stream say how far it is."""

import re
import threading

import pytest
from dependency_injector import providers

from relance.main.container import House
from tests.http.conftest import Visitor
from tests.http.test_imports import HEADER, ROWS, form_of, hand_in


class Slow:
    """Performs a run up to the middle, and the rest when it is let go."""

    def __init__(self, house: House) -> None:
        self.perform, self.reached, self.go_on = house.perform_run(), threading.Event(), threading.Event()

    def __call__(self, todo, tell) -> None:
        tell("writing", 12)
        self.reached.set()
        self.go_on.wait(20)
        self.perform(todo, tell)


@pytest.fixture
def slow(house: House) -> Slow:
    made = Slow(house)
    house.perform_run.override(providers.Object(made))
    return made


def test_an_import_goes_on_while_the_person_is_elsewhere(house: House, slow: Slow, lucie: Visitor) -> None:
    fields = form_of(lucie.get(hand_in(lucie, "\n".join([HEADER, *ROWS]) + "\n")).text)
    sent = fields | {"csrf": lucie.token, "deed": "import"}
    answer = lucie.client.post("/t/acme/imports/run", data=sent, follow_redirects=False)
    run = answer.headers["location"]
    assert slow.reached.wait(10)

    page = lucie.get(run).text
    assert "Writing what changes" in page and "12 rows" in page
    assert 'http-equiv="refresh"' in re.search(r"<noscript>(.*?)</noscript>", page).group(1)
    assert lucie.get("/t/acme/imports/1").headers["location"] == run
    assert "Writing what changes" in lucie.get("/t/acme/imports").text

    slow.go_on.set()
    stream = lucie.get(f"{run}/events").text
    assert "event: progress" in stream and "event: end" in stream
    assert "/t/acme/imports/1?done=imported" in stream
    assert "rows are fine" in lucie.get("/t/acme/imports/1").text
