"""How likely a reading of bytes is: words of one script, in one case, with letters of one language."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from relance.plugins.importers.alphabets import HANGUL, JAPANESE, KANA, LETTERS, SIMPLIFIED, TRADITIONAL

_BY_LANGUAGE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "is", "ca", "ga", "sq")),
    ("cp1250", ("pl", "cs", "sk", "hu", "ro", "hr", "de", "sq")),
    ("cp1254", ("tr",)),
    ("cp1257", ("lv", "lt", "et", "pl")),
    ("cp1251", ("ru", "uk", "bg", "sr")),
    ("cp1253", ("el",)),
    ("cp1255", ("he",)),
    ("cp1256", ("ar",)),
    ("cp874", ("th",)),
    ("cp1258", ("vi",)),
    ("iso-8859-15", ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "is", "ca", "et")),
    ("iso-8859-2", ("pl", "cs", "sk", "hu", "ro", "hr")),
    ("iso-8859-9", ("tr",)),
    ("iso-8859-13", ("lv", "lt", "et")),
    ("iso-8859-16", ("ro", "pl", "hu")),
    ("iso-8859-5", ("ru", "bg", "sr")),
    ("iso-8859-7", ("el",)),
    ("koi8-u", ("ru", "uk", "bg")),
    ("mac-roman", ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "ca")),
    ("cp850", ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "is", "ca")),
    ("cp437", ("fr", "de", "es", "it", "nl", "sv", "fi")),
    ("cp852", ("pl", "cs", "sk", "hu", "ro", "hr")),
    ("cp857", ("tr",)),
    ("cp775", ("lv", "lt", "et")),
    ("cp866", ("ru", "uk", "bg")),
    ("cp737", ("el",)),
    ("cp862", ("he",)),
    ("latin-1", ("fr", "de", "es", "pt", "it", "nl", "sv", "da", "fi", "is", "ca", "ga", "sq")),
)
"""Code pages in the order in which they are met: of two that read alike the first is meant."""
_OF_SEVERAL_BYTES = (
    ("cp932", JAPANESE | KANA),
    ("euc_jp", JAPANESE | KANA),
    ("gb18030", SIMPLIFIED),
    ("big5", TRADITIONAL),
    ("cp949", HANGUL),
)
_PRIOR = 0.004
"""What a place further down the list costs: less than any evidence."""
_WORD = re.compile(rb"[0-9A-Za-z'\x80-\xff]*[\x80-\xff][0-9A-Za-z'\x80-\xff]*")
_ALONE = re.compile(r"(?<=[A-Za-z])[\u0100-\uffff](?=[A-Za-z])")
"""One character of East Asia between two letters: a byte of a code page that swallowed the next."""
_MOST_WORDS = 3000
_TYPOGRAPHY = frozenset("°€£§«»\u2018\u2019“”„\u2013—…²³½¼ªº·•®©™µ\xd7¿¡†±\u00a0\u202f\u00ad")
_RARELY = frozenset("\u00ad†•®©™±¿¡µ\xd7¼½³·ªº„")


class Words:
    """The different words of a sample that hold a byte beyond ASCII, and the lines that they stand in."""

    def __init__(self, sample: bytes, whole: bool) -> None:
        body = sample if whole or b"\n" not in sample else sample[: sample.rindex(b"\n")]
        self.words = b"\n".join(list(dict.fromkeys(_WORD.findall(body)))[:_MOST_WORDS])
        self.count = self.words.count(b"\n") + 1
        self.lines = b"\n".join(dict.fromkeys(line for line in body.splitlines() if not line.isascii()))


def scored(words: Words) -> list[tuple[str, str, float, str]]:
    """Every encoding that can read the words: name, the text that it makes, its plausibility, its language."""
    found = [*_of_one_byte(words), *_of_several_bytes(words)]
    return sorted(found, key=lambda one: one[2], reverse=True)


def _of_one_byte(words: Words) -> Iterator[tuple[str, str, float, str]]:
    for place, (encoding, languages) in enumerate(_BY_LANGUAGE):
        text = _decoded(words.words, encoding)
        if text is None:
            continue
        letters = Counter(char for char in text if char > "\x7f")
        odd = _oddities(text)
        ranked = [(_in_language(letters, language), language) for language in languages]
        score, language = max(ranked)
        yield encoding, text, (score - odd) / letters.total() - place * _PRIOR, language


def _of_several_bytes(words: Words) -> Iterator[tuple[str, str, float, str]]:
    for encoding, common in _OF_SEVERAL_BYTES:
        text = _decoded(words.lines, encoding)
        if text is None:
            continue
        far = [char for char in text if char > "\x7f"]
        score = sum(_of_east_asia(char, common) for char in far) - len(_ALONE.findall(text))
        yield encoding, text, score / len(far) - 0.05, ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return codecs.decode(data, encoding)
    except UnicodeDecodeError:
        return None


def _of_east_asia(char: str, common: frozenset[str]) -> float:
    if char in common:
        return 1.0
    if "\u3000" <= char <= "\u3020" or "\uff01" <= char <= "\uff5e" or char == "￥":
        return 0.7
    if "\uff61" <= char <= "\uff9f":
        return 0.35  # half-width kana: every byte of a code page makes one
    return 0.3 if "\u4e00" <= char <= "\u9fff" else -1.0


def _in_language(letters: Counter[str], language: str) -> float:
    alphabet = LETTERS[language]
    size = len(alphabet)
    worth = {char: 1 - 0.5 * place / size for place, char in enumerate(alphabet)}
    return sum(count * _worth(char, worth) for char, count in letters.items())


def _worth(char: str, worth: dict[str, float]) -> float:
    if char in _TYPOGRAPHY:
        return 0.2 if char in _RARELY else 0.6
    if not char.isalpha():
        return 0.6 if unicodedata.category(char) == "Mn" and char in worth else -1.0
    return worth.get(char.lower(), -0.2)


def _oddities(text: str) -> float:
    """How much in the words no writer would write: a capital within small letters, two scripts, a sign amid letters."""
    return sum(_oddity(word) for word in text.split("\n"))


def _oddity(word: str) -> float:
    scripts = {_script(char) for char in word if char.isalpha()}
    odd = 1.5 * (len(scripts) - 1) if len(scripts) > 1 else 0.0
    for before, char, after in zip(f" {word}", word, f"{word[1:]} ", strict=False):
        if char > "\x7f":
            odd += _misplaced(before, char, after)
    return odd


def _misplaced(before: str, char: str, after: str) -> float:
    if "\x80" <= char <= "\x9f":
        return 2.0
    if char.isalpha():
        if char.isupper() and before.islower():
            return 0.8
        return 0.8 if char.islower() and before.isupper() and (after.isupper() or not after.isalpha()) else 0.0
    return 0.8 if before.isalpha() and after.isalpha() and char not in "\u2019\u00ad·" and char.isprintable() else 0.0


def _script(char: str) -> str:
    if char < "\u0250" or "\u1e00" <= char <= "\u1eff":
        return "Latin"
    return unicodedata.name(char, "?").split(" ")[0]
