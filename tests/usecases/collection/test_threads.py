"""An account's emails follow one another, so that its mailbox shows them as one thread."""

from datetime import timedelta

from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId
from tests.usecases.collection.mailroom import Mailroom


def test_a_later_email_names_the_earlier_ones_of_the_same_account(engine: Engine, tenant: TenantId) -> None:
    room = Mailroom(engine, tenant, count=2)
    room.confirm(1)
    room.dispatch()
    room.change_action(1, customer_id=2, sent_at=room.clock.moment - timedelta(days=40))
    room.confirm(2)
    room.dispatch()
    first, second = room.channel.carried
    assert (first.follows, second.follows) == ((), (first.message_id,))
