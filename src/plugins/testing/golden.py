"""`pytest --write-golden`: write what the importers read now, for a person to compare and keep."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option of the golden files."""
    parser.addoption("--write-golden", action="store_true", help="write the golden files of importer suites anew")


@pytest.fixture
def write_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--write-golden"))
