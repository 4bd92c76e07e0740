"""Keys of 2,048 bits, which every receiver of mail can check (RFC 8301)."""

from base64 import b64encode

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_BITS = 2048


class RsaKeys:
    """Makes RSA pairs."""

    def pair(self) -> tuple[str, str]:
        """The private key as PEM, and the public one as base64 of its DER."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return private.decode("ascii"), b64encode(public).decode("ascii")
