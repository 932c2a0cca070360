"""Rasa's door to the services: thin custom actions, each of which hands frames and memory to `bot.answers`."""
