"""Supplied scenarios and message templates, as data."""
