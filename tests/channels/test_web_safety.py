"""What nobody should do to the web channel: refused, and nobody else is harmed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import requests
import socketio

from tests.channels.test_web import DRY, OFTEN, PROFILE
from tests.channels.web_client import PATIENCE, QUIET, SOCKET, Tab, bare_socket, tab
from tests.conftest import free_port, running_server

XSS = (Path(__file__).parent.parent / "browser" / "payloads.txt").read_text(encoding="utf-8").splitlines()
OTHER_ADDRESS = "127.0.0.2"
MALFORMED: list[Any] = [
    "", "x", "9", "b!!!", "4", "4x", "42", "42[]", "42{}", "42[1]", "42[null]", '42["user_uttered"]', '42["user_uttered",[]]',
    '42["user_uttered",1,2,3]', '42["user_uttered","text"]', '42["session_request",7]', '42["session_request",[1]]',
    '42["session_request",{"session_id":{"a":1}}]', '42["disconnect"]', '42["connect",{"REMOTE_ADDR":"10.0.0.1"}]',
    '42["feedback",{"message_id":[],"value":[]}]', '42["__proto__",{}]', '42["user_uttered",{"message":"\\ud800"}]',
    '42["user_uttered",{"message":null}]', "43", "4399999[]", "44", '44{"message":"x"}', "45", "451-", "4599999999-[]",
    '451-["user_uttered",{"message":{"_placeholder":true,"num":0}}]', "46", '42/admin,["user_uttered",{}]', "40/admin,",
    "40/,{", "42" + "9" * 5000 + '["user_uttered",{}]', "4" + "[" * 30_000, '42["user_uttered",' + "[" * 20_000,
    "2", "2probe", "5", "6", "0{}", b"", b"\x00\xff", b"4" * 1000,
]  # fmt: skip


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with the limits that it has unless told otherwise, and one shop allowed."""
    port = free_port()
    with running_server(tmp_path_factory.mktemp("guarded"), port, WEB_ORIGINS="https://shop.example https://b.example"):
        yield f"http://127.0.0.1:{port}"


async def works(address: str, source: str = "127.0.0.1") -> bool:
    """Whether a visitor who just came gets an answer."""
    async with tab(address, source=source) as visitor:
        return bool(await visitor.ask(OFTEN))


async def works_soon(address: str, source: str) -> bool:
    """The same, when connections that were closed may still have to be noticed."""
    for _ in range(int(PATIENCE / QUIET)):
        try:
            return await works(address, source)
        except socketio.exceptions.ConnectionError:
            await asyncio.sleep(QUIET)
    return False


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: ("A" if token[0] != "A" else "B") + token[1:],
        lambda token: token.split(".")[0],
        lambda token: token.split(".")[0] + ".",
        lambda token: "." + token.split(".")[1],
        lambda token: token + "=",
        lambda token: token + " ",
        lambda token: token.upper(),
        lambda token: token * 2,
        lambda token: [token],
        lambda token: {"token": token},
        lambda token: "é" * 40,
        lambda token: "web-" + "0" * 32,
        lambda token: "x" * 20_000,
        lambda token: 7,
        lambda token: True,
    ],
)
def test_a_forged_token_opens_a_new_conversation(server: str, forge: Any) -> None:
    async def visit() -> tuple[Tab, Tab, str]:
        async with tab(server) as victim:
            await victim.ask(DRY)
            async with tab(server, forge(victim.token)) as forger:
                known = str((await forger.ask(PROFILE))[0]["text"])
                await victim.quiet()
                return victim, forger, known

    victim, forger, known = asyncio.run(visit())
    assert forger.token != victim.token
    assert [one["messages"] for one in forger.of("history")] == [[]]
    assert "dry" not in known
    assert len(victim.of("bot_uttered")) == 1


def test_a_message_cannot_be_put_into_another_conversation(server: str) -> None:
    async def visit() -> tuple[Any, Tab]:
        async with tab(server) as one, tab(server) as two:
            refused = await one.say(DRY, session_id=two.token)
            await two.quiet()
            return refused, two

    refused, two = asyncio.run(visit())
    assert refused["error"] == "no_session"
    assert two.of("bot_uttered") == two.of("user_echo") == []


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "https://shop.example.evil.example", "http://shop.example", "x", "file://",
               "https://shop.example:8443", "http://localhost.evil.example", "http://[::1", "http://localhost:3000"],
)  # fmt: skip
def test_foreign_pages_cannot_connect(guarded: str, origin: str) -> None:
    polling = requests.get(f"{guarded}{SOCKET}&transport=polling", headers={"Origin": origin}, timeout=5)
    assert polling.status_code == 400
    assert "Access-Control-Allow-Origin" not in polling.headers

    async def connect() -> None:
        async with bare_socket(guarded, Origin=origin):
            pass

    with pytest.raises(aiohttp.WSServerHandshakeError):
        asyncio.run(connect())


@pytest.mark.parametrize("origin", ["https://shop.example", "https://b.example", "same"])
def test_the_shops_pages_can_connect(guarded: str, origin: str) -> None:
    origin = guarded if origin == "same" else origin
    polling = requests.get(f"{guarded}{SOCKET}&transport=polling", headers={"Origin": origin}, timeout=5)
    assert polling.status_code == 200
    assert polling.headers["Access-Control-Allow-Origin"] == origin
    assert "Access-Control-Allow-Credentials" not in polling.headers

    async def connect() -> None:
        async with bare_socket(guarded, Origin=origin):
            pass

    asyncio.run(connect())


def test_pages_of_the_own_machine_can_connect_while_no_shop_is_listed(server: str) -> None:
    for origin, status in (("http://localhost:3000", 200), ("http://127.0.0.1:8080", 200), ("https://evil.example", 400)):
        answer = requests.get(f"{server}{SOCKET}&transport=polling", headers={"Origin": origin}, timeout=5)
        assert answer.status_code == status


def test_malformed_frames_harm_nobody(server: str) -> None:
    async def visit() -> Tab:
        async with tab(server) as bystander:
            for frame in MALFORMED:
                async with bare_socket(server) as socket:
                    await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame))
                    await socket.send_str('42["session_request",null]')
            assert await works(server)
            await bystander.ask(OFTEN)
            return bystander

    bystander = asyncio.run(visit())
    assert len(bystander.of("bot_uttered")) == 1
    assert bystander.of("user_echo") == []


def test_malformed_requests_harm_nobody(server: str) -> None:
    address = f"{server}{SOCKET}&transport=polling"
    for body in (b"", b"x", b"\xff\xfe", b"4" * 70_000, b"4" * 400_000, b"\x1e".join([b"2"] * 100), b"42[" * 1000):
        opened = requests.get(address, timeout=5).text
        sid = json.loads(opened[1:])["sid"]
        assert requests.post(f"{address}&sid={sid}", data=body, timeout=5).status_code < 500
    for query in ("", "?EIO=3&transport=polling", "?EIO=4&transport=carrier-pigeon", "?EIO=4&transport=websocket",
                  "?EIO=4&transport=polling&sid=forged", "?EIO=4&transport=polling&j=x"):  # fmt: skip
        assert requests.get(f"{server}/socket.io/{query}", timeout=5).status_code == 400
    assert asyncio.run(works(server))


def test_an_oversized_frame_ends_its_connection_only(server: str) -> None:
    async def visit() -> tuple[bool, Tab]:
        async with tab(server) as bystander:
            async with bare_socket(server) as socket:
                ended = await _ended_by(socket, "42" + json.dumps(["user_uttered", {"message": "x" * 2_000_000}]))
            await bystander.ask(OFTEN)
            return ended, bystander

    ended, bystander = asyncio.run(visit())
    assert ended
    assert len(bystander.of("bot_uttered")) == 1


async def _ended_by(socket: aiohttp.ClientWebSocketResponse, frame: str) -> bool:
    """Whether the server ends the connection over a frame, be it while the frame is still on its way."""
    try:
        await socket.send_str(frame)
        while (found := await socket.receive(timeout=10)).type is aiohttp.WSMsgType.TEXT:
            pass
    except ConnectionError:
        return True
    return found.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


@pytest.mark.parametrize("message", [None, 5, True, 1.5, ["serum"], {"text": "serum"}, b"serum", "", "x" * 6001, "x" * 20_000])
def test_a_message_that_is_no_question_is_refused_with_a_sentence(server: str, message: Any) -> None:
    async def visit() -> tuple[dict[str, Any], Tab]:
        async with tab(server) as visitor:
            return await visitor.say(message), visitor

    answer, visitor = asyncio.run(visit())
    if message == "":
        assert answer["ok"]
        return
    assert answer == {"ok": False, "error": "too_long" if isinstance(message, str) else "not_text", "text": answer["text"]}
    assert answer["text"]
    assert visitor.of("bot_uttered") == []


def test_a_widget_of_rasas_kind_is_told_why_it_is_refused(server: str) -> None:
    async def visit() -> Tab:
        async with tab(server, ours=False) as visitor:
            await visitor.client.emit("user_uttered", {"message": {"a": 1}, "session_id": visitor.token})
            await visitor.next("bot_uttered")
            return visitor

    assert "text" in asyncio.run(visit()).of("bot_uttered")[0]["text"]


def test_hostile_text_travels_as_plain_data(server: str) -> None:
    assert len(set(XSS)) >= 100

    async def visit() -> tuple[list[Any], Tab]:
        async with tab(server) as visitor, tab(server, visitor.token) as other:
            messages = []
            for start in range(0, len(XSS), 50):
                for number, payload in enumerate(XSS[start : start + 50], start):
                    context = {"product": payload, "page": payload, "locale": payload}
                    await visitor.ask(payload, id=f"x{number}", metadata=context)
                messages += (await visitor.begin(visitor.token))[-200:]
            return messages, other

    messages, other = asyncio.run(visit())
    kept = {message["id"]: message["text"] for message in messages if message["from"] == "user"}
    echoed = {echo["id"]: echo["text"] for echo in other.of("user_echo")}
    for number, payload in enumerate(XSS):
        assert kept[f"x{number}"] == echoed[f"x{number}"] == " ".join(payload.split()).lstrip("/ ")
    replies = other.of("bot_uttered")
    assert {reply["reply_to"] for reply in replies} == set(kept)
    assert not any("<" in json.dumps(reply) for reply in replies)


def test_a_flood_of_messages_is_refused_politely(guarded: str) -> None:
    async def visit() -> tuple[list[Any], bool]:
        async with tab(guarded) as flooder:
            answers = list(await asyncio.gather(*(flooder.say(OFTEN) for _ in range(40))))
            return answers, await works(guarded)

    answers, unharmed = asyncio.run(visit())
    refused = [answer for answer in answers if not answer["ok"]]
    assert 20 <= len(refused) < 40
    assert {answer["error"] for answer in refused} == {"too_fast"}
    assert all("moment" in answer["text"] for answer in refused)
    assert unharmed


def test_many_sessions_of_one_address_share_its_limit(guarded: str) -> None:
    async def visit() -> tuple[list[bool], bool]:
        flooding = True
        allowed: list[bool] = []
        while flooding and len(allowed) < 200:
            try:
                async with tab(guarded, source="127.0.0.3") as flooder:
                    answers = await asyncio.gather(*(flooder.say(OFTEN) for _ in range(4)))
                    allowed += [answer["ok"] for answer in answers]
            except AssertionError as refused:  # asking for a session is counted too, and may be what goes over the limit
                assert str(refused) == "no session_confirm"
                allowed.append(False)
            flooding = all(allowed)
        return allowed, await works(guarded, OTHER_ADDRESS)

    allowed, unharmed = asyncio.run(visit())
    assert not all(allowed)
    assert unharmed


def test_a_flood_of_frames_is_cut(guarded: str) -> None:
    async def visit() -> bool:
        async with bare_socket(guarded) as socket:
            try:
                for _ in range(5000):
                    await socket.send_str('42["nothing",{}]')
            except ConnectionError:
                pass
            while (await socket.receive(timeout=10)).type is aiohttp.WSMsgType.TEXT:
                pass
        return await works(guarded, OTHER_ADDRESS)

    assert asyncio.run(visit())


def test_connections_of_one_address_are_limited(guarded: str) -> None:
    async def visit() -> tuple[int, bool, bool]:
        opened: list[Tab] = []
        refused = 0
        for _ in range(60):
            visitor = Tab(source="127.0.0.4")
            opened.append(visitor)
            try:
                await visitor.open(guarded)
            except socketio.exceptions.ConnectionError:
                refused += 1
        others = await works(guarded, OTHER_ADDRESS)
        for visitor in opened:
            await visitor.close()
        return refused, others, await works_soon(guarded, "127.0.0.4")

    assert asyncio.run(visit()) == (10, True, True)
