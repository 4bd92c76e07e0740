"""Assigners: propose who or what belongs to an account."""
