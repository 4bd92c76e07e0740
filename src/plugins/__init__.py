"""The public door for plugin authors: import from here, and from nowhere else in Relance."""
