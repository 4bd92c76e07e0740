"""The tables, one file per word; tenant_id first in every key."""
