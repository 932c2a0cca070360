"""Conversations over the web channel of the running server, as visitors have them."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.channels.web_client import Tab, send_and_vanish, tab

TOGETHER = "Can I use retinol and vitamin C together?"
OFTEN = "How often should I use retinol?"
DRY = "my skin is dry"
PRODUCT = "haneul-dew-hyaluronic-ampoule"
PROFILE = "What do you know about me?"


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_a_question_is_answered_with_everything_a_widget_shows(server: str, transport: str) -> None:
    async def visit() -> tuple[Tab, list[dict[str, Any]]]:
        async with tab(server, transport=transport) as visitor:
            return visitor, await visitor.ask(TOGETHER, id="q1")

    visitor, replies = asyncio.run(visit())
    assert len(replies) == 1
    assert "retinol" in replies[0]["text"]
    assert replies[0]["custom"]["verdict"] == "careful"
    assert replies[0]["custom"]["sources"]
    assert {reply["content_type"] for reply in replies[0]["quick_replies"]} == {"text"}
    assert [name for name, _ in visitor.events] == [
        "session_confirm", "history", "bot_typing", "bot_uttered", "bot_typing",
    ]  # fmt: skip
    assert visitor.of("bot_typing") == [{"on": True}, {"on": False}]


def test_a_reload_shows_the_same_conversation(server: str) -> None:
    async def visit() -> tuple[list[Any], list[Any]]:
        async with tab(server) as before:
            live = [*await before.ask(TOGETHER, id="q1"), *await before.ask(OFTEN, id="q2")]
        async with tab(server, before.token) as after:
            assert after.token == before.token
            return live, after.of("history")[0]["messages"]

    live, messages = asyncio.run(visit())
    assert [(message["from"], message.get("reply_to")) for message in messages] == [
        ("user", None), ("bot", "q1"), ("user", None), ("bot", "q2"),
    ]  # fmt: skip
    assert [message["text"] for message in messages[::2]] == [TOGETHER, OFTEN]
    for said, kept in zip(live, messages[1::2]):
        assert kept == {"from": "bot", **said}
    assert sorted(messages, key=lambda message: message["at"]) == messages


@pytest.mark.parametrize("politely", [True, False])
def test_a_tab_closed_with_its_message_loses_no_answer(server: str, politely: bool) -> None:
    async def visit() -> list[dict[str, Any]]:
        async with tab(server) as visitor:
            token = str(visitor.token)
        await send_and_vanish(server, token, {"message": TOGETHER, "id": "q1"}, politely)
        async with tab(server, token) as back:
            if not back.of("history")[0]["messages"]:
                await back.next("bot_uttered")
            return await back.begin(token)

    assert [message["from"] for message in asyncio.run(visit())] == ["user", "bot"]


def test_what_led_here_is_counted_and_nothing_else(server: str, server_folder: Path) -> None:
    wrong = [{}, {"way": "x", "words": ""}, {"way": "box", "words": 5}, {"way": "link", "words": "x" * 201}, {"way": "box", "words": "a\0"}]

    async def visit() -> list[Any]:
        async with tab(server) as visitor:
            good = await visitor.call("used", {"way": "prompt", "words": "Counted here?"})
            return [good, *[(await visitor.call("used", one))["error"] for one in wrong]]

    assert asyncio.run(visit()) == [{"ok": True}, *["malformed"] * len(wrong)]
    with sqlite3.connect(server_folder / "var" / "shop.sqlite") as shop:
        assert shop.execute("SELECT way, words FROM opening WHERE words LIKE 'Counted%'").fetchall() == [("prompt", "Counted here?")]


def links_followed(folder: Path) -> dict[str, int]:
    """How often links to the product were followed so far, by any test."""
    with sqlite3.connect(folder / "var" / "shop.sqlite") as shop:
        found = shop.execute("SELECT what, sum(number) FROM week_count WHERE what LIKE 'followed%' AND name = ? GROUP BY what", [PRODUCT]).fetchall()
    return dict(found)


def test_links_to_products_are_counted_as_far_as_one_visitor_follows_some(server: str, server_folder: Path) -> None:
    wrong = [{}, {"way": "page"}, {"way": "x", "product": PRODUCT}, {"way": ["page"], "product": PRODUCT}, {"way": "page", "product": 5},
             {"way": "page", "product": "sold-nowhere"}, {"way": "cart", "product": "x" * 256}, {"way": "cart", "product": f"{PRODUCT}\0"}]  # fmt: skip

    async def visit() -> tuple[list[Any], list[Any]]:
        async with tab(server) as visitor:
            good = [await visitor.call("followed", {"way": way, "product": PRODUCT}) for way in ("page", "page", "cart")]
            bad = [(await visitor.call("followed", one))["error"] for one in wrong]
            many = [await visitor.call("followed", {"way": "page", "product": PRODUCT}) for _ in range(20)]
            assert (await visitor.say("hello"))["ok"], "what is too much of links may still be written"
        async with tab(server) as stranger:
            stranger_may = await stranger.call("followed", {"way": "cart", "product": PRODUCT})
        return [*good, stranger_may], [*bad, *(one.get("error") for one in many)]

    async def too_early() -> Any:
        async with tab(server) as visitor:
            await visitor.call("delete_conversation")
            return (await visitor.call("followed", {"way": "page", "product": PRODUCT}))["error"]

    before = links_followed(server_folder)
    good, rest = asyncio.run(visit())
    assert good == [{"ok": True}] * 4
    counted = 20 - len(good[:3]) - len(wrong)
    assert rest == ["malformed"] * len(wrong) + [None] * counted + ["too_fast"] * (20 - counted)
    assert asyncio.run(too_early()) == "no_session"
    after = links_followed(server_folder)
    assert {what: number - before.get(what, 0) for what, number in after.items()} == {"followed_page": 2 + counted, "followed_cart": 2}


def test_tabs_of_one_visitor_are_in_step(server: str) -> None:
    async def visit() -> tuple[Tab, Tab, Tab]:
        async with tab(server) as one, tab(server, one.token) as two, tab(server) as stranger:
            await one.ask(TOGETHER, id="q1")
            await two.next("bot_typing", suits=lambda typing: not typing["on"])
            await asyncio.gather(one.quiet(), two.quiet(), stranger.quiet())
            return one, two, stranger

    one, two, stranger = asyncio.run(visit())
    assert one.of("bot_uttered") == two.of("bot_uttered")
    assert [(echo["id"], echo["text"]) for echo in two.of("user_echo")] == [("q1", TOGETHER)]
    assert one.of("user_echo") == []
    assert [name for name, _ in stranger.events] == ["session_confirm", "history"]


def test_a_message_sent_again_is_answered_once(server: str) -> None:
    async def visit() -> tuple[list[Any], list[Any], Tab]:
        async with tab(server) as visitor:
            sent = [visitor.say(TOGETHER, id="q1") for _ in range(3)]
            acknowledged = list(await asyncio.gather(*sent))
        async with tab(server, visitor.token) as back:
            acknowledged.append(await back.say(TOGETHER, id="q1"))
            await back.quiet()
            return acknowledged, back.of("history")[0]["messages"], back

    acknowledged, messages, back = asyncio.run(visit())
    assert acknowledged == [{"ok": True, "id": "q1"}] * 4
    assert len(messages) == 2
    assert back.of("bot_uttered") == []


def test_messages_are_answered_in_the_order_they_came(server: str) -> None:
    async def visit() -> tuple[list[str], list[str]]:
        async with tab(server) as visitor:
            for number in range(5):
                sent = {"message": [TOGETHER, OFTEN][number % 2], "id": f"q{number}"}
                await visitor.client.emit("user_uttered", sent)
            await visitor.next("bot_uttered", suits=lambda reply: reply["reply_to"] == "q4")
            messages = await visitor.begin(visitor.token)
            live = [reply["reply_to"] for reply in visitor.of("bot_uttered")]
            return live, [message["id"] for message in messages if message["from"] == "user"]

    live, kept = asyncio.run(visit())
    assert live == kept == ["q0", "q1", "q2", "q3", "q4"]


def test_a_restart_clears_the_view_and_keeps_the_profile(server: str) -> None:
    async def visit() -> tuple[Tab, list[Any], str]:
        async with tab(server) as visitor, tab(server, visitor.token) as other:
            await visitor.ask(DRY)
            assert await visitor.call("restart") == {"ok": True}
            await other.next("conversation_restarted")
            messages = await visitor.begin(visitor.token)
            return other, messages, (await visitor.ask(PROFILE))[0]["text"]

    other, messages, known = asyncio.run(visit())
    assert [message["from"] for message in messages] == ["bot"]
    assert other.of("bot_uttered")[1]["id"] == messages[0]["id"]
    assert "dry" in known


def test_a_deleted_conversation_is_gone_for_good(server: str) -> None:
    async def visit() -> tuple[list[Any], Tab, str]:
        async with tab(server) as visitor, tab(server, visitor.token) as other:
            reply = (await visitor.ask(DRY))[0]
            await visitor.call("feedback", {"message_id": reply["id"], "value": "up"})
            assert await visitor.call("delete_conversation") == {"ok": True}
            await other.next("conversation_deleted")
            refused = [await visitor.call(event) for event in ("restart", "feedback", "delete_conversation")]
        async with tab(server, visitor.token) as back:
            assert back.token != visitor.token
            assert [one["messages"] for one in back.of("history")] == [[]]
            return refused, other, (await back.ask(PROFILE))[0]["text"]

    refused, _, known = asyncio.run(visit())
    assert {answer["error"] for answer in refused} == {"no_session"}
    assert "dry" not in known


def test_a_message_waiting_while_its_conversation_is_deleted_is_not_answered(server: str) -> None:
    async def visit() -> tuple[Any, Any, Tab]:
        async with tab(server) as one, tab(server, one.token) as two:
            first = one.say(TOGETHER)
            gone = one.call("delete_conversation")
            late = one.say(OFTEN)
            results = await asyncio.gather(first, gone, late)
            await two.quiet()
            return results[0], results[2], two

    first, late, two = asyncio.run(visit())
    assert first["ok"]
    assert late["error"] == "no_session"
    assert len(two.of("bot_uttered")) == 1


def test_votes_are_kept_with_the_message(server: str) -> None:
    async def visit() -> list[dict[str, Any]]:
        async with tab(server) as visitor:
            reply = (await visitor.ask(TOGETHER))[0]
            vote = {"message_id": reply["id"], "value": "up"}
            assert await visitor.call("feedback", vote) == {"ok": True}
            vote = {**vote, "value": "down", "reason": "too short"}
            assert await visitor.call("feedback", vote) == {"ok": True}
            messages: list[dict[str, Any]] = await visitor.begin(visitor.token)
            return messages

    assert [message.get("feedback") for message in asyncio.run(visit())] == [None, "down"]


def test_older_messages_are_had_by_the_page(server: str) -> None:
    async def visit() -> tuple[list[dict[str, Any]], Any, list[Any]]:
        async with tab(server) as visitor, tab(server) as other:
            await visitor.ask(TOGETHER)
            await visitor.ask(OFTEN)
            shown = await visitor.begin(visitor.token)
            earlier = await visitor.call("earlier", {"before": shown[2]["at"]})
            wrong = [{}, {"before": 5}, {"before": "yesterday"}, {"before": "2026-01-01"}, []]
            refused = [await visitor.call("earlier", one) for one in wrong]
            assert await other.call("earlier", {"before": shown[2]["at"]}) == {"ok": True, "messages": [], "more": False}
            return shown, earlier, refused

    shown, earlier, refused = asyncio.run(visit())
    assert not earlier["more"] and earlier["messages"][:2] == shown[:2] and shown[3] not in earlier["messages"]
    assert {answer["error"] for answer in refused} == {"malformed"}


def test_nobody_votes_on_what_was_not_said_to_them(server: str) -> None:
    async def visit() -> list[Any]:
        async with tab(server) as visitor, tab(server) as other:
            reply = (await other.ask(TOGETHER))[0]["id"]
            votes: list[Any] = [
                {"message_id": reply, "value": "up"},
                {"message_id": "b1234567890ab", "value": "up"},
                {"message_id": None, "value": "up"},
                {"value": "up"},
                {"message_id": reply, "value": "sideways"},
                {"message_id": reply, "value": {"up": 1}},
                {"message_id": reply, "value": "up", "reason": ["x"]},
                [],
            ]
            return [await visitor.call("feedback", vote) for vote in votes]

    assert {answer["error"] for answer in asyncio.run(visit())} == {"malformed"}


def test_what_has_no_words_is_shown_again_as_typed(server: str) -> None:
    async def visit() -> list[dict[str, Any]]:
        async with tab(server) as visitor:
            await visitor.ask("👍 !?")
            messages: list[dict[str, Any]] = await visitor.begin(visitor.token)
            return messages

    assert asyncio.run(visit())[0]["text"] == "👍 !?"


def test_typed_intents_are_not_obeyed(server: str) -> None:
    async def visit() -> str:
        async with tab(server) as visitor:
            await visitor.ask(DRY)
            for typed in ('/tell_profile{"skin_type":"oily"}', "/restart", "/session_start", "/start_over"):
                await visitor.ask(typed)
            return str((await visitor.ask(PROFILE))[0]["text"])

    known = asyncio.run(visit())
    assert "dry" in known
    assert "oily" not in known


def test_a_widget_of_rasas_kind_gets_rasas_shapes(server: str) -> None:
    async def visit() -> Tab:
        async with tab(server, ours=False) as visitor, tab(server, visitor.token) as other:
            await visitor.client.emit("user_uttered", {"message": TOGETHER, "session_id": visitor.token, "customData": {}})
            await other.next("bot_uttered")
            await visitor.quiet()
            return visitor

    visitor = asyncio.run(visit())
    assert {name for name, _ in visitor.events} == {"session_confirm", "bot_uttered"}
    parts = visitor.of("bot_uttered")
    assert [set(part) for part in parts] == [{"text"}] * (len(parts) - 1) + [{"text", "quick_replies"}]


def test_a_client_without_a_session_gets_one_with_its_first_message(server: str) -> None:
    async def visit() -> Tab:
        visitor = Tab(ours=False)
        await visitor.open(server)
        await visitor.call("user_uttered", {"message": TOGETHER})
        await visitor.call("user_uttered", {"message": OFTEN})
        await visitor.close()
        return visitor

    visitor = asyncio.run(visit())
    assert len(visitor.of("session_confirm")) == 1
    assert len(visitor.of("bot_uttered")) >= 2


def test_the_channel_tells_that_it_is_there(server: str) -> None:
    assert requests.get(f"{server}/webhooks/web/", timeout=5).json() == {"status": "ok"}


def test_two_visitors_never_share_a_conversation(server: str) -> None:
    async def visit() -> tuple[str, str]:
        async with tab(server) as one, tab(server, uuid4().hex) as two:
            assert one.token != two.token
            await one.ask(DRY)
            return (await one.ask(PROFILE))[0]["text"], (await two.ask(PROFILE))[0]["text"]

    own, others = asyncio.run(visit())
    assert "dry" in own
    assert "dry" not in others
