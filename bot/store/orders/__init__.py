"""The shop's own order book: customers, orders, parcels, payments and returns, and what fills it."""
