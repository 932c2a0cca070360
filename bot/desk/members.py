"""Who may enter the desk: names, passwords, roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, Optional

from sqlalchemy import delete, func, select

from bot.desk.passwords import NOBODYS, fits, hashed
from bot.store.database import Database, writing_turn
from bot.store.desk_models import DeskSession
from bot.store.handoff_models import AGENT_LENGTH, DeskUser
from bot.store.models import utc_now
from bot.store.orders.models import new

ONLY_OWNER = "{name} is the only owner. Make another first: `glasskin desk add-user NAME --role owner`."


class Role(str, Enum):
    """AGENT answers customers; OWNER also sees to who else may."""

    AGENT = "agent"
    OWNER = "owner"


class MemberError(ValueError):
    """Something cannot be done with a member of the staff; the message is a sentence that says why."""


@dataclass(frozen=True)
class Member:
    """One of the staff. `name` is what customers read."""

    id: int
    name: str
    role: Role
    created: datetime
    disabled: bool = False

    @property
    def is_owner(self) -> bool:
        """Whether they may see to who else enters."""
        return self.role is Role.OWNER


class Members:
    """The staff of a database. Calls block, those with passwords for tens of milliseconds: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, password: str, role: Role) -> Member:
        """A new member.

        Raises:
            MemberError: there is one of this name, however it is written, or the name cannot be used.
            WeakPassword: the password cannot be used.
            StoreError: when the database gives no answer (so does every method).
        """
        name = _name(name)
        kept = hashed(password, name)
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            if _row(session, name) is not None:
                raise MemberError(f"There is a {name} already. `glasskin desk password {_quoted(name)}` gives a new password.")
            row = new(DeskUser, name=name, password=kept, role=role.value, picture_type="", created=utc_now(), disabled=False)
            session.add(row)
            session.commit()
            return _member(row)

    def members(self) -> list[Member]:
        """All of them, by name."""
        with self._database.session() as session:
            return [_member(row) for row in session.execute(select(DeskUser).order_by(DeskUser.name)).scalars()]

    def anybody(self) -> bool:
        """Whether anybody may enter at all."""
        with self._database.session() as session:
            return bool(session.execute(select(func.count(DeskUser.id)).where(DeskUser.disabled.is_(False))).scalar_one())

    def known(self, name: str, password: str) -> Optional[Member]:
        """Who has this name and password; None for a wrong password, an unknown name and a disabled member alike, at the same
        cost."""
        with self._database.session() as session:
            row = _row(session, name)
            there = row is not None and not row.disabled
            right = fits(row.password if row is not None and there else NOBODYS, password)
            return _member(row) if there and right else None

    def set_password(self, name: str, password: str, keep: str = "") -> None:
        """Gives a member a new password, and signs them out everywhere but in the session of digest `keep`.

        Raises:
            MemberError: there is none of this name.
            WeakPassword: the password cannot be used.
        """
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = _there(session, name)
            row.password = hashed(password, row.name)
            session.execute(delete(DeskSession).where(DeskSession.user_id == row.id, DeskSession.digest != keep))
            session.commit()

    def disable(self, name: str, disabled: bool = True) -> Member:
        """Keeps a member out, and signs them out everywhere; `disabled` False lets them in again.

        Raises:
            MemberError: there is none of this name, or it is the last owner, whom the others would miss.
        """
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = _there(session, name)
            if disabled and _is_last_owner(session, row):
                raise MemberError(ONLY_OWNER.format(name=row.name))
            row.disabled = disabled
            if disabled:
                session.execute(delete(DeskSession).where(DeskSession.user_id == row.id))
            session.commit()
            return _member(row)

    def remove(self, name: str, last: bool = False) -> Member:
        """Deletes a member's account, and signs them out everywhere. What they wrote stays, under their name. `last` takes the
        last owner too.

        Raises:
            MemberError: see `disable`.
        """
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = _there(session, name)
            if not last and _is_last_owner(session, row):
                raise MemberError(ONLY_OWNER.format(name=row.name))
            gone = _member(row)
            session.execute(delete(DeskSession).where(DeskSession.user_id == row.id))
            session.execute(delete(DeskUser).where(DeskUser.id == row.id))
            session.commit()
            return gone


def _is_last_owner(session: Any, row: Any) -> bool:
    """Whether nobody could see to the staff any more without this member, be there others or not."""
    others = select(func.count(DeskUser.id)).where(
        DeskUser.id != row.id, DeskUser.disabled.is_(False), DeskUser.role == Role.OWNER.value
    )
    is_one = row.role == Role.OWNER.value and not row.disabled
    return bool(is_one and not session.execute(others).scalar_one())


def _name(name: str) -> str:
    """A name as it is kept.

    Raises:
        MemberError: it is empty, too long, or has what cannot be seen.
    """
    name = " ".join(name.split())
    if not name or len(name) > AGENT_LENGTH or not name.isprintable() or not any(letter.isalnum() for letter in name):
        raise MemberError(f"A name needs a letter, and at most {AGENT_LENGTH} characters: customers read it.")
    return name


def _row(session: Any, name: str) -> Optional[Any]:
    """The row of a name, however it is written; in Python, as SQLite folds no letters beyond ASCII."""
    wanted = " ".join(name.split()).casefold()
    rows = session.execute(select(DeskUser).order_by(DeskUser.id)).scalars()
    return next((row for row in rows if row.name.casefold() == wanted), None)


def _there(session: Any, name: str) -> Any:
    row = _row(session, name)
    if row is None:
        raise MemberError(f"There is no {name}. `glasskin desk list-users` shows who there is.")
    return row


def _member(row: Any) -> Member:
    return Member(row.id, row.name, Role(row.role), row.created, bool(row.disabled))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
