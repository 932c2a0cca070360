"""What the Telegram channel keeps in the database, one short transaction a call. Blocking: call it in a thread."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any, Mapping, Sequence

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from bot.store.conversations import ERASE
from bot.store.messaging import ANSWERED, DONE, NEW, Button, Chat, MessagingDatabase, Reminder, Update
from bot.store.models import utc_now

KEPT_DAYS = 7
Call = dict[str, Any]


class Memory:
    """The channel's view of `MessagingDatabase`."""

    def __init__(self, database: MessagingDatabase) -> None:
        self.database = database
        self._known_buttons: set[str] = set()

    def note(self, update_id: int, chat_id: int | None, body: Any) -> bool:
        """Keeps an update until it is handled. False when it was already here: Telegram repeats what it believes
        undelivered."""
        with self.database.transaction() as session:
            if session.get(Update, update_id) is not None:
                return False
            session.execute(insert(Update).values(update_id=update_id, chat_id=chat_id, body=json.dumps(body)))
            return True

    def unfinished(self) -> list[tuple[int, Any]]:
        """Updates whose handling a stop or a crash cut off, oldest first, as (id, body)."""
        with self.database.reading() as session:
            rows = session.execute(select(Update).where(Update.state != DONE).order_by(Update.update_id)).scalars()
            return [(row.update_id, json.loads(row.body)) for row in rows]

    def progress(self, update_id: int) -> tuple[str, list[Call], int]:
        """How far an update's handling is: its state, the calls that send its reply, how many of them are out."""
        with self.database.reading() as session:
            row = session.get(Update, update_id)
            return (row.state, json.loads(row.outbox), row.sent) if row else (NEW, [], 0)

    def answered(self, update_id: int, calls: Sequence[Call]) -> None:
        """Keeps the reply before the first part of it goes out."""
        self._set(update_id, state=ANSWERED, outbox=json.dumps(list(calls)))

    def sent(self, update_id: int, count: int) -> None:
        """Notes how many calls of the reply are out."""
        self._set(update_id, sent=count)

    def done(self, update_id: int) -> None:
        """Ends an update; what was said is dropped, its number stays for as long as Telegram may repeat it."""
        self._set(update_id, state=DONE, body="", outbox="[]")

    def _set(self, update_id: int, **values: Any) -> None:
        with self.database.transaction() as session:
            session.execute(update(Update).where(Update.update_id == update_id).values(**values))

    def drop_old(self) -> None:
        """Drops the numbers of updates that Telegram, which keeps them for a day, cannot repeat any more."""
        with self.database.transaction() as session:
            old = utc_now() - timedelta(days=KEPT_DAYS)
            session.execute(delete(Update).where(Update.state == DONE, Update.at < old))

    def button_tokens(self, payloads: Sequence[str]) -> list[str]:
        """A token for each payload, the same for the same payload; the payloads are kept for good, since a button
        stays in the chat for good."""
        tokens = [hashlib.sha256(payload.encode()).hexdigest()[:24] for payload in payloads]
        fresh = {token: payload for token, payload in zip(tokens, payloads) if token not in self._known_buttons}
        if fresh:
            with self.database.transaction() as session:
                known = set(session.execute(select(Button.token).where(Button.token.in_(fresh))).scalars())
                for token in fresh.keys() - known:
                    session.execute(insert(Button).values(token=token, payload=fresh[token]))
            self._known_buttons.update(fresh)
        return tokens

    def button_payload(self, token: str) -> str | None:
        """What a pressed button stands for, None for an unknown token."""
        with self.database.reading() as session:
            row = session.get(Button, token)
            return row.payload if row else None

    def set_blocked(self, chat_id: int, blocked: bool) -> None:
        """Notes that a chat no longer, or again, wants messages."""
        with self.database.transaction() as session:
            self._chat(session, chat_id).blocked = blocked

    def draft(self, chat_id: int) -> dict[str, Any] | None:
        """The reminder that this chat is half through making, None when there is none."""
        with self.database.reading() as session:
            row = session.get(Chat, chat_id)
            found: dict[str, Any] | None = json.loads(row.draft) if row and row.draft else None
            return found

    def set_draft(self, chat_id: int, draft: Mapping[str, Any] | None) -> None:
        """Keeps or, with None, drops the half-made reminder of a chat."""
        with self.database.transaction() as session:
            self._chat(session, chat_id).draft = json.dumps(draft) if draft else ""

    @staticmethod
    def _chat(session: Session, chat_id: int) -> Chat:
        if session.get(Chat, chat_id) is None:
            session.execute(insert(Chat).values(chat_id=chat_id, blocked=False, draft=""))
        row: Chat = session.execute(select(Chat).where(Chat.chat_id == chat_id)).scalar_one()
        return row

    def migrate(self, old: int, new: int) -> None:
        """Moves what is kept for a group to the supergroup it became, the conversations of its people too."""
        with self.database.transaction() as session:
            session.execute(update(Reminder).where(Reminder.chat_id == old).values(chat_id=new))
            session.execute(delete(Chat).where(Chat.chat_id == old))
            session.execute(
                text("UPDATE events SET sender_id = :new || SUBSTR(sender_id, :length) WHERE sender_id LIKE :old"),
                {"new": f"telegram:{new}", "length": len(f"telegram:{old}") + 1, "old": f"telegram:{old}:%"},
            )

    def forget(self, chat_id: int, user_id: int, sender_id: str, private: bool) -> None:
        """Erases a person: conversation and profile (both lie in the events), reminders, draft and update bodies."""
        with self.database.transaction() as session:
            session.execute(ERASE, {"sender": sender_id})
            session.execute(delete(Reminder).where(Reminder.chat_id == chat_id, Reminder.user_id == user_id))
            if private:
                session.execute(delete(Chat).where(Chat.chat_id == chat_id))
                session.execute(delete(Update).where(Update.chat_id == chat_id, Update.state == DONE))
