"""The inbox is read once for all who look at it, and anew after every change."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from bot.desk.glance import Glance
from bot.support.handoff import Conversations, Filter
from tests.store.conftest import database, url

__all__ = ["database", "url"]


def test_what_did_not_change_is_read_once(database: Any) -> None:
    talks = Conversations(database)
    glance = Glance(talks)
    talks.ask_for_person("web-1", "web", "asked")
    with patch.object(talks, "listed", wraps=talks.listed) as listed, patch.object(talks, "count", wraps=talks.count) as count:
        for _ in range(3):
            glance.cursor()
            assert [one.conversation for one in glance.listed(Filter())] == ["web-1"]
            assert glance.count(Filter()) == 1 and glance.count(Filter(channel="rest")) == 0
        assert (listed.call_count, count.call_count) == (1, 2)
        talks.ask_for_person("web-2", "web", "asked")
        glance.cursor()
        assert glance.count(Filter()) == 2 and len(glance.listed(Filter())) == 2
        assert (listed.call_count, count.call_count) == (2, 3)
