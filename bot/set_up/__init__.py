"""What a shop is asked when it is set up: each answer checked, kept at once, and at the end written into the owner's own files."""
