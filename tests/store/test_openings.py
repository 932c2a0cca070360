"""What led people into the chat is counted, and erased with the conversation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.models import utc_now
from bot.store.openings import Openings
from bot.store.privacy import Privacy


def test_openings_are_counted_and_erased(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.sqlite'}"
    upgrade(url)
    database = Database(url)
    openings, today = Openings(database), utc_now().date()
    for sender, way, words in (("web-a", "prompt", "Which?"), ("web-b", "prompt", "Which?"), ("web-a", "box", ""), ("web-b", "link", "x" * 300)):
        openings.keep(sender, way, words)
    assert openings.counted(today, 9) == [("prompt", "Which?", 2), ("box", "", 1), ("link", "x" * 200, 1)]
    assert openings.counted(today + timedelta(days=1), 9) == []
    Privacy(f"sqlite:///{tmp_path / 'conversations.sqlite'}", url).erase("web-a")
    assert openings.counted(today, 9) == [("link", "x" * 200, 1), ("prompt", "Which?", 1)]
    database.dispose()
