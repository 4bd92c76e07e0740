"""Assembles everything and decides nothing."""
