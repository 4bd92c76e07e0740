"""Notes, calls and one message's own words from the command line."""

from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner, Result

from relance.core.tenancy.tenants import Tenant
from relance.main.cli import common
from relance.main.cli.action_edit import edit_action
from relance.main.cli.actions import list_ended
from relance.main.cli.customer_words import log_call, write_note
from relance.main.container import House
from tests.http.ledger import decide, found, had_every_step, house_at, write_ledger

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = house_at(tmp_path_factory.mktemp("words"))
    system = found(house)
    write_ledger(house, system.tenant)
    decide(house, system)
    return house


@pytest.fixture
def run(company: House, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(common, "assembled", lambda: company)

    def said(command: click.Command, *words: str) -> Result:
        return CliRunner().invoke(command, [*words, "--tenant", "acme"])

    return said


def _story(company: House, code: str) -> list[str]:
    tenant: Tenant = company.directory().by_code("acme")
    with company.work().reading(tenant.tenant) as unit:
        card = unit.customer_file.card(code, None)
        return [entry.kind for entry in unit.customer_file.timeline(card.customer, 10)]


def test_a_note_is_on_the_timeline_and_an_empty_one_is_refused(company: House, run: Run) -> None:
    assert run(write_note, "C10077", "Their accountant is away until Monday").output == "noted\n"
    assert "note" in _story(company, "C10077")
    assert "a note has 1 to 4000 characters" in str(run(write_note, "C10077", "  ").exception)


def test_a_promise_made_on_the_telephone_holds_the_items_that_are_named(run: Run) -> None:
    made = run(log_call, "C10154", "FA-26-1005", "--outcome", "promise", "--until", "2026-12-04")
    assert made.output == "noted, 1 items held\n"
    assert "choose the items" in str(run(log_call, "C10154", "--outcome", "dispute").exception)
    later = run(log_call, "C10154", "--outcome", "call-back", "--until", "2026-11-30").output
    assert later.startswith("noted, 0 items held, call back is action ")


def test_one_message_says_something_else_for_this_once(company: House, run: Run) -> None:
    tenant = company.directory().by_code("acme").tenant
    with company.work().reading(tenant) as unit:
        number = str(unit.delivery.in_state(["to-confirm"], ["email"])[0].action)
    edited = run(edit_action, number, "--language", "en", "--subject", "Your account", "--body", "Hello.\n\n[items]")
    assert edited.output.startswith(f"action {number} is due on") and edited.exit_code == 0
    assert '"own_words":false' in run(edit_action, number, "--template-words", "--json").output
    assert "say --subject and --body" in str(run(edit_action, number).exception)
    assert "keeps its day" in str(run(edit_action, number, "--on", "2026-12-24").exception)


def test_what_is_to_be_qualified_is_listed(company: House, run: Run) -> None:
    """S3.18."""
    assert run(list_ended).output == "nothing\n"
    had_every_step(company, 2)
    assert "C10077    FA-26-1002  2026-09-09  6134.55  EUR" in run(list_ended).output
