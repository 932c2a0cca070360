"""Ingredient labels as text: found in a message or a product's page, and taken apart into names. Knows no skincare."""
