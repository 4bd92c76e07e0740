"""Verbs: Scenarios, the day's decision, actions, windows, messages."""
