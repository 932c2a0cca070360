"""Who is signed in: the cookie holds a random token, the database a digest of it, so that signing out ends it for good."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Optional

from sqlalchemy import delete, or_, select, update

from bot.desk.members import Member, Role
from bot.store.database import Database, writing_turn
from bot.store.desk_models import DeskSession
from bot.store.handoff_models import DeskUser
from bot.store.models import utc_now
from bot.store.orders.models import new

LONGEST = timedelta(days=7)
"""After so long one signs in again, however busy."""
NOTED_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32
TOKEN_LENGTH = 43


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in. `csrf` must come with everything that they send."""

    member: Member
    csrf: str
    digest: str


class Sessions:
    """The sessions of a database. Calls block: keep them off an event loop."""

    def __init__(self, database: Database, hours: float, now: Callable[[], datetime] = utc_now) -> None:
        """
        Args:
            database: where they are kept.
            hours: so long without a sign of life, and a session is over.
            now: the clock.
        """
        self._database = database
        self._idle = timedelta(hours=hours)
        self._now = now

    def begin(self, member: Member) -> str:
        """Signs somebody in; returns what their cookie holds. Sessions that are over are dropped on the way.

        Raises:
            StoreError: when the database gives no answer (so does every method).
        """
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._now()
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(delete(DeskSession).where(or_(DeskSession.used_at < now - self._idle, DeskSession.at < now - LONGEST)))
            session.add(new(DeskSession, digest=_digest(token), user_id=member.id, at=now, used_at=now))
            session.commit()
        return token

    def of(self, token: Optional[str], sign_of_life: bool = True) -> Optional[SignedIn]:
        """Who has this cookie; None where nobody has, any more. What a page asks by itself is no `sign_of_life`: a desk left
        open all night is signed out."""
        if not token or len(token) != TOKEN_LENGTH:
            return None
        digest, now = _digest(token), self._now()
        wanted = select(DeskSession, DeskUser).join(DeskUser, DeskUser.id == DeskSession.user_id).where(DeskSession.digest == digest)
        with self._database.session() as session:
            found = session.execute(wanted).one_or_none()
        if found is None:
            return None
        kept, user = found
        if user.disabled or kept.used_at <= now - self._idle or kept.at <= now - LONGEST:
            return None
        if sign_of_life and kept.used_at < now - NOTED_EVERY:
            self._note(digest, now)
        return SignedIn(Member(user.id, user.name, Role(user.role), user.created), csrf(token), digest)

    def end(self, token: Optional[str]) -> None:
        """Signs out whoever has this cookie."""
        if token:
            with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
                session.execute(delete(DeskSession).where(DeskSession.digest == _digest(token)))
                session.commit()

    def _note(self, digest: str, now: datetime) -> None:
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(update(DeskSession).where(DeskSession.digest == digest).values(used_at=now))
            session.commit()


def csrf(token: str) -> str:
    """What must come with everything that is sent under this cookie: known to who can read its pages, not to other sites."""
    return hmac.new(token.encode(), b"glasskin desk: sent by its own page", hashlib.sha256).hexdigest()


def is_csrf(token: str, sent: str) -> bool:
    """Whether `sent` is what belongs to this cookie; in constant time."""
    return hmac.compare_digest(csrf(token).encode(), sent.encode())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
