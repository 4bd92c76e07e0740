"""What people answer to an SMS: whether they want no more, and which address answers come in at."""

import hmac
import unicodedata

from relance.core.collection.references import digest_of

_STOP = frozenset({"stop", "stopp", "arret"})
_SIGN_OFF = (
    frozenset({"stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke"})
    | {"arreter", "arretez", "desabonner", "desabonnement", "desinscrire", "desinscription"}
    | {"abmelden", "abbestellen", "aufhoren", "aufhoeren"}
    | {"alto", "parar", "baja", "detener", "cancelar"}
    | {"ferma", "basta", "cancella", "afmelden", "parem", "sair"}
)
"""As networks define them, then French, German, Spanish, Italian, Dutch and Portuguese, without accents."""
_MOST_WORDS = 3
"""`Stop SMS merci` is one; a sentence that begins with the word is for a person to read."""


def wants_no_more(text: str) -> bool:
    """Whether an answer says stop: one of the words alone, or STOP with a word or two behind it."""
    words = _plain(text).split()
    if len(words) == 1:
        return words[0] in _STOP | _SIGN_OFF
    return 0 < len(words) <= _MOST_WORDS and words[0] in _STOP


def _plain(text: str) -> str:
    """Small letters without accents; what is neither letter nor digit parts words."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char if char.isalnum() else " " for char in bare if not unicodedata.combining(char))


def token_of(tenant: str, key: bytes) -> str:
    """What stands behind the tenant in the address at which its answers come in: only we can make it."""
    return digest_of(f"replies:{tenant}", key)


def replies_path(tenant: str, key: bytes) -> str:
    """Where a gateway brings answers to a tenant's SMS."""
    return f"/tw/{tenant}/replies/{token_of(tenant, key)}"


def is_ours(tenant: str, token: str, key: bytes) -> bool:
    """Whether we made this token for this tenant; in constant time."""
    return hmac.compare_digest(token_of(tenant, key).encode(), token.encode())
