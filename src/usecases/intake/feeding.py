"""Which kind of import a file is, where the file itself says so."""

from relance.core.intake.fields import FEED, FEED_WORDS, Kind, kind_of
from relance.core.kernel.errors import BadInput
from relance.ports.importers import Recognised


def kind_told(kind: Kind, recognised: Recognised) -> Kind:
    """The kind that was asked for, or the one that a feed's header stands for; raises BadInput for no feed."""
    if kind != FEED:
        return kind
    if recognised.mapping and len(recognised.kinds) == 1:
        return kind_of(recognised.kinds[0])
    raise BadInput("no file of the feed: its header holds none of item_number, client_business_name, user_email ...")


def feed_source(kind: Kind) -> str:
    """The source of a feed's files of one kind: each has its own, so that each knows its last file (A14, A21)."""
    return f"feed-{FEED_WORDS[kind]}"
