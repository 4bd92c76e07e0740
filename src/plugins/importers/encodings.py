"""Which characters these bytes stand for: by marks, by strict UTF-8, then by the words that each code page makes."""

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from math import exp

from relance.plugins import Guess
from relance.plugins.importers.plausibility import Reading, Words, readings

SAMPLE = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOST = "\ufffd"
_SURE = 0.8
_PROOF = 0.7


def encoding_of(sample: bytes, whole: bool) -> Guess:
    """The encoding of a sample; `whole` says that the sample is the file and not cut in the middle of a character.

    `ascii` means that no other byte was seen: whoever reads on decides with the first line that holds one.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return _guess(name, 100, "byte-order-mark", "the file begins with the mark of this encoding")
    if b"\0" in sample:
        return _wide(sample)
    if sample.isascii():
        if b"\x1b$" in sample and _reads(sample, "iso2022_jp", whole):
            return _guess("iso2022_jp", 90, "escape-sequences", "escape sequences of Japanese mail")
        return _guess("ascii", 100, "only-ascii", "no character beyond ASCII so far")
    if _reads(sample, "utf-8", whole) or (_reads(sample, "utf-8", whole=False) and not sample[:-4].isascii()):
        return _utf8(sample)  # of a file that is cut off within its last character, reading says so
    return _mixed(sample) or _code_page(sample, whole)


def odd_lines(data: bytes, most: int) -> bytes:
    """The lines of a block that hold a byte beyond ASCII, up to so many bytes: they are what an encoding shows in."""
    found, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            found.append(line)
            size += len(line)
            if size > most:
                break
    return b"".join(found)


def _guess(value: str, confidence: int, code: str, why: str) -> Guess:
    return Guess(name="encoding", value=value, confidence=confidence, code=code, why=why)


def _reads(sample: bytes, encoding: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> Guess:
    """Two bytes a character without a mark: nearly every second byte of delimited text is NUL."""
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0) / pairs, sample[1::2].count(0) / pairs
    for name, nulls, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if nulls > 0.4 and others < 0.01 and _reads(sample[: pairs * 2], name, whole=False):
            return _guess(name, 90, "two-bytes-each", "every character takes two bytes, and there is no mark")
    return _guess("binary", 0, "nul-bytes", "the file holds NUL bytes: it is no text")


def _mixed(sample: bytes) -> Guess | None:
    """Lines of two programs in one file: no other encoding makes valid UTF-8 so often by chance."""
    odd = [line for line in sample.splitlines() if not line.isascii()]
    valid = sum(_reads(line, "utf-8", whole=True) for line in odd)
    if valid * 5 < len(odd):
        return None
    why = f"{valid} lines are UTF-8 and {len(odd) - valid} are not: the file was put together of several"
    return _guess("utf-8", 40, "mixed-encodings", why)


def _utf8(sample: bytes) -> Guess:
    lost = sample.decode(errors="ignore").count(_LOST)
    if lost:
        return _guess("utf-8", 95, "lost-characters", f"{lost} characters were lost before the file came here")
    return _guess("utf-8", 100, "valid-utf-8", "every character beyond ASCII is valid UTF-8")


def _code_page(sample: bytes, whole: bool) -> Guess:
    words = Words(sample, whole)
    ranked = readings(words)
    if not ranked:
        return _guess("cp1252", 5, "no-encoding", "in no encoding do the bytes make words")
    best = ranked[0]
    rival = ranked[1] if len(ranked) > 1 else None
    shown = ", ".join(_shown(best.text))
    sure = _probability(ranked)
    confidence = min(round(100 * sure), 60 if words.count < 2 else 80 if words.count < 5 else 97)
    if sure < _SURE and rival:
        other = ", ".join(_shown(rival.text))
        return _guess(
            best.encoding, confidence // 2, "doubtful-encoding", f"it reads {shown}; as {rival.encoding} {other}"
        )
    return _guess(best.encoding, confidence, "plausible-words", f"it reads {shown}")


def _probability(ranked: list[Reading]) -> float:
    """How probable the best reading is among all; words of one file resemble each other, so they prove less."""
    best = ranked[0].likelihood
    return 1 / sum(exp(_PROOF * (one.likelihood - best)) for one in ranked)


def _shown(text: str) -> Iterator[str]:
    return islice(re.findall(r"\w*[^\x00-\x7f]+\w*", text), 3)
