"""Pictures on the web and on Telegram: the assistant says what it can do with them, a person gets them, and nobody else."""

from __future__ import annotations

import asyncio
from typing import Any, Optional
from uuid import uuid4

import requests

from bot.store.pictures import PictureStore
from bot.support.handoff import PICTURE, Author, Line
from tests.channels.handoff.conftest import Shop
from tests.channels.web_client import tab
from tests.pictures import photo

HONEST = "I can't look at"


def pictured(shop: Shop, conversation: str) -> list[Line]:
    """The customer's lines with a picture, as the staff read them."""
    return [line for line in shop.talks.thread(conversation) if line.author is Author.CUSTOMER and line.data.get(PICTURE)]


def bring(shop: Shop, token: Optional[str], raw: bytes, origin: str = "", **fields: str) -> requests.Response:
    """Brings a picture as the widget does."""
    sent = {"session_id": token or "", "id": uuid4().hex, **fields}
    headers = {"Origin": origin} if origin else {}
    return requests.post(f"{shop.address}/webhooks/web/pictures", data=sent, files={"picture": ("a.jpg", raw)}, headers=headers, timeout=30)


def fetch(shop: Shop, token: Optional[str], name: str) -> requests.Response:
    return requests.post(f"{shop.address}/webhooks/web/pictures/shown", data={"session_id": token, "name": name}, timeout=30)


def test_on_the_web_to_the_assistant_and_on_to_a_person(staffed: Shop) -> None:
    async def visit() -> None:
        async with tab(staffed.address) as visitor, tab(staffed.address) as stranger:
            first = (await asyncio.to_thread(bring, staffed, visitor.token, photo())).json()
            (asked,) = await visitor.ask("", picture=first["name"])
            assert HONEST in asked["text"] and "What is the picture about?" in asked["text"] and len(asked["quick_replies"]) == 5
            second = (await asyncio.to_thread(bring, staffed, visitor.token, photo())).json()
            answers = await visitor.ask("how long does delivery take", picture=second["name"])
            assert HONEST in answers[-1]["text"] and "days" in answers[0]["text"]
            stolen = await stranger.say("look", picture=second["name"])
            assert stolen == {"ok": False, "error": "malformed", "text": stolen["text"]}
            mine = await asyncio.to_thread(fetch, staffed, visitor.token, first["name"])
            assert mine.headers["content-type"] == "image/jpeg" and mine.headers["content-security-policy"] == "default-src 'none'; sandbox"
            assert (await asyncio.to_thread(fetch, staffed, stranger.token, first["name"])).status_code == 404
            await visitor.ask("talk to a human")
            third = (await asyncio.to_thread(bring, staffed, visitor.token, photo())).json()
            assert await visitor.ask("", picture=third["name"], id="p3") == [], "the assistant is silent"
            await visitor.ask("", picture=third["name"], id="p3")
            conversation = next(one.conversation for one in staffed.talks.listed() if one.last_line == "Picture")
            names = [one["name"] for one in (first, second, third)]
            assert [line.data[PICTURE] for line in pictured(staffed, conversation)] == names
            token = visitor.token
        async with tab(staffed.address, token) as again:
            messages = again.of("history")[0]["messages"]
            assert [one["picture"] for one in messages if "picture" in one] == names
            await again.call("delete_conversation")
            assert (await asyncio.to_thread(fetch, staffed, token, names[0])).status_code == 403
        assert PictureStore(staffed.database).find(names[0]) is None, "it goes with the conversation"

    asyncio.run(visit())


def test_what_is_refused_is_told(staffed: Shop) -> None:
    async def visit() -> None:
        async with tab(staffed.address) as visitor:
            def told(raw: bytes, token: Optional[str] = visitor.token, origin: str = "", **fields: str) -> tuple[int, str]:
                answer = bring(staffed, token, raw, origin, **fields)
                return answer.status_code, str(answer.json().get("error"))

            ways: list[tuple[dict[str, Any], tuple[int, str]]] = [
                ({"raw": b"<svg onload=alert(1)>"}, (422, "no_picture")), ({"raw": photo(), "token": "forged"}, (403, "no_session")),
                ({"raw": photo(), "origin": "https://evil.example"}, (403, "origin")), ({"raw": photo(), "id": "../x"}, (400, "malformed")),
            ]
            for given, expected in ways:
                assert await asyncio.to_thread(lambda given=given: told(**given)) == expected  # type: ignore[misc]
            answer = await asyncio.to_thread(bring, staffed, visitor.token, photo(), "http://localhost:3000")
            assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
            statuses = [(await asyncio.to_thread(told, b"x"))[0] for _ in range(8)]
            assert 429 in statuses, "more than one person takes pictures"

    asyncio.run(visit())


def test_on_telegram_to_the_assistant_and_on_to_a_person(staffed: Shop, chat: int) -> None:
    peer, mine = staffed.peer, f"telegram:{chat}"
    peer.photograph(chat, photo())
    assert HONEST in peer.wait(chat, 1)[0].text
    peer.photograph(chat, photo(), "how long does delivery take")
    assert HONEST in peer.wait(chat, 2)[1].text and "days" in peer.chat(chat)[1].text
    peer.photograph(chat, b"no picture at all")
    assert "couldn't read that as a picture" in peer.wait(chat, 3)[2].text
    for _ in range(2):
        peer.photograph(chat, photo(), media_group_id=f"album-{chat}")
    peer.until(lambda: len(pictured(staffed, mine)) == 2 and PictureStore(staffed.database).count(mine) == 4)
    assert len(peer.wait(chat, 4)) == 4, "an album is asked about once"
    peer.say(chat, "talk to a human")
    peer.until(lambda: staffed.talks.owner(mine).is_people)
    peer.state.files["a file"] = photo(kind="PNG")
    peer.say(chat, None, document={"file_id": "a file", "mime_type": "image/png", "file_name": "a.png"})
    peer.until(lambda: len(pictured(staffed, mine)) == 5)
    count = len(peer.chat(chat))
    peer.say(chat, "/forget")
    peer.wait(chat, count + 1)
    assert PictureStore(staffed.database).count(mine) == 0
