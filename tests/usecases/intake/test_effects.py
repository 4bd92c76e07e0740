"""What a file would do is told by amount before it is done; announced figures are compared with what was read (I-7)."""

import pytest

from relance.core.intake.reports import EffectCase, EffectTold
from relance.core.kernel.errors import BadInput
from tests.usecases.intake.kit import Desk

HEADER = "customer_code,number,issued_on,due_on,amount,open_amount,currency"


def line(number: str, is_open: str, currency: str = "EUR", customer: str = "C1") -> str:
    return f"{customer},{number},2026-01-05,2026-02-05,500,{is_open},{currency}"


BEFORE = (line("A", "100"), line("B", "200"), line("C", "300"), line("D", "40", "USD"), line("E", "50"), line("S", "0"))


@pytest.fixture
def yesterday(desk: Desk) -> Desk:
    """Six items, one of them settled."""
    desk.rows(*BEFORE, header=HEADER)
    return desk


def test_every_deed_has_its_sums_and_its_largest_items(yesterday: Desk) -> None:
    lines = (line("A", "100"), line("B", "150"), line("C", "0"), line("S", "5"), line("N", "7", customer="C2"))
    broken = line("E", "fifty")
    report = yesterday.rows(*lines, broken, header=HEADER, dry_run=True)
    assert report.state == "dry-run"
    assert report.effects == {
        "new": EffectTold(count=1, after={"EUR": "7.00"}, largest=(EffectCase("C2", "N", "EUR", "0.00", "7.00"),)),
        "changed": EffectTold(
            count=1,
            before={"EUR": "200.00"},
            after={"EUR": "150.00"},
            largest=(EffectCase("C1", "B", "EUR", "200.00", "150.00"),),
        ),
        "settled": EffectTold(
            count=2,
            before={"EUR": "300.00", "USD": "40.00"},
            largest=(EffectCase("C1", "C", "EUR", "300.00", "0.00"), EffectCase("C1", "D", "USD", "40.00", "0.00")),
        ),
        "reopened": EffectTold(count=1, after={"EUR": "5.00"}, largest=(EffectCase("C1", "S", "EUR", "0.00", "5.00"),)),
        "kept": EffectTold(
            count=1,
            before={"EUR": "50.00"},
            after={"EUR": "50.00"},
            largest=(EffectCase("C1", "E", "EUR", "50.00", "50.00"),),
        ),
    }
    assert yesterday.rows(*lines, broken, header=HEADER, override_guard=True).effects == report.effects
    assert yesterday.select("select count(*) from items where open_amount <> 0") == [(5,)]


def test_what_the_guard_measured_stands_beside_its_limits_and_an_override_says_who_and_why(desk: Desk) -> None:
    desk.rows(*(line(f"N{place}", "100") for place in range(40)), header=HEADER)
    rest = [line(f"N{place}", "100") for place in range(24)]
    held = desk.rows(*rest, header=HEADER)
    assert (held.state, held.reason) == ("held", "would-settle-too-much")
    guard = held.guard
    assert guard
    assert (guard.settled_items, guard.open_items, guard.settled_percent, guard.shrink_limit) == (16, 40, 40, 30)
    assert (guard.settled_amount_percent, guard.moved_percent, guard.spike_limit) == ({"EUR": 40}, {"EUR": 40}, 50)
    assert held.effects["settled"].before == {"EUR": "1600.00"}
    done = desk.rows(*rest, header=HEADER, override_guard=True, override_reason="annual clean-up")
    assert (done.state, done.overridden, done.override_reason) == ("done", held.reason, "annual clean-up")
    (detail,) = desk.select("select detail from audit where event = 'import-done' order by seq desc limit 1")
    assert '"overridden":"would-settle-too-much"' in str(detail[0])
    assert '"why":"annual clean-up"' in str(detail[0])


def test_announced_figures_that_agree_let_the_file_in(desk: Desk) -> None:
    told = {"control-rows": "6", "control-sum": "EUR:650.00|USD:40"}
    assert desk.rows(*BEFORE, header=HEADER, options=told, profile="p", mapping={"number": "number"}).state == "done"
    assert desk.rows(*BEFORE[:5], header=HEADER, profile="p").state == "done"


@pytest.mark.parametrize(
    "told", [{"control-rows": "7"}, {"control-sum": "EUR:650.01"}, {"control-sum": "EUR:650|GBP:1"}]
)
def test_announced_figures_that_differ_hold_the_file(desk: Desk, told: dict[str, str]) -> None:
    report = desk.rows(*BEFORE, header=HEADER, options=told)
    assert (report.state, report.reason) == ("held", "control-sum")
    assert "were announced" in report.message
    assert desk.sum().count == 0
    done = desk.rows(*BEFORE, header=HEADER, options=told, override_guard=True, override_reason="a typing error")
    assert (done.state, done.overridden) == ("done", "control-sum")


def test_a_rejected_row_is_missing_in_the_announced_sum(desk: Desk) -> None:
    """I-7: what is accepted is what was announced, or a person looks."""
    told = {"control-sum": "EUR:650|USD:40"}
    broken = (*BEFORE[:4], line("E", "fifty"), BEFORE[5])
    assert desk.rows(*broken, header=HEADER, options=told).reason == "control-sum"


@pytest.mark.parametrize("told", [{"control-rows": "many"}, {"control-sum": "EUR"}, {"control-sum": "EUR:x"}])
def test_a_figure_that_is_none_is_refused(desk: Desk, told: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="control-"):
        desk.rows(*BEFORE, header=HEADER, options=told)


@pytest.mark.parametrize("mode", ["stock", "delta"])
def test_a_file_of_which_no_row_is_accepted_is_refused_with_its_rows(yesterday: Desk, mode: str) -> None:
    before = yesterday.select("select last_import_id, last_good_at from sources")
    report = yesterday.rows(line("A", "x"), line("B", "y"), header=HEADER, mode=mode)
    assert (report.state, report.reason, report.rejected_rows) == ("refused", "nothing-accepted", 2)
    assert [row.line for row in report.rejected] == [2, 3]
    assert yesterday.sum().count == 5
    assert yesterday.select("select last_import_id, last_good_at from sources") == before


def test_an_item_that_comes_back_is_an_anomaly_with_its_history(yesterday: Desk) -> None:
    """A7."""
    report = yesterday.rows(*BEFORE[:5], line("S", "5"), header=HEADER)
    assert report.reopened == 1
    assert report.effects["reopened"].largest == (EffectCase("C1", "S", "EUR", "0.00", "5.00"),)
    assert [note.code for note in report.notes] == ["reopened"]
    assert report.notes[0].examples == ("C1 S",)
    query = "select kind, open_before, open_after from item_changes where kind = 'reopened'"
    assert yesterday.select(query) == [("reopened", 0, 500)]


def test_a_delta_file_brings_settled_history_partial_payments_and_credit_notes(desk: Desk) -> None:
    header = "customer_code,number,type,issued_on,due_on,amount,open_amount,paid_on"
    rows = (
        "C1,P,invoice,2025-10-01,2025-11-01,100,0,2025-11-20",
        "C1,Q,invoice,2025-12-01,2026-01-01,100,60,2026-01-15",
        "C1,G,credit-note,2025-12-05,2025-12-05,30,30,",
        "C1,H,invoice,2025-12-05,2026-01-05,80,80,",
    )
    report = desk.rows(*rows, header=header, mode="delta")
    assert (report.new, report.sums) == (4, {"EUR": "110.00"})
    query = "select number, amount, open_amount, settled_on, paid_on from items order by number"
    assert desk.select(query) == [
        ("G", -3000, -3000, None, None),
        ("H", 8000, 8000, None, None),
        ("P", 10000, 0, 20412, 20412),
        ("Q", 10000, 6000, None, 20468),
    ]
    desk.rows("C1,H,invoice,2025-12-05,2026-01-05,80,0,2026-02-10", header=header, mode="delta")
    assert desk.select("select open_amount, settled_on, paid_on from items where number = 'H'") == [(0, 20494, 20494)]
