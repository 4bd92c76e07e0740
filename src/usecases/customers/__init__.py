"""Verbs: Customers, contacts, and who collects them."""
