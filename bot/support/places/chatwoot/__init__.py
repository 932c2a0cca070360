"""Chatwoot as the place where staff answer: a conversation there for each one here, in an inbox of its own."""
