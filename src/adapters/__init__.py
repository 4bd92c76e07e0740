"""Adapters: the store, the renderer, the plugin host, the clock, the archive."""
