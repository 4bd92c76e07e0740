"""The mailbox is read over IMAP, flagged, and otherwise left alone."""

import pytest

from relance.adapters.mail.imap import ImapMailbox, MailboxClosed, place_of
from tests.adapters.mail.letters import dsn, out_of_office
from tests.servers.imap import Folder, imap_server


def test_letters_are_read_once_and_stay() -> None:
    folder = Folder(dsn("b+acme.1.1.00@acme.example", "x@y.example"), out_of_office("b@acme.example"))
    with imap_server(folder) as port:
        mailbox = ImapMailbox(place_of(f"imap://u:p@127.0.0.1:{port}/INBOX"))
        letters = mailbox.unread(10)
        assert [letter.recipients[0] for letter in letters] == ["b+acme.1.1.00@acme.example", "b@acme.example"]
        assert letters[0].content == folder.letters[1]
        mailbox.done([letter.key for letter in letters])
        assert mailbox.unread(10) == []
        mailbox.close()
    assert folder.seen == {1, 2}
    assert not [words for words in folder.asked if words.upper().startswith(("APPEND", "UID EXPUNGE", "EXPUNGE"))]


def test_a_mailbox_that_does_not_answer_is_closed() -> None:
    with imap_server(Folder()) as port:
        pass
    with pytest.raises(MailboxClosed):
        ImapMailbox(place_of(f"imap://u:p@127.0.0.1:{port}/INBOX")).unread(1)
