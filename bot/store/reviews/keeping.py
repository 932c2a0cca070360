"""Keeps a turn for review when it is answered, and the visitor's thumb when it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Optional, Sequence

from sqlalchemy import select, update

from bot.store.database import Database, writing_turn
from bot.store.orders.models import new
from bot.store.review_models import APART, HEALTH, OPEN, ReviewAnswer, ReviewTurn
from bot.store.reviews.counts import LACKING, add, monday_of


@dataclass(frozen=True)
class Kept:
    """A turn to be kept; see the tables for each.

    Attributes:
        language: the code of the message's language.
        lacks: what was asked for and is not in the shop, in words of the project and the shop; counted, without whose it was.
        repeats: whether the answer may repeat what the person told of themself before, so that it is not kept where they did.
    """

    sender: str
    message: str
    at: datetime
    channel: str
    sight: str
    text: str
    kind: str
    band: str
    confidence: float
    outcome: str
    topic: str = ""
    red_flag: bool = False
    handed: str = ""
    product: str = ""
    language: str = ""
    lacks: Sequence[str] = ()
    subjects: Sequence[str] = ()
    answer: str = ""
    vector: Optional[bytes] = None
    repeats: bool = False


class ReviewStore:
    """Writes what is to be reviewed. Calls block: keep them off an event loop. Each raises StoreError where the database gives
    no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, turn: Kept) -> bool:
        """Keeps a turn; False where it is there already."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            if session.execute(select(ReviewTurn.id).where(ReviewTurn.sender == turn.sender, ReviewTurn.message == turn.message)).first():
                return False
            told = select(ReviewTurn.id).where(ReviewTurn.sender == turn.sender, ReviewTurn.sight == HEALTH).limit(1)
            answer = "" if turn.repeats and session.execute(told).first() else turn.answer
            row = new(
                ReviewTurn, sender=turn.sender, message=turn.message, at=turn.at, channel=turn.channel, sight=turn.sight, text=turn.text,
                kind=turn.kind, band=turn.band, confidence=turn.confidence, outcome=turn.outcome, topic=turn.topic, red_flag=turn.red_flag,
                handed=turn.handed, product=turn.product, language=turn.language, subjects=list(turn.subjects), thumb="", reason="",
            )
            session.add(row)
            session.flush()
            session.add(new(ReviewAnswer, turn=row.id, sender=turn.sender, at=turn.at, answer=answer, vector=turn.vector))
            add(session, monday_of(turn.at.date()), {(LACKING, name): 1 for name in turn.lacks})
            session.commit()
        return True

    def vote(self, sender: str, moment: datetime, value: str, reason: str) -> None:
        """Notes a thumb ("up" or "down") at the turn that an answer of this moment was to; a later one takes its place.

        Args:
            sender: the conversation.
            moment: when the assistant said it.
            value: the thumb.
            reason: why, as far as the shop's owner may read it; not kept at a turn whose words nobody may read, as it may repeat them.
        """
        answered = (
            select(ReviewTurn.id, ReviewTurn.sight).where(ReviewTurn.sender == sender, ReviewTurn.at <= moment)
            .order_by(ReviewTurn.at.desc(), ReviewTurn.id.desc()).limit(1)
        )  # fmt: skip
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            turn = session.execute(answered).one_or_none()
            if turn is not None:
                shown = reason if turn.sight in (OPEN, APART) else ""
                session.execute(update(ReviewTurn).where(ReviewTurn.id == turn.id).values(thumb=value, reason=shown))
                session.commit()
