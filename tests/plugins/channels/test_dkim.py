"""What we sign, another implementation verifies; and any change on the way shows."""

import dkim
import msgspec
import pytest

from relance.adapters.mail.signing_keys import RsaKeys
from relance.plugins import Signature
from relance.plugins.channels.dkim import signed
from relance.plugins.channels.mime import mime
from tests.plugins.channels.test_mime import MESSAGE

PRIVATE, PUBLIC = RsaKeys().pair()
BY = Signature("acme.example", "relance", PRIVATE)
FOLLOWING = msgspec.structs.replace(MESSAGE, follows=("<a@acme.example>", "<b@acme.example>"))


def verified(raw: bytes) -> bool:
    found: bool = dkim.verify(raw, dnsfunc=lambda *_args, **_more: f"v=DKIM1; k=rsa; p={PUBLIC}".encode())
    return found


@pytest.mark.parametrize("message", [MESSAGE, FOLLOWING, msgspec.structs.replace(MESSAGE, text="\n \n", cc=())])
def test_another_implementation_verifies_it(message) -> None:
    assert verified(signed(mime(message), BY))


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"1 234", b"9 234"), (b"zoe@", b"eve@"), (b"Ann Lee", b"Eve Lee"), (b"From: ", b"From: x@y.example\r\nFrom: ")],
)
def test_any_change_on_the_way_shows(before: bytes, after: bytes) -> None:
    raw = signed(mime(MESSAGE).replace(b"=E2=80=AF", b" "), BY)
    assert verified(raw)
    assert before in raw
    assert not verified(raw.replace(before, after, 1))


def test_the_key_is_not_shown() -> None:
    assert "PRIVATE" not in repr(msgspec.structs.replace(MESSAGE, signature=BY))
