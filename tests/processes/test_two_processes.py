"""Two servers at one PostgreSQL: started at the same moment on an empty one, written to at the same moment, one killed at random."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest

from tests.channels.telegram.server import ServerProcess
from tests.channels.web_client import tab
from tests.peers.telegram import TelegramPeer
from tests.processes.judging import judged
from tests.processes.machines import empty_postgres, machines, start_together
from tests.processes.talking import Crowd

MESSAGES = 4
KILLED_AFTER_S = (0.3, 3.0)


class Shop:
    """Two servers and what they share."""

    def __init__(self, database: str, peer: TelegramPeer, servers: list[ServerProcess]) -> None:
        self.database, self.peer, self.servers = database, peer, servers
        self.addresses = [server.address for server in servers]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """Two servers, started together on an empty database."""
    peer = TelegramPeer().start()
    with empty_postgres() as database:
        servers = machines(tmp_path_factory.mktemp("two"), 2, database, peer)
        try:
            start_together(servers)
            yield Shop(database, peer, servers)
        finally:
            for server in servers:
                server.stop()
            peer.stop()


def test_tabs_at_two_servers_are_in_step(shop: Shop) -> None:
    async def visit() -> None:
        one_at, other_at = shop.addresses
        async with tab(one_at) as one, tab(other_at, one.token) as other:
            await one.ask("How often should I use retinol?", id="q1")
            assert (await other.next("bot_uttered"))["reply_to"] == "q1"
            assert other.of("user_echo")[0]["id"] == "q1"
            assert (await other.say("again", id="q1"))["ok"]
            await asyncio.gather(one.quiet(), other.quiet())
            assert len(one.of("bot_uttered")) == 1, "the same message, sent again to the other server, is answered once"
            assert (await one.call("delete_conversation"))["ok"]
            await other.next("conversation_deleted")
            assert (await other.say("hello"))["error"] == "no_session"

    asyncio.run(visit())


def test_nothing_is_lost_doubled_or_out_of_order_when_one_is_killed(shop: Shop) -> None:
    crowd = Crowd(shop.addresses, shop.peer, MESSAGES)
    killed = random.choice(shop.servers)

    async def strike() -> None:
        await asyncio.sleep(random.uniform(*KILLED_AFTER_S))
        await asyncio.to_thread(killed.stop, True)
        await asyncio.to_thread(killed.start)

    async def all_at_once() -> None:
        await asyncio.gather(crowd.write(rest=8, web=4, telegram=4), strike())

    asyncio.run(all_at_once())
    verdict = judged(shop.database, crowd.talks)
    assert verdict.messages == crowd.taken and verdict.messages > 100
    assert not verdict.faults, f"{verdict} of {crowd.taken} messages; sent again: {crowd.again}"
