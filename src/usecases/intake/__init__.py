"""Verbs: Files from an ERP: mapping, reconciliation, guard, report."""
