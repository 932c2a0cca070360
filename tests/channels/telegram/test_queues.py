"""Order within a chat, and independence between chats."""

from __future__ import annotations

import asyncio

from bot.channels.telegram.queues import Lines


def test_what_waits_in_a_chat_is_handled_in_its_own_order_whatever_order_it_came_in() -> None:
    handled: list[int] = []

    async def run() -> None:
        free = asyncio.Event()

        async def work(number: int) -> None:
            await free.wait()
            handled.append(number)

        lines = Lines(work)
        lines.put("chat", 1)
        await asyncio.sleep(0)
        for number in (4, 2, 3):
            lines.put("chat", number)
        free.set()
        while len(handled) < 4:
            await asyncio.sleep(0)

    asyncio.run(run())
    assert handled == [1, 2, 3, 4]


def test_a_chat_that_fails_or_waits_holds_up_no_other() -> None:
    handled: list[int] = []

    async def run() -> None:
        async def work(number: int) -> None:
            if number == 1:
                await asyncio.Event().wait()
            if number == 2:
                raise RuntimeError("trouble")
            handled.append(number)

        lines = Lines(work)
        lines.put("slow", 1)
        lines.put("bad", 2)
        lines.put("bad", 3)
        lines.put("good", 4)
        while len(handled) < 2:
            await asyncio.sleep(0)
        await lines.close()

    asyncio.run(run())
    assert sorted(handled) == [3, 4]
