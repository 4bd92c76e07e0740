"""What the importers of bank statements share."""
