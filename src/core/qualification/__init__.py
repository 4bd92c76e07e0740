"""Statuses, promises, disputes, pauses."""
