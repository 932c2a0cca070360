"""The owner's pages on which the assistant is taught, and what it was taught."""
