"""The few words of a message that are not in its template: headings of its tables."""

import tomllib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).parent / "templates" / "words"


@cache
def words_of(language: str) -> dict[str, str]:
    """The words of a language; of English where that language has none yet."""
    for tag in (language, language.partition("-")[0], "en"):
        file = _WORDS / f"{tag}.toml"
        if file.is_file():
            return tomllib.loads(file.read_text("utf-8"))
    raise FileNotFoundError(_WORDS)
