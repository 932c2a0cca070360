"""Broadcasts: what one process tells the others at once, and nobody keeps: that a tab is to show something, that somebody types.

They go over PostgreSQL's LISTEN and NOTIFY where conversations are there, else from socket to socket on the one machine that can
share a SQLite file. Who is away misses them: what must not be missed stands in the database.
"""

from bot.store.broadcasts.broadcasts import Broadcasts, broadcasts_of

__all__ = ["Broadcasts", "broadcasts_of"]
