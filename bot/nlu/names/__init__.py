"""The names of the shop's products and of brands in a message."""
