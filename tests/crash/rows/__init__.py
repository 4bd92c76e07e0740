"""Rows of the fault matrix: each tries a fault for a seed and says what it found."""

from types import ModuleType

from tests.crash.rows import (
    clock_steps,
    failing_writes,
    full_disk,
    import_meanwhile,
    many_workers,
    partition,
    restarts,
    restored,
    slow_relay,
)

_ALL = (
    *(clock_steps, failing_writes, full_disk, import_meanwhile, many_workers),
    *(partition, restarts, restored, slow_relay),
)
ROWS: dict[int, ModuleType] = {one.ROW: one for one in sorted(_ALL, key=lambda row: int(row.ROW))}
