"""Loads the plugins that plugins.toml names, one at a time, so that a broken one is reported and the rest live."""
