"""Versions of scenarios, and what is being drafted. The version that chases now is in `scenarios`."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

from relance.adapters.store.columns import Instant, Json, tenant_table

scenario_versions = tenant_table(
    "scenario_versions",
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("definition", Json, nullable=False),
    Column("in_flight", Text, nullable=False, server_default="move"),
    Column("author", Text, nullable=False, server_default=""),
    Column("at", Instant),
    Column("note", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("tenant_id", "code", "version"),
)
scenario_drafts = tenant_table(
    "scenario_drafts",
    Column("code", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("based_on", Integer, nullable=False),
    Column("definition", Json, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "code", "revision"),
)
"""Every change of a draft is a row, so that it can be taken back; all go when it is published or discarded."""
