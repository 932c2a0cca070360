"""The assistant's side of the staff's group, for tests."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.group_updates import act_of
from bot.store.database import Database
from bot.store.pictures import PictureStore
from bot.support.handoff import Conversations
from bot.support.places.carrying import Carrier
from bot.support.places.kept import Kept
from bot.support.places.rounds import Rounds
from bot.support.places.telegram.api import GroupApi
from bot.support.places.telegram.hearing import Hearing
from bot.support.places.telegram.members import Members
from bot.support.places.telegram.place import NAME, TelegramPlace
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.telegram_state import BOT
from tests.support.places.in_group import GROUP
from tests.support.places.talking import Talking

MINA, JOON, STRANGER = 11, 12, 99
BOT_NAME, BOT_ID = str(BOT["username"]), int(str(BOT["id"]))
JPEG = b"\xff\xd8" + b"0" * 100
PHOTO: dict[str, Any] = {"photo": [{"file_id": "p"}]}
FORWARDED: dict[str, Any] = {"forward_origin": {"type": "user"}}


class Office(Talking):
    """The assistant's side, and what people do in the group."""

    def __init__(self, database: Database, peer: TelegramPeer) -> None:
        kept, api = Kept(database, NAME), GroupApi(TOKEN, peer.address, GROUP)
        self.peer, self.database, self.kept, self.talks = peer, database, kept, Conversations(database)
        self.place = TelegramPlace(api, kept, PictureStore(database))
        self.rounds = Rounds(NAME, kept, Carrier(self.talks, self.place, kept, self.place.said_together))
        self.hearing = Hearing(api, self.talks, kept, Members(api))

    def round(self) -> None:
        """What changed is brought, what was written is taken, and what changed by that is brought."""
        assert self.rounds.once()
        self.hear()
        assert self.rounds.once()

    def hear(self) -> list[str]:
        """Takes what was written; gives what became of each."""
        found, self.peer.state.updates = self.peer.state.updates, []
        acts = [act for update in found if (act := act_of(update, BOT_NAME, BOT_ID)) is not None]
        return [self.hearing.hear(act) for act in acts]

    @property
    def topic(self) -> int:
        """The newest topic."""
        return max(self.peer.topics(GROUP))

    def write(self, text: str | None, user: int = MINA, name: str = "Mina", topic: int | None = None, **more: Any) -> dict[str, Any]:
        """Somebody writes in a topic, and it is taken."""
        update = self.peer.write(GROUP, topic or self.topic, user, text, name, **more)
        self.round()
        return update

    def shown(self, topic: int | None = None) -> str:
        """What of ours stands in a topic."""
        return "\n---\n".join(one.text for one in self.peer.chat(GROUP) if one.thread == (topic or self.topic))


@pytest.fixture
def office(database: Database, peer: TelegramPeer) -> Office:
    return Office(database, peer)


def asked(office: Office, *held: str) -> None:
    office.asks_for_a_person(*held)
    office.round()
