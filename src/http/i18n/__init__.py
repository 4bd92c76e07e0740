"""Words, amounts and dates in the reader's language."""
