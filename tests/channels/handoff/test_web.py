"""A person on the web: who joined, what they write and that they type reach every tab at once, and whoever comes back."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any, AsyncIterator, Callable

from bot.support.handoff import Owner
from tests.channels.handoff.conftest import Shop
from tests.channels.web_client import EVENTS, Tab, tab

QUESTION = "can I use an ampoule every day?"


@asynccontextmanager
async def waiting(shop: Shop) -> AsyncIterator[tuple[Tab, str]]:
    """A tab that waits for a person, and its conversation."""
    before = {talk.conversation for talk in shop.talks.listed()}
    async with tab(shop.address) as visitor:
        visitor.client.on("person", visitor._keep("person"))
        await visitor.ask("talk to a human")
        (mine,) = [talk for talk in shop.talks.listed() if talk.conversation not in before]
        assert (mine.channel, mine.owner) == ("web", Owner.WAITING)
        yield visitor, mine.conversation


def says(text: str) -> Callable[[Any], bool]:
    return lambda message: message.get("text") == text


def of_staff(visitor: Tab) -> list[tuple[str, str, str]]:
    told = [message for message in visitor.of("bot_uttered") if "author" in message]
    return [(message["author"]["kind"], message["author"].get("name", ""), message["text"]) for message in told]


def test_a_person_joins_answers_and_leaves_while_the_tab_is_open(staffed: Shop) -> None:
    async def visit() -> None:
        async with waiting(staffed) as (visitor, mine):
            count = len(visitor.events)
            assert await visitor.ask(QUESTION) == [], "the assistant is silent"
            await asyncio.to_thread(staffed.talks.reply, mine, "Mia", "Hi, I'm Mia.", "1")
            await visitor.next("bot_uttered", count, says("Hi, I'm Mia."))
            await visitor.next("person", count, lambda state: state == {"owner": "person", "name": "Mia"})
            assert await visitor.ask("thank you") == []
            assert "bot_typing" not in [name for name, _ in visitor.events[count:]]
            await asyncio.to_thread(staffed.talks.close, mine, "Mia")
            await visitor.next("bot_uttered", count, lambda message: message["text"].startswith("Mia closed"))
            assert (await visitor.ask(QUESTION))[0]["text"].startswith("No.")
            assert [kind for kind, _, _ in of_staff(visitor)] == ["notice", "agent", "notice"]
            assert of_staff(visitor)[:2] == [("notice", "Mia", "Mia joined the chat."), ("agent", "Mia", "Hi, I'm Mia.")]

    asyncio.run(visit())


def test_what_came_while_no_tab_was_open_is_in_the_history_once(staffed: Shop) -> None:
    async def visit() -> None:
        async with waiting(staffed) as (visitor, mine):
            await visitor.ask("are you there?", id="q1")
            token = visitor.token
        await asyncio.to_thread(staffed.talks.reply, mine, "Tom", "Now I am.", "1")
        async with tab(staffed.address, token) as after:
            messages = after.of("history")[0]["messages"]
            assert [(one["from"], one["text"]) for one in messages][2:] == [
                ("user", "are you there?"), ("bot", "Tom joined the chat."), ("bot", "Now I am."),
            ]  # fmt: skip
            assert messages[2]["id"] == "q1" and messages[4]["author"] == {"kind": "agent", "name": "Tom"}
            await asyncio.sleep(2.5)
            assert after.of("bot_uttered") == [], "what stands in the history does not come again"
            assert (await after.say("are you there?", id="q1"))["ok"]
            written = [line.text for line in staffed.talks.lines(mine) if line.author.value == "customer"]
            assert written == ["are you there?"]

    asyncio.run(visit())


def test_other_tabs_and_other_widgets_see_the_same(staffed: Shop) -> None:
    async def visit() -> None:
        async with waiting(staffed) as (visitor, mine), tab(staffed.address, visitor.token) as second:
            await visitor.ask("hello?")
            await second.next("user_echo", 0, says("hello?"))
            await asyncio.to_thread(staffed.talks.reply, mine, "Mia", "Hello!", "1")
            one, two = await asyncio.gather(*(each.next("bot_uttered", 0, says("Hello!")) for each in (visitor, second)))
            assert one == two
        async with tab(staffed.address, ours=False) as other:
            seen = {talk.conversation for talk in staffed.talks.listed()}
            await other.say("talk to a human")
            (mine,) = [talk.conversation for talk in staffed.talks.listed() if talk.conversation not in seen]
            await asyncio.to_thread(staffed.talks.reply, mine, "Mia", "Hello!", "1")
            await other.next("bot_uttered", 0, says("Mia: Hello!"))

    asyncio.run(visit())


def test_starting_over_gives_the_talk_back_and_deleting_takes_it_along(staffed: Shop) -> None:
    async def visit() -> None:
        async with waiting(staffed) as (visitor, mine):
            await asyncio.to_thread(staffed.talks.reply, mine, "Mia", "Hello!", "1")
            await visitor.next("bot_uttered", 0, says("Hello!"))
            await visitor.call("restart")
            assert staffed.talk(mine).owner is Owner.ASSISTANT
            assert (await visitor.ask(QUESTION))[0]["text"].startswith("No.")
            await visitor.call("delete_conversation")
            assert staffed.talks.talk(mine) is None and staffed.talks.lines(mine) == []

    asyncio.run(visit())


assert "bot_uttered" in EVENTS
