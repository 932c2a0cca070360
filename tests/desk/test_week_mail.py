"""The owner's mail on a week: Monday morning, once however many processes run, and nothing of anybody in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.desk.week.sending import LEASE, WeekMails, week_mails, week_told
from bot.paths import DATA
from bot.settings import Settings, SettingsError
from bot.store.database import Database
from bot.store.people_policy import People
from bot.store.policies import load_shop
from bot.store.reviews import ReviewStore
from bot.support.mailing import MailUnreachable
from bot.support.posting import Posting
from tests.answers.orders.test_code import server
from tests.desk.test_review import HOSTILE, asked
from tests.peers.mail import CARE, MailServer
from tests.store.conftest import database as empty
from tests.store.conftest import url

__all__ = ["empty", "server", "url"]
MONDAY = date(2026, 11, 16)
MORNING = datetime(2026, 11, 23, 9, tzinfo=timezone.utc)
SHOP = load_shop(DATA / "shop.yml").copy(update={"name": "Dew & Co", "people": People()})


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


@pytest.mark.parametrize("zone, moment, told", [
    ("UTC", "2026-11-23 07:59", None), ("UTC", "2026-11-23 08:00", MONDAY), ("UTC", "2026-11-24 23:00", MONDAY), ("UTC", "2026-11-25 08:00", None),
    ("America/New_York", "2026-11-23 12:59", None), ("America/New_York", "2026-11-23 13:00", MONDAY), ("Europe/Berlin", "2026-11-23 07:00", MONDAY),
    ("Pacific/Auckland", "2026-11-22 19:30", None), ("Pacific/Auckland", "2026-11-23 00:00", MONDAY), ("Asia/Seoul", "2026-11-23 00:00", MONDAY),
    ("Pacific/Honolulu", "2026-11-23 17:59", None), ("Pacific/Honolulu", "2026-11-23 18:00", MONDAY), ("UTC", "2026-11-28 12:00", None),
])  # fmt: skip
def test_it_is_told_on_monday_morning_once_the_week_is_over(zone: str, moment: str, told: date | None) -> None:
    assert week_told(at(moment), ZoneInfo(zone)) == told


@pytest.fixture
def database(empty: Database) -> Database:
    """A shop with a week of messages and one before."""
    made = empty
    store = ReviewStore(made)

    def keep(number: int, day: int, text: str, **changed: Any) -> None:
        store.keep(asked(text, number, at=datetime(2026, 11, 16, 12, tzinfo=timezone.utc) + timedelta(days=day), **changed))

    for number in range(6):
        keep(number, 1, "do you have gift cards", outcome="unsaid" if number < 3 else "answered", sender=f"web-secret-{number}", lacks=("serum under 9.00 USD", *(["gold mask"] if number < 2 else [])))
    keep(7, 2, "my aunt Olga Petrovna wants a podcast", outcome="lost")
    keep(8, 2, HOSTILE, outcome="lost", sender="a")
    keep(9, 2, HOSTILE, outcome="lost", sender="b")
    keep(10, -3, "is there a podcast", outcome="answered")
    keep(11, 8, "next week", outcome="lost")
    return made


def mails(database: Database, server: MailServer | None, to: str, **changed: Any) -> WeekMails:
    """The mails of one process, on Monday morning."""
    written = {"mail_address": CARE, "mail_smtp_url": f"smtp://127.0.0.1:{server.smtp_port}"} if server else {}
    made = week_mails(Settings(week_mail_to=to if server else "", desk_url="https://shop.example/desk", **written), database, lambda: SHOP)
    made.now = lambda: MORNING
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def test_it_says_the_week_beside_the_week_before_and_nothing_of_anybody(database: Database) -> None:
    letter = mails(database, None, "").letter(MONDAY)
    assert letter.subject == "Dew & Co: the week from 16 Nov to 22 Nov"
    rows = {line[:32].strip(): line[32:].split() for line in letter.text.splitlines() if line.endswith(")") and not line.startswith(("-", "("))}
    assert rows["Messages"] == ["9", "(1)"] and rows["Answered"] == ["33", "%", "(100", "%)"] and rows["Left without an answer"] == ["6", "(0)"]
    for text in (letter.text, letter.html):
        assert "do you have gift cards (3 people)" in text and "serum under 9.00 USD (6 times)" in text
        assert "Olga" not in text and "gold mask" not in text and "secret" not in text and "next week" not in text
        assert "And 1 more at the desk" in text and "https://shop.example/desk/insight" in text
    assert "groups?since=2026-11-16&until=2026-11-22" in letter.text
    assert "<script>" not in letter.html and "&lt;script&gt;" in letter.html and "Dew &amp; Co" in letter.html


def test_one_of_many_processes_sends_it_once(database: Database, server: MailServer) -> None:
    me = f"{uuid4().hex[:12]}@example.com"
    several = [mails(database, server, f"Mina <{me}>") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda one: one.send_due(), several)) == 1
    assert [one.send_due() for one in (*several, mails(database, server, me))] == [0] * 5
    later = mails(database, server, me, now=lambda: MORNING + timedelta(hours=30))
    assert later.send_due() == 0, "not after the claim is over either"
    (mail,) = server.inbox(me)
    assert mail["Subject"] == "Dew & Co: the week from 16 Nov to 22 Nov" and mail["Auto-Submitted"] == "auto-generated"
    parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    assert "gift cards (3 people)" in parts["text/plain"] and "<table" in parts["text/html"]
    again = mails(database, server, me, now=lambda: MORNING + timedelta(days=7))
    assert again.send_due() == 1 and "23 Nov" in server.inbox(me)[1]["Subject"]


def test_it_comes_when_the_mail_server_is_back(database: Database, server: MailServer) -> None:
    me = f"{uuid4().hex[:12]}@example.com"
    now = [MORNING]
    mine, other = (mails(database, server, me, now=lambda: now[0]) for _ in range(2))
    server.stop()
    assert not Posting([mine.send_due]).once()
    with pytest.raises(MailUnreachable):
        mine.send(MONDAY)
    server.start()
    assert other.send_due() == 0, "claimed by the other one still"
    now[0] += LEASE + timedelta(seconds=1)
    assert other.send_due() == 1 and mine.send_due() == 0 and len(server.inbox(me)) == 1


def test_nothing_goes_out_unless_somebody_is_named(database: Database) -> None:
    assert not mails(database, None, "").to and mails(database, None, "").send_due() == 0
    for written, why in (({"week_mail_to": "mina@shop.example"}, "MAIL_SMTP_URL"), ({"week_mail_to": "mina"}, "WEEK_MAIL_TO cannot be used")):
        with pytest.raises(SettingsError, match=why):
            week_mails(Settings(**written), database, lambda: SHOP)
