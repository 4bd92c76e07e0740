"""The history of imports, and imports that meet (A21, T1)."""

from pathlib import Path
from typing import Any

import pytest

from relance.core.kernel.errors import NotAllowed, NotFound
from relance.core.kernel.identifiers import ImportId, TenantId
from relance.core.tenancy.users import Actor
from relance.usecases.intake.list_imports import ImportsQuestion, ListImports
from relance.usecases.intake.show_import import ImportQuestion, ShowImport
from tests.usecases.intake.kit import Desk, invoices


class MeddlingArchive:
    """Lets another import happen right before the first one writes."""

    def __init__(self, inner: Any, meddle: Any) -> None:
        self.inner, self.meddle = inner, [meddle]

    def keep_file(self, tenant: TenantId, file: Path) -> str:
        kept: str = self.inner.keep_file(tenant, file)
        if self.meddle:
            self.meddle.pop()()
        return kept

    def open(self, tenant: TenantId, reference: str) -> Path:
        found: Path = self.inner.open(tenant, reference)
        return found


def test_an_import_that_was_overtaken_compares_again(desk: Desk) -> None:
    other = Desk(desk.engine, desk.tenant, desk.folder / "other")
    other.folder.mkdir()
    desk.verb._archive = MeddlingArchive(desk.verb._archive, lambda: other.rows(*invoices(100), source="other"))
    report = desk.rows(*invoices(150))
    assert (report.state, report.new, report.unchanged) == ("done", 50, 100)
    assert desk.sum().count == 150


def test_the_history_shows_each_import_with_its_rejected_rows(desk: Desk) -> None:
    desk.rows(*invoices(20))
    desk.rows(*invoices(19), "C1,x,N,soon,2026-02-01,1", "C1,x,N,,2026-02-01,1")
    listed = ListImports(desk.work, desk.clock)(ImportsQuestion(actor=desk.actor))
    assert [(line.number, line.state, line.source, line.report.rejected_rows) for line in listed] == [
        (2, "done", "items", 2),
        (1, "done", "items", 0),
    ]
    shown = ShowImport(desk.work, desk.clock)(ImportQuestion(actor=desk.actor, number=ImportId(2)))
    assert [(row.line, row.code) for row in shown.report.rejected] == [(21, "bad-date"), (22, "missing-value")]
    assert desk.verb._archive.open(desk.tenant, shown.archive_ref).read_text().startswith("customer_code")
    with pytest.raises(NotFound):
        ShowImport(desk.work, desk.clock)(ImportQuestion(actor=desk.actor, number=ImportId(9)))


def test_rows_that_all_have_the_wrong_number_of_cells_are_rejected_and_settle_nothing(desk: Desk) -> None:
    desk.rows(*invoices(20))
    report = desk.rows("C1,x", "C1,y,z")
    assert (report.state, report.reason, report.accepted) == ("refused", "nothing-accepted", 0)
    assert desk.sum().count == 20
    report = desk.rows("C1,x", "C1,y,z", source="new")
    assert (report.state, report.accepted, len(report.rejected)) == ("refused", 0, 2)


def test_who_may_not_import_is_told_so(desk: Desk) -> None:
    viewer = Actor(tenant=desk.tenant, user=None, name="vi", role="viewer")
    with pytest.raises(NotAllowed):
        desk.rows(*invoices(3), actor=viewer)


def test_amounts_follow_the_currency_of_their_row(desk: Desk) -> None:
    header = "customer_code,number,issued_on,due_on,amount,currency"
    lines = ("C1,N1,2026-01-05,2026-02-05,10.005,eur", "C1,N2,2026-01-05,2026-02-05,10.5,JPY")
    report = desk.rows(
        *lines, "C1,N3,2026-01-05,2026-02-05,1.0005,KWD", "C1,N4,2026-01-05,2026-02-05,1,Talers", header=header
    )
    assert report.sums == {"EUR": "10.01", "JPY": "11", "KWD": "1.001"}
    assert (report.rounded, [row.code for row in report.rejected]) == (3, ["bad-currency"])


def test_debit_and_credit_columns_and_terms(desk: Desk) -> None:
    header = "customer_code,number,issued_on,terms,debit,credit"
    lines = ("C1,N1,2026-01-05,30,100.00,", "C1,P1,2026-01-06,0,,40.00", "C1,N2,2026-01-05,someday,1,")
    report = desk.rows(*lines, header=header)
    assert (report.sums, [row.code for row in report.rejected]) == ({"EUR": "60.00"}, ["bad-terms"])
    assert desk.select("select type, due_on - issued_on from items order by number") == [
        ("invoice", 30),
        ("payment", 0),
    ]


def test_a_type_table_says_what_the_erp_s_words_mean(desk: Desk) -> None:
    header = "customer_code,number,issued_on,due_on,amount,type"
    lines = (
        "C1,N1,2026-01-05,2026-02-05,100,RV",
        "C1,N2,2026-01-05,2026-02-05,20,DG",
        "C1,N3,2026-01-05,2026-02-05,1,ZZ",
    )
    report = desk.rows(*lines, header=header, options={"type.RV": "invoice", "type.dg": "credit-note"})
    assert (report.sums, [row.code for row in report.rejected]) == ({"EUR": "80.00"}, ["unknown-type"])


def test_a_unique_key_is_the_identity_whatever_else_changes(desk: Desk) -> None:
    header = "unique_key,customer_code,number,issued_on,due_on,amount"
    desk.rows("K1,C1,N1,2026-01-05,2026-02-05,100", "K2,C1,N1,2026-01-05,2026-02-05,50", header=header)
    report = desk.rows("K1,C2,N9,2025-12-05,2026-02-05,100", "K2,C1,N1,2026-01-05,2026-02-05,50", header=header)
    assert (report.new, report.changed, report.settled) == (0, 1, 0)
    assert desk.select("select number from items where unique_key = 'K1'") == [("N9",)]
    assert desk.sum(customer="C2").open == {"EUR": "100.00"}


def test_only_items_make_a_source_fresh(desk: Desk) -> None:
    desk.rows("C1,Acme", kind="customers", header="code,name", source="erp")
    assert desk.select("select last_good_at is null from sources") == [(True,)]
    desk.rows(*invoices(3), source="erp")
    assert desk.select("select last_good_at is null from sources") == [(False,)]
