"""What becomes of items whose customer nobody knows: the customer is created, or their rows stay out."""

from collections.abc import Mapping

import msgspec

OPTION = "create-customers"
ANSWERS = ("yes", "no", "always", "never")
"""`yes` and `no` are said of one file; `always` and `never` are kept with its profile."""
_KEPT = ("always", "never")


def leaves_out(options: Mapping[str, str]) -> bool:
    """Whether rows of unknown customers are rejected."""
    return options.get(OPTION) in {"no", "never"}


class Newcomers(msgspec.Struct, frozen=True):
    """What was `chosen` for unknown customers: whether their rows stay `out`, and whether that is `kept`."""

    chosen: str = ""
    out: bool = False
    kept: bool = False

    @classmethod
    def of(cls, options: Mapping[str, str]) -> "Newcomers":
        """As the options say."""
        chosen = options.get(OPTION, "")
        return cls(chosen=chosen, out=leaves_out(options), kept=chosen in _KEPT)


def answer_of(leaves: bool, keeps: bool) -> str:
    """The option's value for what a person chose."""
    kept, once = ("never", "no") if leaves else ("always", "yes")
    return kept if keeps else once


def of_one_file(name: str, value: str) -> bool:
    """Whether an option says nothing about the next file."""
    return name == OPTION and value not in _KEPT


def to_keep(options: Mapping[str, str], said: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The options that a profile keeps: what was `said` for good counts, else what it said `before`."""
    answer = said.get(OPTION, "")
    kept = answer if answer in _KEPT else before.get(OPTION, "")
    others = {name: value for name, value in options.items() if name != OPTION}
    return others | ({OPTION: kept} if kept == "never" else {})
