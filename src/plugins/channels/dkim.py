"""Signs finished messages (RFC 6376, relaxed/relaxed, rsa-sha256): a receiver sees who answers for them."""

import hashlib
import re
from base64 import b64encode
from functools import lru_cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from relance.plugins import Signature

_SIGNED = (
    *("from", "from", "to", "cc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type"),
)
"""`from` twice: a second one that somebody adds on the way breaks the signature."""
_BLANKS = re.compile(rb"[ \t]+")
_ENDS = re.compile(rb"[ \t]+(?=\r\n)")


def signed(body: bytes, by: Signature) -> bytes:
    """The message behind its signature."""
    head, _, rest = body.partition(b"\r\n\r\n")
    fields = _fields(head)
    digest = b64encode(hashlib.sha256(_relaxed_body(rest)).digest()).decode("ascii")
    names = [name for name in _SIGNED if name == "from" or name in fields]
    unsigned = (
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={by.domain}; s={by.selector};\r\n"
        f" h={':'.join(names)};\r\n bh={digest};\r\n b="
    )
    named = {name: fields[name] for name in fields}
    lines, taken = [], set[str]()
    for name in names:
        if name not in taken:
            lines.append(name.encode() + b":" + _relaxed(named[name]) + b"\r\n")
        taken.add(name)
    said = b"".join(lines) + b"dkim-signature:" + _relaxed(unsigned.encode("ascii"))
    mark = b64encode(_key(by.private).sign(said, padding.PKCS1v15(), hashes.SHA256())).decode("ascii")
    folded = "\r\n ".join(mark[at : at + 70] for at in range(0, len(mark), 70))
    return f"DKIM-Signature: {unsigned}{folded}\r\n".encode("ascii") + body


@lru_cache(maxsize=64)
def _key(private: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(private.encode("ascii"), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ValueError("a signing key is an RSA key")
    return key


def _fields(head: bytes) -> dict[str, bytes]:
    """Each field once: our own messages have none twice."""
    unfolded = re.sub(rb"\r\n(?=[ \t])", b"", head)
    pairs = (line.partition(b":") for line in unfolded.split(b"\r\n"))
    return {name.decode("ascii").strip().lower(): value for name, _, value in pairs}


def _relaxed(value: bytes) -> bytes:
    return _BLANKS.sub(b" ", re.sub(rb"\r\n", b"", value)).strip()


def _relaxed_body(body: bytes) -> bytes:
    """Blanks at line ends are nothing, others one; empty lines at the end are none."""
    lines = _BLANKS.sub(b" ", _ENDS.sub(b"", body)).rstrip(b"\r\n")
    return lines + b"\r\n" if lines else b""
