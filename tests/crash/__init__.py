"""Dispatchers that are killed, the relay that stays alive, and the rules that must hold whatever was killed."""
