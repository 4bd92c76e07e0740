"""A desk on each database."""

import os
from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId
from tests.usecases.intake.kit import Desk

collect_ignore = [] if os.environ.get("RELANCE_SAMPLES") else ["test_samples.py"]


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """Where files are imported."""
    return Desk(engine, tenant, tmp_path)
