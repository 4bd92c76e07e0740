"""Exports of programs of many countries in their own habits: signs, days, currencies and names as they write them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from relance.adapters.store.engine import engine_for
from relance.adapters.store.tenancy import SqlTenantDirectory
from tests.conftest import acme
from tests.usecases.intake.kit import Desk


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A file, what a person answers, and what is open then."""

    name: str
    encoding: str
    currency: str
    text: str
    open_sum: str
    asked: tuple[str, ...] = ()
    mapping: dict[str, str] = {}
    options: dict[str, str] = {}


EXPORTS = [
    Export(
        name="ordinal days in French",
        encoding="utf-8-sig",
        currency="EUR",
        text='''"Code tiers";"Nom du tiers";"Numéro du document";"Date du document";"Date d'échéance";"Solde dû"
"CL1";"Garage ""Le Lac""";"FA123";"1er octobre 2026";"30 novembre 2026";"1 200,00 €"
"CL1";"Garage ""Le Lac""";"AV12";"15 septembre 2026";"15 septembre 2026";"-100,00 €"
''',
        open_sum="1100.00",
    ),
    Export(
        name="triangles for a minus in Japanese",
        encoding="cp932",
        currency="JPY",
        text="""売掛金残高一覧表,,,,,
得意先コード,得意先名,請求書番号,請求日,支払期限,未回収残高
0000001,株式会社山田商事,2026-0901,2026年9月1日,2026年10月31日,"1,234,000"
0000001,株式会社山田商事,2026-0915,2026年9月15日,2026年10月31日,"▲34,000"
合計,,,,,"1,200,000"
""",
        open_sum="1200000",
    ),
    Export(
        name="what remains in Polish",
        encoding="cp1250",
        currency="PLN",
        text="""Lp.;Kontrahent kod;Kontrahent nazwa;Dokument;Data dok.;Termin;Kwota;Pozostaje;Waluta
1;KOWALSKI;Kowalski Sp. z o.o.;FS/123/09/2026;2026-09-01;2026-10-01;1\xa0230,00;1\xa0230,00;PLN
2;ŻÓŁW;Żółw i Syn;FS/140/10/2026;2026-10-05;2026-11-04;2\xa0460,50;460,50;PLN
""",
        open_sum="1690.50",
    ),
    Export(
        name="crores, debits and credits behind the amount",
        encoding="utf-8",
        currency="INR",
        text="""Date,Ref. No.,Party's Name,Pending Amount,Due on,Overdue by days
14-Sep-26,BT/101,Gupta Hardware,"1,25,000.00 Dr",14-Oct-26,40
2-Oct-26,BT/120,Mehta & Sons,"5,000.00 Cr",2-Oct-26,52
,,,"1,20,000.00 Dr",,
""",
        asked=("name-is-code",),
        mapping={"customer_code": "Party's Name"},
        open_sum="120000.00",
    ),
    Export(
        name="a dollar before brackets, currencies by name",
        encoding="utf-8",
        currency="USD",
        text="""Customer,Transaction Type,Date,Document Number,Due Date,Age,Currency,Open Balance
Altima,Invoice,9/14/2026,INV1201,10/14/2026,40,US Dollar,"$4,500.00"
Altima,Credit Memo,9/25/2026,CM18,9/25/2026,59,US Dollar,"$(500.00)"
""",
        asked=("name-is-code",),
        mapping={"customer_code": "Customer"},
        open_sum="4000.00",
    ),
    Export(
        name="Danish",
        encoding="iso-8859-1",
        currency="DKK",
        text="""Kundenr.;Kundenavn;Fakturanr.;Type;Dato;Forfaldsdato;Beløb;Rest;Valuta
1001;Sørensen A/S;30012;Faktura;01-09-2026;19-09-2026;12.500,00;12.500,00;DKK
1001;Sørensen A/S;8812;Betaling;15-10-2026;15-10-2026;-125,50;-125,50;DKK
""",
        open_sum="12374.50",
    ),
    Export(
        name="Hebrew",
        encoding="cp1255",
        currency="ILS",
        text="""מס. לקוח,שם לקוח,חשבונית,תאריך,תאריך לתשלום,סכום,יתרה,מטבע
1001,סופר דיל,IN26000123,01/09/26,31/10/26,"11,700.00","11,700.00",ש"ח
1001,סופר דיל,CN26000009,15/09/26,15/09/26,"-1,170.00","-170.00",ש"ח
""",
        open_sum="11530.00",
    ),
    Export(
        name="Russian",
        encoding="cp1251",
        currency="RUB",
        text="""Код\tКонтрагент\tНомер документа\tДата документа\tСрок оплаты\tСумма\tОстаток долга
012\tООО "Ромашка"\tУТ-123\t01.09.2026\t01.10.2026\t120 000,00\t120 000,00
045\tАО "Заря"\tУТ-140\t15.09.2026\t15.10.2026\t35 500,50\t5 500,50
Итого\t\t\t\t\t155 500,50\t125 500,50
""",
        open_sum="125500.50",
    ),
    Export(
        name="Greek",
        encoding="cp1253",
        currency="EUR",
        text="""Κωδικός πελάτη;Επωνυμία;Αρ. παραστατικού;Ημερομηνία;Ημ. λήξης;Ποσό;Υπόλοιπο
30.01;ΠΑΠΑΔΟΠΟΥΛΟΣ ΑΕ;ΤΙΜ-001234;01/09/2026;31/10/2026;1.240,00;1.240,00
30.45;ΓΕΩΡΓΙΟΥ ΟΕ;ΤΙΜ-001301;15/10/2026;30/11/2026;620,50;20,50
""",
        open_sum="1260.50",
    ),
    Export(
        name="a column of unknown name beside the amount",
        encoding="utf-8",
        currency="EUR",
        text="""Customer No,Invoice No,Date,Due Date,Amount,Zbytek
C1,F1,2026-09-01,2026-10-31,100.00,100.00
C1,F2,2026-09-01,2026-10-31,250.00,250.00
C2,F3,2026-09-01,2026-10-31,300.00,50.00
""",
        asked=("open-amount",),
        mapping={"open_amount": "Zbytek"},
        open_sum="400.00",
    ),
    Export(
        name="what was paid and not what is open",
        encoding="utf-8",
        currency="EUR",
        text="""Customer No,Invoice No,Date,Due Date,Total,Paid
C1,F1,2026-09-01,2026-10-31,100.00,0.00
C2,F3,2026-09-01,2026-10-31,300.00,50.00
""",
        asked=("open-amount",),
        mapping={"open_amount": "Total"},
        open_sum="400.00",
    ),
    Export(
        name="two columns called open",
        encoding="utf-8",
        currency="EUR",
        text="""Customer No,Invoice No,Date,Due Date,Amount,Outstanding,Open Balance
C1,F1,2026-09-01,2026-10-31,100.00,100.00,90.00
C2,F3,2026-09-01,2026-10-31,300.00,50.00,40.00
""",
        asked=("open-amount",),
        mapping={"open_amount": "Open Balance"},
        open_sum="130.00",
    ),
    Export(
        name="strange words in a column called Type",
        encoding="utf-8",
        currency="EUR",
        text="""Customer No,Invoice No,Date,Due Date,Amount,Type
C1,F1,2026-09-01,2026-10-31,100.00,Shipment
C2,F3,2026-09-01,2026-10-31,300.00,Credit Memo
""",
        asked=("type",),
        options={"type.Shipment": "invoice"},
        open_sum="-200.00",
    ),
]


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path) -> Iterator[Desk]:
    """A desk in the currency of the export."""
    shutil.copyfile(empty_sqlite, tmp_path / "relance.db")
    engine = engine_for(f"sqlite:///{tmp_path}/relance.db")
    export: Export = request.node.callspec.params["export"]
    tenant = msgspec.structs.replace(acme(), currency=export.currency)
    yield Desk(engine, SqlTenantDirectory(engine).found(tenant, "FR01"), tmp_path)
    engine.dispose()


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_is_right_the_first_time_or_says_what_only_a_person_knows(desk: Desk, export: Export) -> None:
    report = desk.put(export.text.encode(export.encoding))
    assert tuple(question.code for question in report.questions) == export.asked
    if export.asked:
        report = desk.put(export.text.encode(export.encoding), mapping=export.mapping, options=export.options)
    assert (report.state, report.rejected) == ("done", ())
    assert desk.sum().open == {export.currency: export.open_sum}
