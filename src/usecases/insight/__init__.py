"""Verbs: Figures over the ledger."""
