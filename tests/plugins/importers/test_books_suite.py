"""The importers of accounting books keep the promises of every importer."""

from pathlib import Path

from relance.plugins.importers.datev import Datev
from relance.plugins.importers.fec import FecJournal
from relance.plugins.testing import importer_suite

HERE = Path(__file__).parent
TestFec = importer_suite(FecJournal(), examples=HERE / "fec_examples", decoys=HERE / "csv_examples")
TestDatev = importer_suite(Datev(), examples=HERE / "datev_examples", decoys=HERE / "fec_examples")
