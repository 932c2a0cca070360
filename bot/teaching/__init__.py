"""What an owner teaches the assistant: lessons by example, found by meaning, learned in a tenth of a second beside the trained model."""
