"""Tests, in rooms like the house's."""
