"""A running assistant with two members of staff, who are there at every hour, on REST, the web and Telegram."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Iterator

import pytest
import yaml

from bot.paths import DATA
from bot.store.conversations import Conversations as Archive
from bot.store.database import Database
from bot.store.handoff_models import DeskUser
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.support.handoff import Conversations, Talk
from tests.channels.telegram.server import ServerProcess
from tests.conftest import MANY_VISITORS
from tests.peers.telegram import TOKEN, TelegramPeer

STAFF = ("Mia", "Tom")
_CHATS = count(500_000)


class Shop:
    """The running server, its staff's side, and Telegram."""

    def __init__(self, folder: Path, peer: TelegramPeer) -> None:
        self.folder = folder
        self.peer = peer
        shop = yaml.safe_load((DATA / "shop.yml").read_text(encoding="utf-8"))
        shop["people"] = {"hours": {"monday to sunday": "0:00 to 24:00"}, "answer_within": 10}
        written = folder / "shop.yml"
        written.write_text(yaml.safe_dump(shop), encoding="utf-8")
        self.process = ServerProcess(folder, SHOP=str(written), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=peer.address, **MANY_VISITORS)
        self.process.variables["TELEGRAM_WEBHOOK_URL"] = self.process.address
        self.database = Database(f"sqlite:///{folder / 'var' / 'shop.sqlite'}")
        self.talks = Conversations(self.database, Archive(f"sqlite:///{folder / 'var' / 'conversations.sqlite'}"))

    @property
    def address(self) -> str:
        """Where the server is."""
        return self.process.address

    def hire(self) -> None:
        """Gives the staff their accounts."""
        with self.database.session(writing=True, catalogue=False) as session:
            session.add_all([new(DeskUser, name=name, password="-", role="agent", created=utc_now()) for name in STAFF])
            session.commit()

    def talk(self, conversation: str) -> Talk:
        """How a conversation stands."""
        found = self.talks.talk(conversation)
        assert found is not None
        return found


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The server of these tests."""
    peer = TelegramPeer().start()
    shop = Shop(tmp_path_factory.mktemp("staffed"), peer)
    try:
        shop.process.start()
        shop.hire()
        peer.until(lambda: bool(peer.state.webhook["url"]), 60)
        yield shop
    finally:
        shop.process.stop()
        shop.database.dispose()
        peer.stop()


@pytest.fixture
def chat() -> int:
    """A private chat that nobody has used yet."""
    return next(_CHATS)
