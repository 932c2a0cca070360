"""Turns: what happens to one conversation happens one after the other, over all processes that share its database.

`turns_of(url)` gives the turns of a database. In a process who came first is served first; between processes the database's own
locks decide: advisory locks on PostgreSQL, locks of the kernel on a file beside a SQLite database. They end with the process that
holds them, however it ends, and nobody asks again and again for one that is taken.
"""

from bot.store.turns.turns import Turns, TurnTimeout, turns_of

__all__ = ["TurnTimeout", "Turns", "turns_of"]
