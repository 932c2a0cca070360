"""The embedded shop engine: our own order book in the shop's database."""
