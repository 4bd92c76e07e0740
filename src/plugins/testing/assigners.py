"""What every assigner must do."""

import re
from typing import get_args

from relance.ports.assigners import AccountToAssign, Assigner, Attribute, Proposal

_ACCOUNTS = (
    AccountToAssign(code="C-1", name="Invented Ltd", country="GB", language="en", currency="GBP"),
    AccountToAssign(code="", name="", country="", language="", currency="", custom={"region": ""}),
)


def assigner_suite(assigner: Assigner, *, defaults: dict[str, str]) -> type:
    """A test class for an assigner; with `defaults` as the tenant's settings it proposes something for an account."""

    class Suite:
        def test_it_has_a_name_a_label_and_an_attribute(self) -> None:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", assigner.name)
            assert assigner.label.strip()
            assert assigner.attribute in get_args(Attribute)

        def test_a_proposal_carries_a_reason_code(self) -> None:
            proposal = assigner.propose(_ACCOUNTS[0], defaults)
            assert isinstance(proposal, Proposal)
            assert proposal.value
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", proposal.reason)

        def test_it_may_have_nothing_to_say_and_never_raises(self) -> None:
            for account in _ACCOUNTS:
                answer = assigner.propose(account, {})
                assert answer is None or answer.value

        def test_asking_twice_gives_the_same_answer(self) -> None:
            for account in _ACCOUNTS:
                assert assigner.propose(account, defaults) == assigner.propose(account, defaults)

    return Suite
