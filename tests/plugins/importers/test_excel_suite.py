"""Workbooks keep the promises of every importer."""

from pathlib import Path

from relance.plugins.importers.excel import Workbooks
from relance.plugins.testing import importer_suite

TestWorkbooks = importer_suite(Workbooks(), examples=Path(__file__).parent / "excel_examples")
