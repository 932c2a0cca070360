"""The staff in a Telegram group of the stand-in, where each conversation has a topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.telegram.group_updates import act_of, chat_of
from bot.store.pictures import PictureStore
from bot.support.places.carrying import Carrier
from bot.support.places.kept import Kept
from bot.support.places.rounds import Rounds
from bot.support.places.telegram.api import GroupApi
from bot.support.places.telegram.hearing import Hearing
from bot.support.places.telegram.members import Members
from bot.support.places.telegram.place import NAME, TelegramPlace
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.telegram_state import BOT
from tests.support.handoff.stage import STAFF, Stage
from tests.support.places.going import go_round

GROUP = -1001234567890
USERS = {name: number for number, name in enumerate(STAFF, 11)}
RANKS = {11: "administrator", 12: "administrator"}
"""Administrators may write in a topic that is closed."""
ELSEWHERE = frozenset({
    "taken over from the assistant without being asked", "taken in the middle of the assistant's answer", "the assistant is done before the person comes",
    "taken and given back around the assistant's answer", "both take it from the same page", "erased while a person has it",
})
"""What cannot be played here: a conversation for which nobody was asked has no topic, a topic is no page that shows an old state, and
what is erased stays in the group as in a mailbox."""
CUSTOMER = "Customer: "


@pytest.fixture
def peer() -> Iterator[TelegramPeer]:
    """Telegram with the staff's group, of which Mina and Joon are administrators."""
    telegram = TelegramPeer().start()
    telegram.open_forum(GROUP, members=RANKS)
    yield telegram
    telegram.stop()


class InGroup:
    """The staff in the group."""

    def __init__(self, peer: TelegramPeer) -> None:
        self.peer = peer
        self._written: dict[tuple[str, str], dict[str, Any]] = {}

    def begin(self, stage: Stage) -> None:
        """A process begins."""
        self._stage = stage
        kept, api = Kept(stage.database, NAME, stage.clock), GroupApi(TOKEN, self.peer.address, GROUP)
        place = TelegramPlace(api, kept, PictureStore(stage.database))
        self._rounds = Rounds(NAME, kept, Carrier(stage.talks, place, kept, place.said_together))
        self._hearing = Hearing(api, stage.talks, kept, Members(api))

    def settle(self) -> None:
        """What changed is brought, what was written in the group is taken, each update twice."""
        go_round(self._stage, self._rounds)
        if not self.peer.is_away:
            found, self.peer.state.updates = self.peer.state.updates, []
            for update in (one for one in found for _ in range(2)):
                self.hear(update)
        go_round(self._stage, self._rounds)

    def hear(self, update: dict[str, Any]) -> None:
        """As the channel hands it over."""
        act = act_of(update, str(BOT["username"]), int(str(BOT["id"])))
        assert chat_of(update) == GROUP
        if act is not None:
            self._hearing.hear(act)

    def go(self, up: bool) -> None:
        """Telegram gives no answer, or all of them again."""
        self.peer.is_away = not up

    def reply(self, agent: str, text: str) -> None:
        """The same words again are the same message, as in an update that comes twice."""
        if (agent, text) in self._written:
            self.peer.state.updates.append(self._written[agent, text])
        else:
            self._written[agent, text] = self._write(agent, text)

    def act(self, agent: str, what: str, version: int) -> None:
        """By a command."""
        self._write(agent, {"give_back": "/back", "close": f"/close@{BOT['username']}", "take": "/take"}[what])

    def note(self, agent: str, text: str) -> None:
        """By another command."""
        self._write(agent, f"/note {text}")

    def seen(self) -> list[str]:
        """The customer's lines that stand in topics."""
        lines = [line for message in self.peer.chat(GROUP) for line in message.text.splitlines()]
        return [line.removeprefix(CUSTOMER) for line in lines if line.startswith(CUSTOMER)]

    def _write(self, agent: str, text: str) -> dict[str, Any]:
        topic = max(self.peer.topics(GROUP))
        return self.peer.write(GROUP, topic, USERS[agent], text, name=agent)
