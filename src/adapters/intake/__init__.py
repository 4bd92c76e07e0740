"""Columnar reading and checking of imported tables."""
