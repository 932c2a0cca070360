"""Orders, requests and tickets of customers: the port to a shop, its rules, and who may see or change what."""
