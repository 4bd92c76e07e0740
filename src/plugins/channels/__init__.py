"""Channels: carry a finished message and say what became of it."""
