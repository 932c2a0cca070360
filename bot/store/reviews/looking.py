"""Looks through what was asked: newest first, by what came of it, channel, days, words, kind and product."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Mapping, Optional, Sequence

from sqlalchemy import and_, case, exists, func, or_, select

from bot.store.database import Database
from bot.store.handoff_models import HandoffTalk
from bot.store.review_models import APART, ASKED_BACK, BEYOND, LOST, OPEN, UNKNOWN, UNSAID, ReviewAnswer, ReviewTurn

THUMB_DOWN, HANDED, RED_FLAG, NOT_UNDERSTOOD = "thumb_down", "handed", "red_flag", "lost"
_Turn: Any = ReviewTurn
ONLY: Mapping[str, Any] = {
    NOT_UNDERSTOOD: _Turn.outcome.in_((LOST, BEYOND)),
    ASKED_BACK: _Turn.outcome == ASKED_BACK,
    UNSAID: _Turn.outcome == UNSAID,
    UNKNOWN: _Turn.outcome == UNKNOWN,
    THUMB_DOWN: _Turn.thumb == "down",
    HANDED: _Turn.handed != "",
    RED_FLAG: _Turn.red_flag.is_(True),
}
"""What can be asked for alone."""


@dataclass(frozen=True)
class Wanted:
    """Which turns are wanted, all conditions together; empty ones mean any.

    Attributes:
        only: a key of `ONLY`.
        since, until: days in UTC, both inclusive.
        words: each must stand in what was asked.
    """

    only: str = ""
    channel: str = ""
    since: Optional[date] = None
    until: Optional[date] = None
    words: str = ""
    kind: str = ""
    product: str = ""


@dataclass(frozen=True)
class Reviewed:
    """A turn as it may be looked at; nothing says whose it is. `at`: when it came, of words that are read without whose they are the
    beginning of the day in UTC. `linked`: the staff have its conversation in their inbox, and its words are theirs to read."""

    id: int
    at: datetime
    channel: str
    sight: str
    text: str
    kind: str
    band: str
    confidence: float
    outcome: str
    topic: str
    red_flag: bool
    handed: str
    product: str
    subjects: Sequence[str]
    thumb: str
    reason: str
    answer: str
    linked: bool


@dataclass(frozen=True)
class State:
    """What changes whenever a turn is kept, is erased or gets a thumb down: the newest turn's number and when it was, how many there
    are, how many with a thumb down."""

    newest: int
    at: Optional[datetime]
    count: int
    down: int


class Looking:
    """Reads turns. Calls block: keep them off an event loop. Each raises StoreError where the database gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def turns(self, wanted: Wanted, most: int, skip: int = 0) -> list[Reviewed]:
        """At most so many turns that fit, after as many as are skipped: newest first, and of each day in UTC those that are read without
        whose they are at its end, by their words. Beside turns whose moment is known their place would tell it, and with it whose they are."""
        linked = and_(_Turn.sight == OPEN, exists().where(HandoffTalk.conversation == _Turn.sender)).label("linked")
        columns = [column for column in ReviewTurn.__table__.c if column.name not in ("sender", "message", "language")]
        found = select(*columns, ReviewAnswer.answer, linked).outerjoin(ReviewAnswer, ReviewAnswer.turn == _Turn.id)  # type: ignore[arg-type]
        with self._database.session() as session:
            numbers = self._in_order(session, conditions(wanted), most + skip)[skip:]
            rows = session.execute(found.where(_Turn.id.in_(numbers))).mappings()
            turns = {row["id"]: Reviewed(**{**row, "answer": row["answer"] or "", "linked": bool(row["linked"])}) for row in rows}
        return [_without_moment(turns[number]) for number in numbers if number in turns]

    @staticmethod
    def _in_order(session: Any, fit: Sequence[Any], most: int) -> list[int]:
        """The numbers of the first turns that fit. Only the days that these are of are looked at."""
        earliest = session.execute(select(_Turn.at).where(*fit).order_by(_Turn.at.desc()).limit(1).offset(most - 1)).scalar_one_or_none()
        within = (*fit, _Turn.at >= midnight(earliest.date())) if earliest else fit
        rows = session.execute(select(_Turn.id, _Turn.at, _Turn.sight, _Turn.text).where(*within).order_by(_Turn.id.desc())).all()
        by_words = sorted(rows, key=lambda row: row.text if row.sight == APART else "")
        ordered = sorted(by_words, key=lambda row: (-row.at.date().toordinal(), row.sight == APART))
        return [int(row.id) for row in ordered[:most]]

    def counts(self, wanted: Wanted) -> dict[str, int]:
        """How many turns fit, under "", and of each of `ONLY`, whatever of it is wanted."""
        each = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in ONLY.items()]
        statement = select(func.count(_Turn.id).label("all"), *each).where(*conditions(replace(wanted, only="")))
        with self._database.session() as session:
            row = session.execute(statement).mappings().one()
        return {"": int(row["all"]), **{name: int(row[name] or 0) for name in ONLY}}

    def kinds(self) -> dict[str, int]:
        """The kinds of what was asked, with how often."""
        return self._counted(_Turn.kind)

    def products(self) -> dict[str, int]:
        """The handles of products that were asked about, with how often."""
        return self._counted(_Turn.product)

    def conversation(self, turn: int) -> Optional[str]:
        """The conversation of a turn, where the staff have it in their inbox and may read the turn's words."""
        wanted = select(_Turn.sender).join(HandoffTalk, HandoffTalk.conversation == _Turn.sender).where(_Turn.id == turn, _Turn.sight == OPEN)
        with self._database.session() as session:
            found: Optional[str] = session.execute(wanted).scalar_one_or_none()
        return found

    def state(self) -> State:
        """How the turns stand at the moment."""
        newest = select(_Turn.id, _Turn.at).order_by(_Turn.id.desc()).limit(1)
        with self._database.session() as session:
            found = session.execute(newest).one_or_none()
            count = session.execute(select(func.count(_Turn.id))).scalar_one()
            down = session.execute(select(func.count(_Turn.id)).where(_Turn.thumb == "down")).scalar_one()
        return State(int(found[0]) if found else 0, found[1] if found else None, int(count), int(down))

    def only_grew(self, known: State, state: State) -> bool:
        """Whether turns only came between two states: none was erased, and none got a thumb or lost it. A number may be used again
        for another turn once the newest was erased."""
        with self._database.session() as session:
            at = session.execute(select(_Turn.at).where(_Turn.id == known.newest)).scalar_one_or_none()
            later = session.execute(select(func.count(_Turn.id)).where(_Turn.id > known.newest)).scalar_one()
        return at == known.at and int(later) == state.count - known.count and known.down == state.down

    def _counted(self, column: Any) -> dict[str, int]:
        statement = select(column, func.count(_Turn.id)).where(column != "").group_by(column).order_by(func.count(_Turn.id).desc(), column)
        with self._database.session() as session:
            return {str(name): int(count) for name, count in session.execute(statement)}


def conditions(wanted: Wanted) -> list[Any]:
    """The conditions on `ReviewTurn` for what is wanted."""
    found: list[Any] = [column == value for column, value in (
        (_Turn.channel, wanted.channel), (_Turn.kind, wanted.kind), (_Turn.product, wanted.product),
    ) if value]  # fmt: skip
    if wanted.only in ONLY:
        found.append(ONLY[wanted.only])
    if wanted.since:
        found.append(_Turn.at >= midnight(wanted.since))
    if wanted.until:
        found.append(_Turn.at < midnight(wanted.until + timedelta(days=1)))
    return [*found, *(_having(word) for word in wanted.words.split())]


def _without_moment(turn: Reviewed) -> Reviewed:
    return replace(turn, at=midnight(turn.at.date())) if turn.sight == APART else turn


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.combine(day, time(), timezone.utc)


def _having(word: str) -> Any:
    """That a word stands in the text, in any case. SQLite's lower() and LIKE fold ASCII alone, so that a word with other letters is also
    looked for as it was typed, in capitals and with one in front."""
    variants = () if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(_has(func.lower(_Turn.text), word.lower()), *(_has(_Turn.text, one) for one in sorted(variants)))


def _has(text: Any, part: str) -> Any:
    escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return text.like(f"%{escaped}%", escape="\\")
