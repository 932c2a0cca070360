"""What one process tells the others: it comes whole, in order, and not back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

from bot.paths import ROOT
from bot.store.broadcasts import broadcasts_of

ECHOES = """
import asyncio, sys
from bot.store.broadcasts import broadcasts_of
async def main():
    broadcasts = broadcasts_of(sys.argv[1], True)
    over = asyncio.Event()
    def heard(told):
        broadcasts.tell("echo", told)
        if told == "over": over.set()
    broadcasts.subscribe("said", heard)
    await broadcasts.started()
    print("hears", flush=True)
    await over.wait()
    await broadcasts.close()
asyncio.run(main())
"""
LONG = "a serum of green tea, 녹차 " * 2_000


def test_what_is_told_comes_to_the_others(url: str) -> None:
    other = subprocess.Popen([sys.executable, "-c", ECHOES, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None and other.stdout.readline() == "hears\n"
    told = [*range(20), {"text": LONG}, [None, "over"], "over"]

    async def talk() -> list[Any]:
        heard: list[Any] = []
        all_heard = asyncio.Event()
        broadcasts = broadcasts_of(url, True)
        broadcasts.subscribe("said", lambda _: heard.append("an own one"))

        def take(one: Any) -> None:
            heard.append(one)
            if one == "over":
                all_heard.set()

        broadcasts.subscribe("echo", take)
        await broadcasts.started()
        await asyncio.to_thread(broadcasts.tell, "said", told[0])
        for one in told[1:]:
            broadcasts.tell("said", one)
        await asyncio.wait_for(all_heard.wait(), 20)
        await broadcasts.close()
        return heard

    try:
        assert asyncio.run(talk()) == told
    finally:
        other.kill()
        other.wait()


def test_where_there_are_no_others_nothing_is_opened(url: str) -> None:
    async def talk() -> bool:
        broadcasts = broadcasts_of(url, False)
        broadcasts.subscribe("said", lambda _: None)
        broadcasts.tell("said", "hello")
        await broadcasts.close()
        return broadcasts.reach_others

    assert not asyncio.run(talk())
