"""What the importers of accounting books are made of."""
