"""Sealed secrets: AES-256-GCM under a key derived from the installation's secret; the purpose is sealed in with it."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from relance.core.kernel.errors import BadInput

_MARK = "s1."
_NONCE = 12


class SealingKeyring:
    """Seals and opens with one derived key; what was sealed for one purpose does not open for another."""

    def __init__(self, secret: bytes) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"relance kept secrets 1").derive(secret)
        self._cipher = AESGCM(derived)

    def seal(self, purpose: str, secret: str) -> str:
        """The sealed text."""
        nonce = os.urandom(_NONCE)
        sealed = self._cipher.encrypt(nonce, secret.encode(), purpose.encode())
        return _MARK + base64.urlsafe_b64encode(nonce + sealed).decode()

    def open(self, purpose: str, sealed: str) -> str:
        """What was sealed; raises BadInput."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_MARK))
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
        except (ValueError, InvalidTag) as closed:
            raise BadInput(
                "the kept secret cannot be opened: RELANCE_SECRET is not the one it was sealed with; enter it again"
            ) from closed
