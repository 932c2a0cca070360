"""Pictures that customers sent: kept with their conversation, and gone with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from sqlalchemy import func, select

from bot.store.database import Database, writing_turn
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.store.picture_models import Picture

NAME_BYTES = 16
MOST_OF_ONE = 30
"""So many pictures has a conversation at most."""
UNSENT_KEPT = timedelta(days=1)
"""So long a picture is kept that came with no message in the end."""


class TooManyPictures(Exception):
    """A conversation has as many pictures as it may."""


@dataclass(frozen=True)
class PictureView:
    """A picture: whose, of which message (empty while none has it), what it is and when it came."""

    name: str
    conversation: str
    message: str
    kind: str
    width: int
    height: int
    content: bytes
    at: datetime


class PictureStore:
    """The pictures of a shop's database. Calls block: keep them off an event loop. Each raises StoreError where the database
    gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, conversation: str, key: str, content: bytes, kind: str, size: tuple[int, int]) -> str:
        """Keeps a picture and gives its name; one of the same key that is there already is the same.

        Args:
            conversation: whose it is.
            key: what makes it once.
            content: its bytes.
            kind: its media type.
            size: width and height.

        Raises:
            TooManyPictures: there are as many as there may be.
        """
        now = utc_now()
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            there = session.execute(select(Picture.name).where(Picture.conversation == conversation, Picture.key == key)).scalar()
            if there is not None:
                return str(there)
            count = session.execute(select(func.count()).select_from(Picture).where(Picture.conversation == conversation)).scalar_one()
            if count >= MOST_OF_ONE:
                raise TooManyPictures
            name = secrets.token_urlsafe(NAME_BYTES)
            session.add(new(
                Picture, name=name, conversation=conversation, key=key, message="", kind=kind, width=size[0], height=size[1], content=content,
                at=now, until=now + UNSENT_KEPT,
            ))
            session.commit()
            return name

    def sent(self, name: str, conversation: str, message: str) -> bool:
        """Notes with which message a picture came, so that it stays; False where this conversation has no such picture, or another
        message has it."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            wanted = select(Picture).where(Picture.name == name, Picture.conversation == conversation)
            row = session.execute(wanted).scalar_one_or_none()
            if row is None or row.message not in ("", message):
                return False
            row.message, row.until = message, None
            session.commit()
            return True

    def find(self, name: str) -> Optional[PictureView]:
        """The picture of a name; None where there is none."""
        with self._database.session() as session:
            row = session.execute(select(Picture).where(Picture.name == name)).scalar_one_or_none()
            if row is None:
                return None
            return PictureView(row.name, row.conversation, row.message, row.kind, row.width, row.height, bytes(row.content), row.at)

    def count(self, conversation: str) -> int:
        """How many pictures came with messages of a conversation."""
        wanted = select(func.count()).select_from(Picture).where(Picture.conversation == conversation, Picture.message != "")
        with self._database.session() as session:
            return int(session.execute(wanted).scalar_one())
