"""Conformance suites for plugin authors: `TestMine = importer_suite(Mine(), examples=FOLDER)` is the whole test."""

from relance.plugins.testing.assigners import assigner_suite
from relance.plugins.testing.channels import channel_suite
from relance.plugins.testing.fetchers import fetcher_suite
from relance.plugins.testing.importers import importer_suite

__all__ = ["assigner_suite", "channel_suite", "fetcher_suite", "importer_suite"]
