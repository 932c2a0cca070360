"""Telegram: the same assistant in Telegram's own manners, by webhook or long polling."""
