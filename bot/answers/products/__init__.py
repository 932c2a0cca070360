"""Answers about the shop's products: what it sells, what fits, what a product costs, holds and goes with."""
