"""Keeps this machine's file of product names up to the shop's database, which another machine may have changed."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Optional

from bot.set_up.catalogue import write_product_names
from bot.settings import Settings
from bot.store.database import Database, catalogue_version
from bot.store.errors import StoreError

LOOK_EVERY_S = 10.0
logger = logging.getLogger(__name__)


def names_watch_of(chosen: Settings) -> Optional[NamesWatch]:
    """What looks after the names while the server runs; None where no other machine can reach the database."""
    return NamesWatch(chosen) if chosen.shop_database.startswith("postgresql") else None


class NamesWatch:
    """Looks at the catalogue's version now and then, and writes the names anew when it is another one."""

    def __init__(self, chosen: Settings, look_every_s: float = LOOK_EVERY_S) -> None:
        self._chosen, self._look_every_s = chosen, look_every_s
        self._database = Database(chosen.shop_database)
        self._over = Event()
        self._written = ""
        self._thread = Thread(target=self._run, name="product names", daemon=True)

    def start(self) -> None:
        """Looks in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Ends."""
        self._over.set()
        self._thread.join(self._look_every_s)
        self._database.dispose()

    def look(self) -> bool:
        """Looks once; whether the names were written.

        Raises:
            StoreError: when the database gives no answer.
        """
        with self._database.session() as session:
            version = catalogue_version(session)
        if version == self._written:
            return False
        write_product_names(self._database, self._chosen)
        self._written = version
        return True

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self.look()
            except StoreError as error:
                logger.error("whether products have other names cannot be told: %s", error)
            self._over.wait(self._look_every_s)
