"""What the assistant does with a message: thin translations from tracker to rules and store, and back to words."""
