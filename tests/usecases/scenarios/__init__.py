"""Designing scenarios."""
