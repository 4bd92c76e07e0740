"""The published suite is nearly the whole test."""

from relance_alphabet import Alphabet

from relance.plugins.testing import assigner_suite

TestAlphabet = assigner_suite(Alphabet(), settings={"letters": {"A-H": "ann@acme.example", "I": "bob@acme.example"}})
