"""Designing scenarios: drafts, versions, and what they would do."""
