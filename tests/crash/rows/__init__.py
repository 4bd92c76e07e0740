"""Rows of the fault matrix: each tries a fault for a seed and says what it found."""

from types import ModuleType

from tests.crash.rows import failing_writes, import_meanwhile, many_workers, partition

ROWS: dict[int, ModuleType] = {one.ROW: one for one in (failing_writes, import_meanwhile, many_workers, partition)}
