"""What the store promises, one file per word."""
