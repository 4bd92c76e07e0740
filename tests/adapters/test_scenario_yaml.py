"""Scenarios travel as text, and what is wrong with a text is told with its line."""

import pytest

from relance.adapters.supplied.files import SuppliedFiles
from relance.adapters.supplied.scenario_yaml import YamlScenarios
from relance.core.collection.scenarios import Scenario, Step
from relance.ports.scenario_texts import TextUnreadable

TEXTS = YamlScenarios()
DATED = Scenario(
    code="dated",
    name={"en": "Dated", "ja": "督促"},
    minimum="EUR=150.00, JPY=20000",
    ignore="EUR=5",
    steps=(
        Step(code="a", day=5, kind="email", template="t", cc=("collector",), only_if='group = "No: yes"'),
        Step(code="b", day=17, kind="call", template="t", automation="manual", after_last=12),
    ),
)


@pytest.mark.parametrize("scenario", [*SuppliedFiles().scenarios(), DATED], ids=lambda one: one.code)
def test_what_is_written_is_read_again(scenario: Scenario) -> None:
    assert TEXTS.read(TEXTS.write(scenario)) == scenario


HEAD = "code: x\nname:\n  en: X\nsteps:\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n- b\n", "line 1"),
        ("code: x\ncode: y\n", "line 2: .*twice"),
        (HEAD + "  - code: a\n    day: soon\n    kind: email\n    template: t\n", "line 6: Expected `int`"),
        (HEAD + "  - code: a\n    day: 1\n    kind: fax\n    template: t\n", "line 7: Invalid enum"),
        (HEAD + "  - code: a\n    day: 1\n    tempalte: t\n", "line 7: there is no 'tempalte'"),
        (HEAD + "  - code: a\n    day: 1\n", "line 5: Object missing required field `kind`"),
        ("code: x\nname: {en: !!python/name:os.system x}\n", "line 2"),
        ("code: [x\n", "line 2"),
        ("a: &a [x, x]\nb: [*a, *a]\n", "line 1|there is no"),
        ("code: 2026-01-01\n", "line 1: write"),
        ("x" * 300_000, "longer"),
        ("[" * 2000, "."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, said: str) -> None:
    with pytest.raises(TextUnreadable, match=said):
        TEXTS.read(text)
