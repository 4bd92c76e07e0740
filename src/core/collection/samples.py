"""An invented account to try a text on where no customer is chosen."""

from datetime import date, timedelta

from relance.core.collection.composing import Company, Content, Line, Mailbox


def sample_content(company: Company, collector: Mailbox, currency: str, today: date, early: bool = False) -> Content:
    """Two overdue invoices, a credit note and one invoice that falls due later; `early`, for a text that is sent before
    the due date: two invoices that fall due within days."""
    later = _line("invoice", "F-1103", 30_000, -14, currency, today)
    first = _line("invoice", "F-1042", 124_800, -3 if early else 32, currency, today)
    second = _line("invoice", "F-1077", 56_025, -5 if early else 12, currency, today)
    credit = _line("credit-note", "A-0031", -10_000, 12, currency, today)
    lines = (first, second) if early else (first, second, credit)
    return Content(
        company=company,
        customer_code="C10077",
        customer_name="Example Trading",
        contact_name="Kim Example",
        collector_name=collector.name or company.name,
        collector_email=collector.email,
        lines=lines,
        overdue=() if early else (first, second),
        not_due=(first, second, later) if early else (later,),
        amounts={currency: sum(line.open_amount for line in lines)},
        today=today,
    )


def _line(kind: str, number: str, amount: int, late: int, currency: str, today: date) -> Line:
    due_on = today - timedelta(days=late)
    return Line(
        type=kind,
        number=number,
        issued_on=due_on - timedelta(days=30),
        due_on=due_on,
        days_late=max(late, 0) if amount > 0 else 0,
        open_amount=amount,
        currency=currency,
    )
