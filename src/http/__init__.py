"""UI and API: guard, shape, verb, shape."""
