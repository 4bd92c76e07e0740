"""Message templates: a subject and a body in one language, filled with plain data."""

import msgspec


class Template(msgspec.Struct, frozen=True):
    """One text of a step in one language (BCP 47 tag)."""

    code: str
    language: str
    subject: str
    body: str
