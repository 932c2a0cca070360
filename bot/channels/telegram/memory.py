"""What the Telegram channel keeps in the database, one short transaction a call. Blocking: call it in a thread."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any, Mapping, Sequence

from sqlalchemy import delete, or_, select, text, update
from sqlalchemy.orm import Session

from bot.store.database import insert_new
from bot.store.messaging import ANSWERED, DONE, NEW, AnswerSent, Button, Chat, MessagingDatabase, Reminder, Update
from bot.store.models import utc_now

KEPT_DAYS = 7
LEASE = timedelta(seconds=20)
"""So long after a process was last heard of, others take over what it handled. One that was only slow finds that done: see `Handler`."""
Call = dict[str, Any]


class Memory:
    """The channel's view of `MessagingDatabase`."""

    def __init__(self, database: MessagingDatabase, owner: str = "") -> None:
        """
        Args:
            database: the conversations' database.
            owner: names this process, the same after it was started again; what it began is nobody else's while it lives.
        """
        self.database = database
        self.owner = owner

    def note(self, update_id: int, chat_id: int | None, body: Any) -> bool:
        """Keeps an update until it is handled. False when it was already here: Telegram repeats what it believes
        undelivered."""
        with self.database.transaction() as session:
            held = {"owner": self.owner, "lease_until": utc_now() + LEASE, "state": NEW, "outbox": "[]", "sent": 0, "at": utc_now()}
            return insert_new(session, Update, [{"update_id": update_id, "chat_id": chat_id, "body": json.dumps(body), **held}]) > 0

    def open_before(self, chat_id: int, update_id: int) -> list[tuple[int, Any]]:
        """The updates of a chat up to this one that are not done, whichever process took them, oldest first, as (id, body)."""
        wanted = select(Update.update_id, Update.body).where(
            Update.chat_id == chat_id, Update.update_id <= update_id, Update.state != DONE
        )
        with self.database.reading() as session:
            return [(number, json.loads(body)) for number, body in session.execute(wanted.order_by(Update.update_id))]

    def unfinished(self, own: bool = True) -> list[tuple[int, Any]]:
        """Updates whose handling a stop or a crash cut off, oldest first, as (id, body); they are this process's from now on.
        Those of another process are among them when it has not been heard of for so long as a lease lasts, this process's own
        only with `own`."""
        now = utc_now()
        gone: list[Any] = [Update.lease_until.is_(None), Update.lease_until < now]
        with self.database.transaction() as session:
            free = select(Update).where(Update.state != DONE, or_(*gone, *([Update.owner == self.owner] if own else [])))
            rows = session.execute(free.order_by(Update.update_id).with_for_update(skip_locked=True)).scalars().all()
            for row in rows:
                row.owner, row.lease_until = self.owner, now + LEASE
            return [(row.update_id, json.loads(row.body)) for row in rows]

    def renew(self) -> None:
        """Keeps what this process handles for another while."""
        with self.database.transaction() as session:
            mine = update(Update).where(Update.owner == self.owner, Update.state != DONE)
            session.execute(mine.values(lease_until=utc_now() + LEASE).execution_options(synchronize_session=False))

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

    def answers_sent(self, chat_id: int, message_ids: Sequence[int], sender: str) -> None:
        """Notes which messages are an answer to somebody."""
        with self.database.transaction() as session:
            rows = [{"chat_id": chat_id, "message_id": one, "sender": sender, "at": utc_now()} for one in message_ids]
            insert_new(session, AnswerSent, rows)

    def answer(self, chat_id: int, message_id: int) -> AnswerSent | None:
        """The answer that a message was, None for any other message."""
        with self.database.reading() as session:
            found: AnswerSent | None = session.get(AnswerSent, (chat_id, message_id))
            return found

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

    def button_tokens(self, chat_id: int, payloads: Sequence[str]) -> list[str]:
        """A token of this chat for each payload, the same for the same payload. They are kept as long as a conversation."""
        tokens = [hashlib.sha256(f"{chat_id}:{payload}".encode()).hexdigest()[:24] for payload in payloads]
        if tokens:
            with self.database.transaction() as session:
                known = set(session.execute(select(Button.token).where(Button.token.in_(tokens))).scalars())
                fresh = {token: payload for token, payload in zip(tokens, payloads) if token not in known}
                made = [{"token": token, "payload": payload, "chat_id": chat_id, "at": utc_now()} for token, payload in fresh.items()]
                insert_new(session, Button, made)
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
            insert_new(session, Chat, [{"chat_id": chat_id, "blocked": False, "draft": ""}])
        row: Chat = session.execute(select(Chat).where(Chat.chat_id == chat_id)).scalar_one()
        return row

    def migrate(self, old: int, new: int) -> None:
        """Moves what is kept for a group to the supergroup it became, the conversations of its people too."""
        with self.database.transaction() as session:
            session.execute(update(Reminder).where(Reminder.chat_id == old).values(chat_id=new))
            session.execute(delete(Chat).where(Chat.chat_id == old))
            session.execute(update(Button).where(Button.chat_id == old).values(chat_id=new))
            session.execute(delete(AnswerSent).where(AnswerSent.chat_id == old))
            session.execute(
                text("UPDATE events SET sender_id = :new || SUBSTR(sender_id, :length) WHERE sender_id LIKE :old"),
                {"new": f"telegram:{new}", "length": len(f"telegram:{old}") + 1, "old": f"telegram:{old}:%"},
            )
