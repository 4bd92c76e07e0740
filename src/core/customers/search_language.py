"""The readable form of a search: `country in (FR, BE) and overdue >= 1000 and not group = Key`; it round-trips."""

import re
from typing import NamedTuple

from relance.core.customers.criteria import criterion_of
from relance.core.customers.search import DEEPEST, EVERYTHING, AnyOf, Clause, Every, Not, Operator, Search, checked
from relance.core.kernel.errors import BadInput

LONGEST = 100_000
_TOKEN = re.compile(
    r"""\s*(?:
      "(?P<quoted>(?:[^"\\]|\\.)*)"
    | (?P<sign>!=|<=|>=|=|<|>|\(|\)|,)
    | (?P<word>[^\s"()=<>!,]+)
    )""",
    re.VERBOSE,
)
_KEYWORDS = frozenset(("and", "or", "not", "in", "is", "contains", "empty"))
_BARE = re.compile(r'[^\s"()=<>!,]+')
_CURRENCY = re.compile(r"[A-Z]{3}")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def parse(text: str) -> Search:
    """The search that a text says, checked; an empty text leaves nothing out. Raises BadInput with the place."""
    if len(text) > LONGEST:
        raise BadInput(f"search: longer than {LONGEST} characters")
    if not text.strip():
        return EVERYTHING
    reader = _Reader(text)
    search = reader.either(0)
    reader.end()
    return checked(search)


def written(search: Search) -> str:
    """The text of a search: `parse(written(search)) == search`."""
    return "" if search == EVERYTHING else _written(search)


class _Token(NamedTuple):
    text: str
    place: int
    quoted: bool = False

    def says(self, word: str) -> bool:
        return not self.quoted and self.text.lower() == word


class _Reader:
    """Recursive descent over the tokens."""

    def __init__(self, text: str) -> None:
        self._tokens, self._at, self._length = _tokens(text), 0, len(text)

    def either(self, depth: int) -> Search:
        parts = [self._each(depth)]
        while self._takes("or"):
            parts.append(self._each(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def end(self) -> None:
        if self._here() is not None:
            self._fail("expected 'and', 'or' or the end")

    def _each(self, depth: int) -> Search:
        parts = [self._one(depth)]
        while self._takes("and"):
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _one(self, depth: int) -> Search:
        if depth > DEEPEST:
            self._fail(f"nested more than {DEEPEST} deep")
        if self._takes("not"):
            return Not(self._one(depth + 1))
        if self._takes("("):
            inside = self.either(depth + 1)
            self._must(")")
            return inside
        return self._clause()

    def _clause(self) -> Search:
        name = self._value("a criterion such as country or overdue")
        criterion_of(name)
        if self._takes("is"):
            turned = self._takes("not")
            self._must("empty")
            empty = Clause(name, "is empty")
            return Not(empty) if turned else empty
        if self._takes("not"):
            self._must("in")
            return Clause(name, "not in", self._values())
        if self._takes("in"):
            return Clause(name, "in", self._values())
        return Clause(name, self._operator(), (self._compared(name),))

    def _operator(self) -> Operator:
        for operator in ("=", "!=", "<=", ">=", "<", ">", "contains"):
            if self._takes(operator):
                return operator
        self._fail("expected =, !=, <, <=, >, >=, in, not in, contains or is empty")
        raise AssertionError

    def _values(self) -> tuple[str, ...]:
        self._must("(")
        values = [self._value("a value")]
        while self._takes(","):
            values.append(self._value("a value"))
        self._must(")")
        return tuple(values)

    def _compared(self, name: str) -> str:
        value = self._value("a value")
        following = self._here()
        is_amount = criterion_of(name).sort == "amount" and _NUMBER.fullmatch(value)
        if is_amount and following and not following.quoted and _CURRENCY.fullmatch(following.text):
            self._at += 1
            return f"{value} {following.text}"
        return value

    def _value(self, wanted: str) -> str:
        token = self._here()
        if token is None or (not token.quoted and (token.text.lower() in _KEYWORDS or not _BARE.fullmatch(token.text))):
            self._fail(f"expected {wanted}")
        assert token
        self._at += 1
        return token.text

    def _takes(self, word: str) -> bool:
        token = self._here()
        if token is None or not token.says(word):
            return False
        self._at += 1
        return True

    def _must(self, word: str) -> None:
        if not self._takes(word):
            self._fail(f"expected {word!r}")

    def _here(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _fail(self, wanted: str) -> None:
        token = self._here()
        place = token.place if token else self._length
        found = f"found {token.text!r}" if token else "the search ends"
        raise BadInput(f"search, at character {place + 1}: {wanted}; {found}")


def _tokens(text: str) -> list[_Token]:
    tokens, place = [], 0
    while text[place:].strip():
        found = _TOKEN.match(text, place)
        if found is None:
            raise BadInput(f"search, at character {place + 1}: a quote is not closed, or a sign means nothing here")
        kind = found.lastgroup or "word"
        plain = re.sub(r"\\(.)", r"\1", found[kind], flags=re.DOTALL) if kind == "quoted" else found[kind]
        tokens.append(_Token(plain, found.start(kind), kind == "quoted"))
        place = found.end()
    return tokens


def _written(search: Search) -> str:
    if isinstance(search, Clause):
        return _clause_written(search)
    if isinstance(search, Not):
        inner = search.part
        if isinstance(inner, Clause) and inner.operator == "is empty":
            return f"{_quoted(inner.criterion)} is not empty"
        return f"not {_within(inner, (Every, AnyOf))}"
    if isinstance(search, Every):
        return " and ".join(_within(part, (Every, AnyOf)) for part in search.parts)
    return " or ".join(_within(part, (AnyOf,)) for part in search.parts)


def _within(part: Search, wrapped: tuple[type, ...]) -> str:
    return f"({_written(part)})" if isinstance(part, wrapped) else _written(part)


def _clause_written(clause: Clause) -> str:
    if clause.operator == "is empty":
        return f"{_quoted(clause.criterion)} is empty"
    if clause.operator in {"in", "not in"}:
        return f"{_quoted(clause.criterion)} {clause.operator} ({', '.join(map(_quoted, clause.values))})"
    [value] = clause.values
    number, _, currency = value.partition(" ")
    if criterion_of(clause.criterion).sort == "amount" and currency:
        return f"{_quoted(clause.criterion)} {clause.operator} {number} {currency}"
    return f"{_quoted(clause.criterion)} {clause.operator} {_quoted(value)}"


def _quoted(value: str) -> str:
    """Bare where it reads back as one word."""
    if _BARE.fullmatch(value) and value.lower() not in _KEYWORDS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
