"""The published suite is the whole test."""

from pathlib import Path

from relance_sage100 import Sage100

from relance.plugins.testing import importer_suite

TestSage100 = importer_suite(Sage100(), examples=Path(__file__).parent / "examples")
