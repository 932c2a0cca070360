"""Sends the owner a mail on the week that is over, on Monday morning and once, however many processes run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, Optional
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.desk.catalogue import Catalogue
from bot.desk.review.figures import Titled
from bot.desk.review.groups import Groups
from bot.desk.week.mail import Letter
from bot.desk.week.report import report
from bot.phrases import phrases
from bot.settings import Settings, SettingsError
from bot.store.database import Database, insert_new, writing_turn
from bot.store.models import utc_now
from bot.store.policies import Shop
from bot.store.reviews import Looking, Weeks, Wordings
from bot.store.reviews.counts import WEEK, monday_of
from bot.store.reviews.looking import midnight
from bot.store.week_models import WeekMail
from bot.support.mailing import Mailer, MailUnreachable
from bot.support.places.chosen import mailer
from bot.support.places.mail.account import staff_in

HOUR = time(8)
LATEST = timedelta(days=2)
"""A week that could not be told of so long after its time is not told of any more."""
LEASE = timedelta(minutes=10)
logger = logging.getLogger(__name__)


def week_told(now: datetime, zone: ZoneInfo) -> Optional[date]:
    """The Monday of the week that is to be told of now; None where none is. It is Monday, eight o'clock in the zone, and the week, which is
    one of UTC, is over: east of UTC+8 that is a few hours later.

    Args:
        now: the moment.
        zone: the shop's.
    """
    today = now.astimezone(zone).date()
    monday = monday_of(today)
    due = max(datetime.combine(monday, HOUR, zone).astimezone(timezone.utc), midnight(monday))
    return monday - WEEK if due <= now < due + LATEST else None


@dataclass
class WeekMails:
    """Writes and sends these mails. Calls block: keep them off an event loop."""

    database: Database
    shop: Callable[[], Shop]
    desk: str
    mailer: Optional[Mailer]
    to: Sequence[str]
    groups: Groups
    titled: Titled
    now: Callable[[], datetime] = utc_now
    _done: Optional[date] = field(default=None, init=False)

    def letter(self, monday: date) -> Letter:
        """The letter on a week.

        Raises:
            StoreError: when the database gives no answer.
        """
        return Letter(self.shop().name or "Your shop", self.desk, report(Weeks(self.database), self.groups, self.titled, monday))

    def send(self, monday: date) -> None:
        """Sends the mail on a week.

        Raises:
            MailUnreachable, StoreError, ValueError: the mail server, the database, an address.
        """
        if self.mailer is None:
            raise MailUnreachable("no mail goes out")
        self.mailer.send(self.letter(monday).mail(self.mailer, self.to))

    def send_due(self) -> int:
        """Sends the mail of this week where it is time and no other process does or did; how many went out.

        Raises:
            MailUnreachable, StoreError: it is tried again once the claim is over.
        """
        week = week_told(self.now(), self.shop().people.zone) if self.to else None
        if week is None or week == self._done:
            return 0
        if not self._claimed(week):
            return 0
        try:
            self.send(week)
        except (MailUnreachable, ValueError) as error:
            if isinstance(error, MailUnreachable) and not error.refused:
                raise
            logger.error("the mail on the week is not taken by the mail server: look at WEEK_MAIL_TO")
        self._note_sent(week)
        self._done = week
        return 1

    def _claimed(self, week: date) -> bool:
        """Whether this process sends it."""
        now = self.now()
        free = (WeekMail.week == week, WeekMail.sent_at.is_(None), WeekMail.lease_until < now)
        with writing_turn(self.database.engine), self.database.session(writing=True, catalogue=False) as session:
            if insert_new(session, WeekMail.__table__, [{"week": week, "lease_until": now + LEASE}]):
                session.commit()
                return True
            result: Any = session.execute(update(WeekMail).where(*free).values(lease_until=now + LEASE).execution_options(synchronize_session=False))
            session.commit()
            if not result.rowcount:
                self._done = week if self._was_sent(session, week) else None
            return bool(result.rowcount)

    @staticmethod
    def _was_sent(session: Any, week: date) -> bool:
        row = session.get(WeekMail, week)
        return row is not None and row.sent_at is not None

    def _note_sent(self, week: date) -> None:
        with writing_turn(self.database.engine), self.database.session(writing=True, catalogue=False) as session:
            session.execute(update(WeekMail).where(WeekMail.week == week).values(sent_at=self.now()).execution_options(synchronize_session=False))
            session.commit()


def week_mails(chosen: Settings, database: Database, shop: Callable[[], Shop]) -> WeekMails:
    """The mails of the settings; without addresses none is ever due.

    Raises:
        SettingsError: an address is none, or no mail goes out.
    """
    out = mailer(chosen)
    try:
        to = list(staff_in(chosen.week_mail_to)) if chosen.week_mail_to.strip() else []
    except ValueError as error:
        raise SettingsError(f"WEEK_MAIL_TO cannot be used: {error}.") from None
    if to and out is None:
        raise SettingsError("WEEK_MAIL_TO needs MAIL_ADDRESS and MAIL_SMTP_URL: without them no mail goes out.")
    desk = chosen.desk_url.strip() or f"http://{chosen.host}:{chosen.port}/desk/"
    titled = Titled(phrases(), Catalogue(database, lambda: None))
    return WeekMails(database, shop, f"{desk.rstrip('/')}/", out, to, Groups(Looking(database), Wordings(database)), titled)
