"""Bring a shop's export into the catalogue: one module a format, what they share in `base` and `writer`."""
