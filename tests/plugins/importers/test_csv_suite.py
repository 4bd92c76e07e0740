"""Delimited text keeps the promises of every importer."""

from pathlib import Path

from relance.plugins.importers.csv import DelimitedText
from relance.plugins.testing import importer_suite

TestDelimitedText = importer_suite(DelimitedText(), examples=Path(__file__).parent / "csv_examples")
