"""The owner's pages on the products: what is missing, what the assistant makes of each, and mending it there."""
