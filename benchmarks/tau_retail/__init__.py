"""The retail part of tau2-bench on our order book: its shop, its policy as configuration, and a customer who plays its tasks."""
