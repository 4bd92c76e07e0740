"""Verbs: Statuses, promises, disputes, pauses."""
