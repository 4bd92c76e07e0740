"""The languages of messages, and those of the screens."""

from relance.core.kernel.errors import BadInput

MESSAGE_LANGUAGES = (
    "en",
    "fr",
    "de",
    "es",
    "hr",
    "it",
    "ja",
    "nl",
    "pl",
    "pt",
    "pt-BR",
    "ro",
    "sv",
    "tr",
    "zh-Hans",
)
"""What a template, a customer, a contact or a tenant may be written in (S3.30)."""
SCREEN_LANGUAGES = ("en", "fr")


def checked_language(code: str) -> str:
    """The code itself; raises BadInput for a language that messages are not written in."""
    if code not in MESSAGE_LANGUAGES:
        raise BadInput(f"language: one of {', '.join(MESSAGE_LANGUAGES)}, not {code!r}")
    return code
