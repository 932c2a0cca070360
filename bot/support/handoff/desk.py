"""The embedded desk as a place where staff answer: it reads the same tables, so that nothing has to be brought there."""

from __future__ import annotations

from typing import Sequence

from sqlalchemy import select

from bot.store.database import Database
from bot.store.handoff_models import DeskUser
from bot.support.handoff.owner import Ending
from bot.support.handoff.records import Line, Talk


class EmbeddedDesk:
    """The staff's pages of this server; a `Handoff`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> Sequence[str]:
        """Who can sign in.

        Raises:
            StoreError: when the database gives no answer.
        """
        wanted = select(DeskUser.name).where(DeskUser.disabled.is_(False)).order_by(DeskUser.id)
        with self._database.session() as session:
            return [str(name) for name in session.execute(wanted).scalars()]

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """The inbox shows it by itself."""

    def said(self, talk: Talk, line: Line) -> None:
        """The page shows it by itself."""

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """The page shows it by itself."""

    def forget(self, conversation: str) -> bool:
        """Erased with the tables."""
        return True
