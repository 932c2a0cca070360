"""The assistant's side of Chatwoot, for tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.pictures import PictureStore
from bot.support.handoff import Conversations
from bot.support.places.carrying import Carrier
from bot.support.places.chatwoot.api import Chatwoot
from bot.support.places.chatwoot.hearing import Hearing
from bot.support.places.chatwoot.place import NAME, ChatwootPlace
from bot.support.places.chatwoot.signing import SIGNATURE, TIME
from bot.support.places.chatwoot.taking import Taking
from bot.support.places.kept import Kept
from bot.support.places.rounds import Rounds
from tests.peers.chatwoot import ChatwootPeer
from tests.peers.chatwoot_state import SECRET
from tests.support.handoff.stage import empty_database
from tests.support.places.in_chatwoot import AGENTS, chatwoot, inbox_of
from tests.support.places.talking import Talking

__all__ = ["chatwoot"]
MINA, JOON = AGENTS["Mina"], AGENTS["Joon"]
JPEG = b"\xff\xd8" + b"0" * 100


class Office(Talking):
    """The assistant's side, and what the staff do there."""

    def __init__(self, database: Database, peer: ChatwootPeer) -> None:
        kept, api = Kept(database, NAME), Chatwoot(inbox_of(peer))
        self.peer, self.state, self.database, self.talks = peer, peer.state, database, Conversations(database)
        self.place = ChatwootPlace(api, kept, PictureStore(database))
        self.taking = Taking(api, self.talks, kept)
        self.rounds = Rounds(NAME, kept, Carrier(self.talks, self.place, kept, self.place.said_together), self.taking.take_all, 0.0)
        self.hearing = Hearing(SECRET)

    def hear(self) -> int:
        """Takes what was posted; gives how much of it was looked at."""
        posted, self.state.posted = self.state.posted, []
        heard = [self.hearing.hear(one.body, one.headers[SIGNATURE], one.headers[TIME]) for one in posted]
        assert {one.status for one in heard} <= {200}
        due = [one.due for one in heard if one.due is not None]
        for one in due:
            self.taking.take_thread(one.thread, one.assigned)
        return len(due)

    def heard(self) -> None:
        """Takes what was posted, and brings what changed by that."""
        self.hear()
        assert self.rounds.once()
        self.state.posted.clear()

    @property
    def number(self) -> int:
        """The newest conversation's."""
        return max(self.state.conversations)

    @property
    def status(self) -> str:
        """Its status."""
        return str(self.state.conversations[self.number]["status"])

    def notes(self) -> list[str]:
        """Its private notes."""
        return [one["content"] for one in self.state.of(self.number, private=True) if one["private"]]

    def public(self) -> list[str]:
        """What stands in it for the customer."""
        return [one["content"] for one in self.state.of(self.number)]


@pytest.fixture
def office(tmp_path: Path, chatwoot: ChatwootPeer) -> Office:
    return Office(empty_database(tmp_path), chatwoot)


def asked(office: Office, *held: str) -> None:
    office.asks_for_a_person(*held)
    assert office.rounds.once()
    office.state.posted.clear()
