"""Tenants, entities, settings, users, sessions, audit."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from relance.adapters.store.columns import Day, Instant, Json, metadata, tenant_table
from relance.core.tenancy.entities import DETAILS

tenants = Table(
    "tenants",
    metadata,
    Column("tenant_id", Integer, primary_key=True, autoincrement=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("created_on", Day, nullable=False),
)
counters = tenant_table(
    "counters",
    Column("name", Text, nullable=False),
    Column("value", Integer, nullable=False),
    PrimaryKeyConstraint("tenant_id", "name"),
)
entities = tenant_table(
    "entities",
    Column("entity_id", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    *(Column(name, Text, nullable=False, server_default="") for name in DETAILS),
    PrimaryKeyConstraint("tenant_id", "entity_id"),
    UniqueConstraint("tenant_id", "code"),
)
settings = tenant_table(
    "settings",
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "name"),
)
users = tenant_table(
    "users",
    Column("user_id", Integer, nullable=False),
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("address_confirmed", Boolean, nullable=False),
    Column("password_hash", Text),
    Column("rights", Json, nullable=False),
    Column("language", Text),
    Column("theme", Text),
    Column("single_keys", Boolean, nullable=False),
    Column("sees", Text),
    Column("invited_until", Instant),
    PrimaryKeyConstraint("tenant_id", "user_id"),
    UniqueConstraint("tenant_id", "email"),
)
sessions = tenant_table(
    "sessions",
    Column("token_hash", Text, nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("csrf_token", Text, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "token_hash"),
    Index("ix_sessions_user", "tenant_id", "user_id"),
)
sign_in_links = tenant_table(
    "sign_in_links",
    Column("token_hash", Text, nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("purpose", Text, nullable=False, server_default="sign-in"),
    PrimaryKeyConstraint("tenant_id", "token_hash"),
)
deputies = tenant_table(
    "deputies",
    Column("number", Integer, nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("deputy_id", Integer, nullable=False),
    Column("first_on", Day, nullable=False),
    Column("last_on", Day, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("running", Boolean, nullable=False),
    PrimaryKeyConstraint("tenant_id", "number"),
    Index("ix_deputies_deputy", "tenant_id", "deputy_id"),
)
"""Who stands in for whom; `running` says whether today is within the days, as it was last looked at."""
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("key", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("key", "at", "number"),
)
api_keys = tenant_table(
    "api_keys",
    Column("key_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("secret_hash", Text, nullable=False),
    Column("scopes", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
    Column("user_id", Integer),
    PrimaryKeyConstraint("tenant_id", "key_id"),
)
kept_answers = tenant_table(
    "kept_answers",
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "key"),
)
audit = tenant_table(
    "audit",
    Column("seq", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "seq"),
)
