"""A desk on each database."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from relance.core.kernel.identifiers import TenantId
from tests.usecases.intake.kit import Desk


@pytest.fixture
def desk(engine: Engine, tenant: TenantId, tmp_path: Path) -> Desk:
    """Where files are imported."""
    return Desk(engine, tenant, tmp_path)
