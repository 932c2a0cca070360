"""Answers about customers' own orders: how they are, and requests to change them, each confirmed before it is done."""
