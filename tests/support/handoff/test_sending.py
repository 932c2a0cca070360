"""Lines for customers: claimed by one process, in order, and never again once they are sent."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.store.database import Database
from bot.support.handoff import Conversations, Outgoing
from tests.store.conftest import database, url

__all__ = ["database", "url"]


def test_one_process_sends_in_order_and_once(database: Database) -> None:
    clock = [datetime(2026, 12, 1, 12, tzinfo=timezone.utc)]
    talks, outgoing = Conversations(database, now=lambda: clock[0]), Outgoing(database, lambda: clock[0])
    for name in ("web-1", "web-2"):
        talks.ask_for_person(name, "web", "asked")
        talks.reply(name, "Mia", f"Hello {name}", "1")
    talks.note("web-1", "Mia", "not for them", "n")
    mine = outgoing.claim("web")
    assert [line.text for line in mine] == ["Mia joined the chat.", "Hello web-1", "Mia joined the chat.", "Hello web-2"]
    talks.reply("web-1", "Mia", "And more", "2")
    assert outgoing.claim("web") == [] and outgoing.claim("telegram") == [], "what another sends is waited for"
    outgoing.sent(mine[:2])
    outgoing.let_go(mine[2:])
    assert len(outgoing.claim("web")) == 3 and outgoing.claim("web") == []
    clock[0] += timedelta(minutes=2)
    again = outgoing.claim("web")
    assert sorted(line.text for line in again) == ["And more", "Hello web-2", "Mia joined the chat."], "a process that is gone sends nothing"
    before = talks.changes(0).cursor
    outgoing.sent(again)
    assert outgoing.waiting("web") == [] and set(talks.changes(before).conversations) == {"web-1", "web-2"}
