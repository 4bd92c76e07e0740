"""Scenarios, templates, actions, what each listed, messages as confirmed and as sent, attempts."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint, text

from relance.adapters.store.columns import Day, Instant, Json, tenant_table

_ONE_OPEN = "specific_id is null and state in ('planned', 'to-confirm', 'confirmed', 'sending', 'held')"
"""An account has at most one open action of its scenario (D10); of what persons began, as many as they like."""

scenarios = tenant_table(
    "scenarios",
    Column("code", Text, nullable=False),
    Column("definition", Json, nullable=False),
    PrimaryKeyConstraint("tenant_id", "code"),
)
templates = tenant_table(
    "templates",
    Column("code", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "code", "language"),
)
actions = tenant_table(
    "actions",
    Column("action_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("step_number", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("automation", Text, nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("warnings", Json, nullable=False),
    Column("due_on", Day, nullable=False),
    Column("created_on", Day, nullable=False),
    Column("leader_item_id", Integer, nullable=False),
    Column("occurrence", Integer, nullable=False, server_default="1"),
    Column("item_ids", Json, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("amounts", Json, nullable=False),
    Column("generation", Integer, nullable=False, server_default="1"),
    Column("message_id", Text, nullable=False, server_default=""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant),
    Column("next_try_at", Instant),
    Column("held_from", Text),
    Column("confirmed_by", Integer),
    Column("confirmed_at", Instant),
    Column("done_on", Day),
    Column("sent_at", Instant),
    Column("content_hash", Text, nullable=False, server_default=""),
    Column("worker", Text),
    Column("fence", Integer, nullable=False, server_default="0"),
    Column("lease_until", Instant),
    Column("mark", Text, nullable=False, server_default=""),
    Column("specific_id", Integer),
    Column("assignee_id", Integer),
    Column("snoozed_until", Day),
    Column("brief", Json),
    Column("scenario_version", Integer, nullable=False, server_default="1"),
    PrimaryKeyConstraint("tenant_id", "action_id"),
    UniqueConstraint("tenant_id", "customer_id", "scenario", "step", "leader_item_id", "occurrence"),
    Index("ix_actions_customer", "tenant_id", "customer_id", "done_on"),
    Index(
        "uq_actions_open",
        "tenant_id",
        "customer_id",
        unique=True,
        sqlite_where=text(_ONE_OPEN),
        postgresql_where=text(_ONE_OPEN),
    ),
    Index(
        "ix_actions_open",
        "tenant_id",
        "state",
        "due_on",
        sqlite_where=text("state not in ('sent', 'done', 'cancelled')"),
        postgresql_where=text("state not in ('sent', 'done', 'cancelled')"),
    ),
    Index(
        "ix_actions_account",
        "tenant_id",
        "customer_id",
        sqlite_where=text("state not in ('sent', 'done', 'cancelled')"),
        postgresql_where=text("state not in ('sent', 'done', 'cancelled')"),
    ),
    Index(
        "ix_actions_assignee",
        "tenant_id",
        "assignee_id",
        sqlite_where=text("assignee_id is not null"),
        postgresql_where=text("assignee_id is not null"),
    ),
    Index(
        "ix_actions_done",
        "tenant_id",
        "done_on",
        sqlite_where=text("done_on is not null"),
        postgresql_where=text("done_on is not null"),
    ),
    Index(
        "ix_actions_sent",
        "tenant_id",
        "sent_at",
        sqlite_where=text("sent_at is not null"),
        postgresql_where=text("sent_at is not null"),
    ),
)
specific_actions = tenant_table(
    "specific_actions",
    Column("specific_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Column("outcome", Text),
    PrimaryKeyConstraint("tenant_id", "specific_id"),
    Index("ix_specific_actions_customer", "tenant_id", "customer_id"),
)
"""What persons began on chosen items; each occurrence is an action (A27). Live until `ended_at`."""
specific_items = tenant_table(
    "specific_items",
    Column("specific_id", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("away", Boolean, nullable=False),
    PrimaryKeyConstraint("tenant_id", "specific_id", "item_id"),
    Index("ix_specific_items_item", "tenant_id", "item_id"),
)
"""`away`: the item has left its scenario until the specific action is ended (D2)."""
Index(
    "ix_actions_specific",
    actions.c.tenant_id,
    actions.c.specific_id,
    sqlite_where=text("specific_id is not null"),
    postgresql_where=text("specific_id is not null"),
)
decided_days = tenant_table(
    "decided_days",
    Column("day", Day, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Column("import_id", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("tenant_id", "day"),
)
listed_items = tenant_table(
    "listed_items",
    Column("action_id", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("open_amount", BigInteger, nullable=False),
    Column("step_number", Integer, nullable=False),
    PrimaryKeyConstraint("tenant_id", "action_id", "item_id"),
    Index("ix_listed_items_item", "tenant_id", "item_id"),
)
messages = tenant_table(
    "messages",
    Column("action_id", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("frozen_at", Instant, nullable=False),
    Column("content", Json, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("sent_raw", Text),
    Column("relay_reply", Text),
    PrimaryKeyConstraint("tenant_id", "action_id", "generation", "channel"),
    UniqueConstraint("tenant_id", "message_id"),
)
attempts = tenant_table(
    "attempts",
    Column("action_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "action_id", "number"),
)
