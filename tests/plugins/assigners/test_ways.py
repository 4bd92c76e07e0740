"""By rule, in turn, by load: what each proposes, and the published suite on every built-in assigner."""

from decimal import Decimal

import pytest

from relance.core.customers.assigner_settings import checked_settings
from relance.core.kernel.errors import BadInput
from relance.plugins import AccountToAssign, Assigner, Batch, Candidate
from relance.plugins.assigners import colleague, collector, group, scenario
from relance.plugins.testing import assigner_suite

ANN, BOB, CID = "ann@acme.example", "bob@acme.example", "cid@acme.example"
BUILT_IN = [one for module in (collector, colleague, group, scenario) for one in module.provide_assigners()]
SETTINGS = {
    "by-rule": {"field": "country", "rules": {"FR": ANN, "DE": BOB}},
    "in-turn": {"among": [ANN, BOB]},
    "by-load": {"among": [ANN, BOB], "measure": "amount"},
}


def _suite(one: Assigner) -> type:
    if one.fallback:
        return assigner_suite(one, defaults={"collector": ANN})
    return assigner_suite(one, settings=SETTINGS[one.name.removeprefix(f"{one.attribute}-")])


for _one in BUILT_IN:
    globals()["Test" + _one.name.title().replace("-", "")] = _suite(_one)


def account(code: str, **more: object) -> AccountToAssign:
    return AccountToAssign(**{"code": code, "name": code, "country": "", "language": "", "currency": ""} | more)


def asked(way: str, settings: dict[str, object], *accounts: AccountToAssign, last: str = "", **loads: tuple[int, int]):
    one = next(found for found in BUILT_IN if found.name == f"collector-{way}")
    checked = checked_settings(one.settings_type, settings)
    named = {ANN: (0, 0), BOB: (0, 0), CID: (0, 0)} | {f"{name}@acme.example": load for name, load in loads.items()}
    candidates = [Candidate(value=value, customers=load[0], open_amount=load[1]) for value, load in named.items()]
    batch = Batch(accounts=accounts, candidates=candidates, settings=checked, last=last)
    return [(found.value, found.reason, found.detail) if found else None for found in one.propose(batch)]


def test_each_attribute_has_three_ways() -> None:
    names = {one.name for one in BUILT_IN}
    assert names == {"default-collector"} | {
        f"{attribute}-{way}" for attribute in ("collector", "colleague", "group", "scenario") for way in SETTINGS
    }


def test_b15_a_rule_says_which_value_of_which_field_gave_it() -> None:
    rules = {"field": "zip", "rules": {"75*": ANN, "750*": BOB, "75008": CID}}
    zips = ("75008", "75011", "75100", "1000")
    assert asked("by-rule", rules, *(account(one, zip=one) for one in zips)) == [
        (CID, "by-rule", "zip = 75008"),
        (BOB, "by-rule", "zip = 75011"),
        (ANN, "by-rule", "zip = 75100"),
        None,
    ]
    assert asked("by-rule", rules | {"otherwise": CID}, account("X")) == [(CID, "by-rule-otherwise", "")]


def test_a_rule_looks_at_custom_fields_and_not_at_capitals() -> None:
    rules = {"field": "custom.Region", "rules": {"north": ANN}}
    assert asked("by-rule", rules, account("X", custom={"region": " NORTH "})) == [
        (ANN, "by-rule", "custom.Region = NORTH")
    ]


def test_b15_turns_go_on_where_the_last_run_stopped_and_whoever_has_one_keeps_it() -> None:
    turns = {"among": [ANN, BOB, CID]}
    new = [account(f"C{n}") for n in range(4)]
    assert [one[0] for one in asked("in-turn", turns, *new)] == [ANN, BOB, CID, ANN]
    assert [one[0] for one in asked("in-turn", turns, *new, last=ANN)] == [BOB, CID, ANN, BOB]
    kept = asked("in-turn", turns, account("K", current=(CID.upper(),)), account("N"))
    assert kept == [(CID, "as-it-is", ""), (ANN, "in-turn", "")], "no turn is used up"


def test_whom_a_person_took_away_is_passed_over_and_so_is_who_cannot_be_given() -> None:
    turns = {"among": [ANN, BOB, "gone@acme.example"]}
    assert asked("in-turn", turns, account("C", refused=(ANN,)))[0][0] == BOB
    assert asked("in-turn", turns, account("C", refused=(ANN, BOB))) == [None]
    assert asked("in-turn", {"among": ["gone@acme.example"]}, account("C")) == [None]
    assert asked("by-load", turns, account("C", refused=(ANN,)))[0][0] == BOB
    assert asked("by-load", turns, account("C", refused=(ANN, BOB))) == [None]


def test_b15_the_least_loaded_gets_the_next_and_what_is_given_counts() -> None:
    loads = {"ann": (5, 0), "bob": (3, 900_00), "cid": (4, 100_00)}
    new = [account(f"C{n}", open_amount=600_00) for n in range(4)]
    fewest = asked("by-load", {"among": [ANN, BOB, CID]}, *new, **loads)
    assert [(one[0], one[2]) for one in fewest] == [(BOB, "3"), (BOB, "4"), (CID, "4"), (ANN, "5")]
    smallest = asked("by-load", {"among": [ANN, BOB, CID], "measure": "amount"}, *new, **loads)
    assert [(one[0], Decimal(one[2])) for one in smallest] == [(ANN, 0), (CID, 100), (ANN, 600), (CID, 700)]


@pytest.mark.parametrize(
    ("way", "settings", "words"),
    [
        ("by-rule", {"field": "planet", "rules": {"FR": ANN}}, "field: one of country"),
        ("by-rule", {"field": "country", "rules": {}}, "rules: write at least one"),
        ("by-rule", {"field": "country", "rules": {"FR": " "}}, "'FR' gives nothing"),
        ("by-rule", {"field": "country"}, "settings: Object missing required field `rules`"),
        ("by-rule", {"field": "country", "rules": {"FR": 3}}, "settings.rules"),
        ("in-turn", {"among": []}, "name at least one"),
        ("in-turn", {"among": [ANN, ANN.upper()]}, "named twice"),
        ("by-load", {"among": [ANN], "measure": "mood"}, "settings.measure: Invalid enum value 'mood'"),
        ("by-load", {"among": [ANN], "colour": "red"}, "unknown field `colour`"),
    ],
)
def test_wrong_settings_are_named(way: str, settings: dict[str, object], words: str) -> None:
    one = next(found for found in BUILT_IN if found.name == f"group-{way}")
    with pytest.raises(BadInput, match=words):
        one.gives(checked_settings(one.settings_type, settings))
