"""What all words share: money, days, identifiers, errors."""
