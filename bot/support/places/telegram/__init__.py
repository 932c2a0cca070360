"""A Telegram group of the staff as the place where they answer: a topic for each conversation."""
