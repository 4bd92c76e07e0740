"""The importers of bank statements keep the promises of every importer."""

from pathlib import Path

from relance.plugins.importers.camt import CamtStatements
from relance.plugins.importers.cfonb import CfonbStatements
from relance.plugins.importers.mt940 import Mt940Statements
from relance.plugins.testing import importer_suite

HERE = Path(__file__).parent
TestCamt = importer_suite(CamtStatements(), examples=HERE / "camt_examples", decoys=HERE / "mt940_examples")
TestMt940 = importer_suite(Mt940Statements(), examples=HERE / "mt940_examples", decoys=HERE / "cfonb_examples")
TestCfonb = importer_suite(CfonbStatements(), examples=HERE / "cfonb_examples", decoys=HERE / "camt_examples")
