"""Every field of the contract that a file fills is kept, and comes again without a change (A30, A31, D2)."""

from relance.core.collection.scenarios import Scenario, Step
from tests.usecases.intake.kit import Desk

CUSTOMERS = (
    "code,name,legal_id,vat_number,street,zip,city,state,country,language,currency,phone,email,url,terms,credit_limit,"
    "order_backlog,payment_method,blocked,collection_stop,comment,region"
)
CUSTOMER = (
    "C1,Acme,123,FR1,1 Main St,75001,Paris,IDF,FR,fr,USD,+33 1,a@c1.example,https://c1.example,30,1000.50,20.25,"
    "direct-debit,1,1,pays late,East"
)
ITEMS = (
    "customer_code,number,issued_on,due_on,amount,order_number,reference,payment_method,document,last_step,"
    "last_step_on,project"
)
ITEM = "C1,F1,2026-01-01,2026-02-01,100,PO1,R1,draft,https://erp.example/F1.pdf,second,2026-02-20,Bridge"


def test_every_field_of_a_customer_is_kept(desk: Desk) -> None:
    how = {"kind": "customers", "header": CUSTOMERS, "mapping": {"custom.region": "region"}}
    report = desk.rows(CUSTOMER, **how)
    assert (report.state, report.new, report.rejected) == ("done", 1, ())
    rows = desk.select(f"select {CUSTOMERS.removesuffix(',region')} from customers")
    texts = CUSTOMER.split(",")[:15]
    assert [str(cell) for cell in rows[0][:15]] == texts
    assert rows[0][15:18] == (100050, 2025, "direct-debit")
    assert (bool(rows[0][18]), bool(rows[0][19]), rows[0][20]) == (True, True, "pays late")
    assert desk.select("select custom from customers") == [('{"region":"East"}',)]
    assert desk.rows(CUSTOMER, **how).unchanged == 1
    assert desk.rows(CUSTOMER.replace("East", "West"), **how).changed == 1


def test_every_field_of_an_item_is_kept(desk: Desk) -> None:
    steps = tuple(Step(code=code, day=day, kind="email", template="t") for code, day in (("first", 5), ("second", 15)))
    with desk.work(desk.tenant) as unit:
        unit.collection.save_scenario(Scenario(code="standard", name={"en": "Standard"}, steps=steps))
    how = {"header": ITEMS, "mapping": {"custom.project": "project"}}
    report = desk.rows(ITEM, **how)
    assert (report.state, report.new, report.rejected) == ("done", 1, ())
    kept = desk.select("select order_number, reference, payment_method, document, custom from items")
    assert kept == [("PO1", "R1", "draft", "https://erp.example/F1.pdf", '{"project":"Bridge"}')]
    assert desk.select("select step_done, step_elsewhere from items") == [(2, 2)]
    again = desk.rows(ITEM.replace("Bridge", "Tunnel"), **how)
    assert (again.changed, desk.select("select custom from items")) == (1, [('{"project":"Tunnel"}',)])
