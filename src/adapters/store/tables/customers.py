"""Customers, their contacts, groups and colleagues."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from relance.adapters.store.columns import Day, Instant, Json, tenant_table

customers = tenant_table(
    "customers",
    Column("customer_id", Integer, nullable=False),
    Column("entity_id", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("legal_id", Text, nullable=False, server_default=""),
    Column("vat_number", Text, nullable=False, server_default=""),
    Column("street", Text, nullable=False, server_default=""),
    Column("zip", Text, nullable=False, server_default=""),
    Column("city", Text, nullable=False, server_default=""),
    Column("state", Text, nullable=False, server_default=""),
    Column("country", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("currency", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("url", Text, nullable=False, server_default=""),
    Column("terms", Text, nullable=False, server_default=""),
    Column("credit_limit", BigInteger),
    Column("order_backlog", BigInteger),
    Column("payment_method", Text, nullable=False, server_default=""),
    Column("blocked", Boolean, nullable=False, server_default="0"),
    Column("collection_stop", Boolean, nullable=False, server_default="0"),
    Column("paused_until", Day),
    Column("penalties", Boolean, nullable=False, server_default="1"),
    Column("comment", Text, nullable=False, server_default=""),
    Column("custom", Json),
    Column("collector_id", Integer),
    Column("collector_origin", Text),
    Column("collector_by", Text),
    Column("collector_at", Instant),
    Column("scenario", Text),
    Column("scenario_origin", Text),
    Column("scenario_by", Text),
    Column("scenario_at", Instant),
    Column("last_contact_on", Day),
    Column("lead_id", Integer),
    Column("lead_by", Text),
    Column("lead_at", Instant),
    Column("created_on", Day, nullable=False),
    Column("created_import_id", Integer),
    Column("written", Json),
    PrimaryKeyConstraint("tenant_id", "customer_id"),
    UniqueConstraint("tenant_id", "entity_id", "code"),
    Index("ix_customers_collector", "tenant_id", "collector_id", "customer_id"),
    Index(
        "ix_customers_scenario",
        "tenant_id",
        "scenario",
        sqlite_where=text("scenario is not null"),
        postgresql_where=text("scenario is not null"),
    ),
    Index(
        "ix_customers_lead",
        "tenant_id",
        "lead_id",
        sqlite_where=text("lead_id is not null"),
        postgresql_where=text("lead_id is not null"),
    ),
)
contacts = tenant_table(
    "contacts",
    Column("contact_id", Integer, nullable=False),
    Column("customer_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("first_name", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("mobile", Text, nullable=False, server_default=""),
    Column("mobile_e164", Text, nullable=False, server_default=""),
    Column("function", Text, nullable=False, server_default=""),
    Column("role", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("collection", Boolean, nullable=False, server_default="0"),
    Column("position", Integer, nullable=False, server_default="0"),
    Column("bounced", Text, nullable=False, server_default=""),
    Column("bounced_at", Instant),
    Column("bounced_why", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("tenant_id", "contact_id"),
    Index("ix_contacts_customer", "tenant_id", "customer_id"),
)
groups = tenant_table(
    "groups",
    Column("group_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "group_id"),
    UniqueConstraint("tenant_id", "name"),
)


def _links(name: str, other: str) -> Table:
    """Customers with several of something, each with who said so and when (A5).

    A link that ended keeps its row: what a person ended, neither an import nor a rule begins again.
    """
    return tenant_table(
        name,
        Column("link_id", Integer, nullable=False),
        Column("customer_id", Integer, nullable=False),
        Column(other, Integer, nullable=False),
        Column("origin", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("at", Instant, nullable=False),
        Column("ended_at", Instant),
        Column("ended_origin", Text),
        PrimaryKeyConstraint("tenant_id", "link_id"),
        Index(f"ix_{name}_customer", "tenant_id", "customer_id"),
        Index(f"ix_{name}_other", "tenant_id", other),
    )


customer_groups = _links("customer_groups", "group_id")
customer_colleagues = _links("customer_colleagues", "user_id")
