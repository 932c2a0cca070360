"""The staff in the inbox of the stand-in for Chatwoot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.store.pictures import PictureStore
from bot.support.places.carrying import Carrier
from bot.support.places.chatwoot.api import Chatwoot, Inbox
from bot.support.places.chatwoot.hearing import Hearing
from bot.support.places.chatwoot.place import NAME, ChatwootPlace
from bot.support.places.chatwoot.signing import SIGNATURE, TIME
from bot.support.places.chatwoot.taking import Taking
from bot.support.places.kept import Kept
from bot.support.places.rounds import Rounds
from tests.peers.chatwoot import BOT_TOKEN, ChatwootPeer
from tests.peers.chatwoot_state import INCOMING, SECRET, Json, Posted, agent_of
from tests.support.handoff.stage import STAFF, Stage
from tests.support.places.going import go_round

AGENTS = {name: agent_of(number, name) for number, name in enumerate(STAFF, 11)}
CUSTOMER = "Customer: "


@pytest.fixture
def chatwoot() -> Iterator[ChatwootPeer]:
    """Chatwoot with an inbox that has a bot."""
    peer = ChatwootPeer().start()
    yield peer
    peer.stop()


def inbox_of(peer: ChatwootPeer) -> Inbox:
    """Its inbox, as the settings name it."""
    return Inbox.of(peer.inbox, BOT_TOKEN, SECRET)


class InChatwoot:
    """The staff in Chatwoot. What it posts comes the last first, and the last again later."""

    def __init__(self, peer: ChatwootPeer) -> None:
        self.peer = peer
        self._written: set[tuple[str, str]] = set()
        self._again: list[Posted] = []

    def begin(self, stage: Stage) -> None:
        """A process begins."""
        self._stage = stage
        kept, api = Kept(stage.database, NAME, stage.clock), Chatwoot(inbox_of(self.peer))
        place = ChatwootPlace(api, kept, PictureStore(stage.database))
        self._taking = Taking(api, stage.talks, kept, stage.clock)
        self._rounds = Rounds(NAME, kept, Carrier(stage.talks, place, kept, place.said_together))
        self._hearing = Hearing(SECRET, self.peer.state.clock)

    def settle(self) -> None:
        """What changed is brought, what was posted is taken, and what changed by that is brought."""
        go_round(self._stage, self._rounds)
        if not self.peer.is_away:
            found, self.peer.state.posted = [*self.peer.state.posted, *self._again], []
            for posted in reversed(found):
                self.hear(posted)
            self._again = found[-1:]
        go_round(self._stage, self._rounds)

    def hear(self, posted: Posted) -> None:
        """As the route hands it over."""
        heard = self._hearing.hear(posted.body, posted.headers[SIGNATURE], posted.headers[TIME])
        assert heard.status == 200
        if heard.due is not None:
            self._taking.take_thread(heard.due.thread, heard.due.assigned)

    def go(self, up: bool) -> None:
        """Chatwoot gives no answer, or all of them again."""
        self.peer.is_away = not up

    def reply(self, agent: str, text: str) -> None:
        """The same words again are the same message, which is posted twice anyway."""
        if (agent, text) not in self._written:
            self._written.add((agent, text))
            self.peer.state.reply(self.number, AGENTS[agent], text)

    def act(self, agent: str, what: str, version: int) -> None:
        """By the status."""
        with self.peer.state.lock:
            self.peer.state.set_status(self.number, {"give_back": "pending", "close": "resolved"}[what])

    def note(self, agent: str, text: str) -> None:
        """By a private note."""
        self.peer.state.reply(self.number, AGENTS[agent], text, private=True)

    @property
    def number(self) -> int:
        """The newest conversation's."""
        return max(self.peer.state.conversations)

    def seen(self) -> list[str]:
        """The customer's lines, as messages of theirs or in notes."""
        return [text for one in self.peer.state.messages for text in customers(one)]


def customers(message: Json) -> list[str]:
    """What a customer says in a message."""
    if message["message_type"] == INCOMING:
        return [str(message["content"])]
    return [line.removeprefix(CUSTOMER) for line in str(message["content"]).splitlines() if line.startswith(CUSTOMER)]
