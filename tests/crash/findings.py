"""What the runs of a row of the fault matrix showed, and the table that is printed of them."""

from collections.abc import Iterable, Iterator

import msgspec

from tests.crash.verdicts import Verdict


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One run, or several of a kind: messages by what is wrong, and whatever else should not be."""

    row: int
    case: str
    database: str
    seed: int = 0
    runs: int = 1
    duplicates: int = 0
    lost: int = 0
    stuck: int = 0
    false_failed: int = 0
    unknown: int = 0
    bound: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every invariant held."""
        bad = self.duplicates + self.lost + self.stuck + self.false_failed
        return not bad and not self.wrong and self.unknown <= self.bound


def finding(row: int, case: str, database: str, verdict: Verdict, **more: object) -> Finding:
    """A verdict as a finding; what it names beside the usual counts is told in words."""
    usual = {"duplicates", "lost", "stuck", "false_failed"}
    others = tuple(f"{name}: {found}" for name, found in verdict.wrong.items() if name not in usual)
    wrong = others + tuple(more.pop("wrong", ()))  # type: ignore[call-overload] # an iterable of words
    counts = {name: len(getattr(verdict, name)) for name in usual}
    unknown = verdict.states.get("unknown", 0)
    return msgspec.convert(
        {"row": row, "case": case, "database": database, **counts, "unknown": unknown, "wrong": wrong} | more, Finding
    )


def table(findings: Iterable[Finding]) -> Iterator[str]:
    """One line a row, case and database."""
    kinds: dict[tuple[int, str, str], list[Finding]] = {}
    for one in findings:
        kinds.setdefault((one.row, one.case, one.database), []).append(one)
    counted = f"{'runs':>6} {'dup':>4} {'lost':>4} {'stuck':>5} {'false':>5} {'unknown':>9}"
    yield f"{'row':>3} {'case':34} {'database':10} {counted}"
    for (row, case, database), those in sorted(kinds.items()):
        unknown = f"{sum(one.unknown for one in those)}/{sum(one.bound for one in those)}"
        counts = [sum(getattr(one, name) for one in those) for name in ("duplicates", "lost", "stuck", "false_failed")]
        verdict = "" if all(one.holds for one in those) else "  DOES NOT HOLD"
        yield (
            f"{row:>3} {case:34} {database:10} {sum(one.runs for one in those):>6} {counts[0]:>4} {counts[1]:>4} "
            f"{counts[2]:>5} {counts[3]:>5} {unknown:>9}{verdict}"
        )
