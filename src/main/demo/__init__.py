"""An invented company with fifteen months of ledger: generated from a seed, imported and collected for real."""
