"""What we need from outside, as typed Protocols; the hookspecs."""
