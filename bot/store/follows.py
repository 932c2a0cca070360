"""Which products were opened from the chat, counted by week: their pages, and the shop's links into the cart. Whose it was stands nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from bot.store.database import Database, writing_turn
from bot.store.models import utc_now
from bot.store.repository import ProductRepository
from bot.store.reviews.counts import FOLLOWED_CART, FOLLOWED_PAGE, add, monday_of

FOLLOWED: Mapping[str, str] = {"page": FOLLOWED_PAGE, "cart": FOLLOWED_CART}
"""Where a link leads, and what it is counted as."""


class Follows:
    """Calls block: keep them off an event loop. Each raises StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, way: str, handle: str) -> bool:
        """Counts that a link was followed; False, and not counted, where the shop does not sell the product.

        Args:
            way: one of `FOLLOWED`.
            handle: of the product.
        """
        with self._database.session() as session:
            if ProductRepository(session).by_handle(handle) is None:
                return False
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            add(session, monday_of(utc_now().date()), {(FOLLOWED[way], handle): 1})
            session.commit()
        return True
