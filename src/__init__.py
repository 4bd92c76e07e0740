"""Relance: whom to remind today, why, and once."""
