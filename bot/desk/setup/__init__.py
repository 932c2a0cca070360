"""The owner's pages on which a shop is set up, step by step."""
