"""A shop's catalogue fetched from an address of its own, again and again."""
