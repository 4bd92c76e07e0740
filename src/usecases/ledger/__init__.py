"""Verbs: Items, payments, balances."""
