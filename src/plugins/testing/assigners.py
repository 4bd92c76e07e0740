"""What every assigner must do."""

import re
import socket
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, get_args

import msgspec
import pytest

from relance.core.customers.assigner_settings import checked_settings, fields_of, plain
from relance.ports.assigners import AccountToAssign, Assigner, Attribute, Batch, Candidate, Proposal

_CODE = r"[a-z0-9]+(-[a-z0-9]+)*"
_ACCOUNTS = (
    AccountToAssign(code="C-1", name="Invented Ltd", country="GB", language="en", currency="GBP", open_amount=12_50),
    AccountToAssign(code="", name="", country="", language="", currency="", custom={"region": ""}),
    AccountToAssign(code="C-2", name="Erfunden GmbH", country="DE", language="de", currency="EUR", open_amount=-9_99),
    AccountToAssign(code="C-3", name="Inventé SARL", country="FR", language="fr", currency="EUR", zip="75001"),
)


def assigner_suite(
    assigner: Assigner,
    *,
    settings: Mapping[str, Any] | None = None,
    defaults: Mapping[str, str] | None = None,
    accounts: Sequence[AccountToAssign] = _ACCOUNTS,
) -> type:
    """A test class for an assigner that with these settings, and these of the tenant, has something for an account.

    `settings` are as a task keeps them; `accounts` may be given where ours say nothing to it.
    """
    whose = {"assigner": assigner, "settings": dict(settings or {}), "defaults": dict(defaults or {})}
    return type("Suite", (AssignerSuite,), whose | {"accounts": accounts})


class AssignerSuite:
    """The promises of an assigner; `assigner_suite` fills in whose."""

    assigner: ClassVar[Assigner]
    settings: ClassVar[dict[str, Any]]
    defaults: ClassVar[dict[str, str]]
    accounts: ClassVar[Sequence[AccountToAssign]]

    def test_it_has_a_name_a_label_and_an_attribute(self) -> None:
        """The name is a word for commands, the label is for people."""
        assert re.fullmatch(_CODE, self.assigner.name)
        assert self.assigner.label.strip()
        assert self.assigner.attribute in get_args(Attribute)

    def test_its_settings_can_be_asked_for_in_a_form_and_stay_plain_data(self) -> None:
        """What is kept and read again is the same."""
        names = [field.name for field in fields_of(self.assigner.settings_type)]
        assert set(self.settings) <= set(names)
        assert checked_settings(self.assigner.settings_type, plain(self._checked())) == self._checked()

    def test_without_a_task_it_has_no_settings(self) -> None:
        """Nobody could give it any."""
        assert not (self.assigner.fallback and fields_of(self.assigner.settings_type))

    def test_it_answers_once_for_each_account_and_has_something_for_one(self) -> None:
        """Also where there is none."""
        answers = self._asked(self.accounts)
        assert len(answers) == len(self.accounts)
        assert any(answers)
        assert self._asked(()) == []

    def test_a_proposal_carries_a_value_and_a_reason_code(self) -> None:
        """A trial tells both."""
        for proposal in filter(None, self._asked(self.accounts)):
            assert isinstance(proposal, Proposal)
            assert proposal.value.strip()
            assert re.fullmatch(_CODE, proposal.reason)

    def test_asking_twice_gives_the_same_answer(self) -> None:
        """A run does what the trial before it said."""
        assert self._asked(self.accounts) == self._asked(self.accounts)

    def test_a_second_run_changes_nothing(self) -> None:
        """Who has what was proposed is proposed that again, whatever was given last."""
        first = self._asked(self.accounts)
        served = [
            msgspec.structs.replace(account, current=(one.value,)) if one else account
            for account, one in zip(self.accounts, first, strict=True)
        ]
        last = next((one.value for one in reversed(first) if one), "")
        assert _values(self._asked(served, last)) == _values(first)

    def test_it_proposes_only_what_its_settings_name_where_they_name_something(self) -> None:
        """What is not named could not be looked for when the task was saved."""
        named = {value.casefold() for value in self.assigner.gives(self._checked())}
        assert not named or {value.casefold() for value in _values(self._asked(self.accounts)) if value} <= named

    def test_it_touches_no_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """All that it may know is in the batch."""
        monkeypatch.setattr(socket, "socket", _no_socket)
        self._asked(self.accounts)

    def _checked(self) -> Any:
        return checked_settings(self.assigner.settings_type, self.settings)

    def _asked(self, accounts: Sequence[AccountToAssign], last: str = "") -> list[Proposal | None]:
        checked = self._checked()
        named = [*self.assigner.gives(checked), *self.defaults.values()]
        candidates = [Candidate(value=value, customers=place, open_amount=place) for place, value in enumerate(named)]
        asks = {"candidates": candidates, "settings": checked, "last": last, "defaults": self.defaults}
        return list(self.assigner.propose(Batch(accounts=accounts, **asks)))


def _values(answers: Sequence[Proposal | None]) -> list[str]:
    return [one.value if one else "" for one in answers]


def _no_socket(*_arguments: object, **_options: object) -> None:
    raise AssertionError("an assigner opened a socket")
