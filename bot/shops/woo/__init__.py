"""WooCommerce, by its REST interface v3."""
