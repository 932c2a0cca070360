"""Signed events of shops: who may tell something, and what Shopify, WooCommerce and our own form tell."""
