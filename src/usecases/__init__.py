"""Verbs: what a person, a program or the clock may ask. One file, one verb, one transaction."""
