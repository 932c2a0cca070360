"""Drops with age what is kept of people: at the start of a server, and every day from then on."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.settings import Settings
from bot.store.errors import StoreError
from bot.store.privacy import Privacy
from bot.teaching.forgetting import forgetting

DAY_S = 24 * 3600
AGAIN_S = 600
logger = logging.getLogger(__name__)


class Housekeeping:
    """The daily work of one server; `start` and `stop` are its listeners."""

    def __init__(self, chosen: Settings) -> None:
        """
        Args:
            chosen: the settings; with KEEP_DAYS=0 there is nothing to do.
        """
        self._chosen = chosen
        self._task: asyncio.Task[None] | None = None

    async def start(self, *_: Any) -> None:
        """Begins, beside the server."""
        if self._chosen.keep_days:
            self._task = asyncio.get_running_loop().create_task(self._daily())

    async def stop(self, *_: Any) -> None:
        """Ends."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _daily(self) -> None:
        while True:
            done = await asyncio.to_thread(dropped, self._chosen)
            await asyncio.sleep(DAY_S if done else AGAIN_S)


def dropped(chosen: Settings) -> bool:
    """Drops what is older than the settings' days; False where a database gives no answer."""
    privacy = Privacy(chosen.tracker_database, chosen.shop_database, forgetting(chosen.home))
    try:
        erased = privacy.age(chosen.keep_days, chosen.session_days)
    except (SQLAlchemyError, StoreError) as error:
        logger.error("what is old could not be dropped, trying again: %s", " ".join(str(getattr(error, "orig", error)).split()))
        return False
    finally:
        privacy.dispose()
    if erased.events or erased.others:
        logger.warning(
            "older than %s days, so dropped: %s messages, %s entries", chosen.keep_days, erased.messages, erased.events + erased.others
        )
    return True
