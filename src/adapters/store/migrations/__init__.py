"""Alembic migrations, run by `relance db upgrade`."""
