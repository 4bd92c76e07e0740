"""Verbs: Tenants and their entities, users, roles, settings, audit."""
