"""What an answer to an email does: it stands on the timeline, proves that the message had left, and no more (T20)."""

from relance.core.collection.answers import Answer
from relance.core.collection.bounces import Bounce, Reference
from relance.ports.store.delivery import Entry
from relance.usecases.collection.bouncing import prove
from relance.usecases.collection.desk import Desk

_AUTHOR, REPLIED = "mailbox", "message-reply"


def take_answer(desk: Desk, found: Reference, answer: Answer) -> bool:
    """Keep it in this transaction; False for one that was known, or about no message of ours."""
    unit = desk.unit
    if (found.action, found.generation) not in unit.delivery.frozen([(found.action, found.generation)]):
        return False
    kept = Bounce(
        event=answer.event,
        at=desk.now,
        source=_AUTHOR,
        address=answer.sender,
        kind="soft",
        status="reply",
        said=answer.subject,
        action=found.action,
        generation=found.generation,
    )
    if not unit.suppressions.bounced(kept):
        return False
    prove(desk, kept)
    unit.audit.record(_AUTHOR, "message-answered", f"action:{found.action}", {"generation": found.generation})
    detail = {"from": answer.sender, "subject": answer.subject, "comment": answer.text, "documents": answer.documents}
    entry = Entry(
        customer=unit.collection.action(found.action).customer,
        action=found.action,
        at=desk.now,
        kind=REPLIED,
        author=_AUTHOR,
        detail={name: value for name, value in detail.items() if value},
    )
    unit.delivery.note([entry])
    return True
