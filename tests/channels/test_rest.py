"""REST on the real server: senders keep to REST, keys, sizes, and messages that are sent again."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from bot.channels.rest import LARGEST_BODY
from bot.store.models import SENDER_LENGTH
from tests.channels.web_client import tab
from tests.conftest import free_port, running_server

WEBHOOK = "/webhooks/rest/webhook"
OILY, PROFILE = "my skin is oily", "What do you know about me?"
KEY = "a-key-of-more-than-sixteen-letters"


def post(server: str, **body: Any) -> requests.Response:
    """Sends a message over REST."""
    return requests.post(f"{server}{WEBHOOK}", json=body, timeout=30)


def text(answer: requests.Response) -> str:
    """All that was replied."""
    assert answer.status_code == 200, answer.text
    return " ".join(reply.get("text", "") for reply in answer.json())


def senders(folder: Path, beginning: str) -> list[str]:
    """The conversations in the database whose names begin so."""
    with sqlite3.connect(folder / "var" / "conversations.sqlite") as connection:
        rows = connection.execute("SELECT DISTINCT sender_id FROM events WHERE sender_id LIKE ?", (f"{beginning}%",))
        return [sender for (sender,) in rows]


def said(folder: Path, sender: str) -> int:
    """How often somebody said something."""
    with sqlite3.connect(folder / "var" / "conversations.sqlite") as connection:
        rows = connection.execute("SELECT COUNT(*) FROM events WHERE sender_id = ? AND type_name = 'user'", (sender,))
        return int(rows.fetchone()[0])


def test_a_sender_of_another_channel_cannot_be_named(server: str, server_folder: Path) -> None:
    async def visit() -> tuple[str, str]:
        before = set(senders(server_folder, "web-"))
        async with tab(server) as visitor:
            await visitor.ask(OILY)
            (own,) = set(senders(server_folder, "web-")) - before
            read = await asyncio.to_thread(lambda: text(post(server, sender=own, message=PROFILE)))
            await asyncio.to_thread(lambda: text(post(server, sender=own, message="my skin is dry")))
            known = (await visitor.ask(PROFILE))[0]["text"]
            await visitor.call("delete_conversation")
            text(post(server, sender=own, message=OILY))
            assert not set(senders(server_folder, "web-")) - before
            return read, str(known)

    read, known = asyncio.run(visit())
    assert "oily" not in read
    assert "oily" in known and "dry" not in known


@pytest.mark.parametrize("named", ["telegram:777", "web-" + "0" * 32, "rest:somebody", "default"])
def test_every_sender_lies_in_rests_own_names(named: str, server: str, server_folder: Path) -> None:
    named = f"{named}{uuid4().hex}"[:60]
    (reply, *_) = post(server, sender=named, message=OILY).json()
    assert reply["recipient_id"] == named
    assert "oily" in text(post(server, sender=named, message=PROFILE))
    assert senders(server_folder, named) == [] and senders(server_folder, f"rest:{named}") == [f"rest:{named}"]


def test_a_sender_is_as_long_as_every_table_holds_with_rests_own_mark(server: str, server_folder: Path) -> None:
    longest = uuid4().hex.ljust(SENDER_LENGTH - len("rest:"), "x")
    (reply, *_) = post(server, sender=longest, message=OILY).json()
    assert reply["recipient_id"] == longest and senders(server_folder, f"rest:{longest}") == [f"rest:{longest}"]
    (reply, *_) = post(server, sender=f"{longest}x", message=OILY).json()
    assert len(reply["recipient_id"]) == 32, "somebody new, as after any sender that cannot be used"
    assert senders(server_folder, f"rest:{longest}x") == []
    asked = [requests.get(f"{server}/webhooks/rest/messages", params={"sender": one}, timeout=30).status_code for one in (longest, f"{longest}x")]
    assert asked == [200, 400]


def test_a_message_that_is_sent_again_gets_the_same_replies(server: str, server_folder: Path) -> None:
    sender, message = uuid4().hex, {"message": "can I use an ampoule every day?", "message_id": "m-1"}
    first = post(server, sender=sender, **message)
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: post(server, sender=sender, **message).json(), range(4)))
    assert first.json() and again == [first.json()] * 4
    assert said(server_folder, f"rest:{sender}") == 1
    assert post(server, sender=uuid4().hex, **message).json() != first.json()
    text(post(server, sender=sender, message="and a serum?", message_id="m-2"))
    assert said(server_folder, f"rest:{sender}") == 2


def test_the_same_message_at_once_is_handled_once(server: str, server_folder: Path) -> None:
    sender = uuid4().hex
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: post(server, sender=sender, message=OILY, message_id="one").json(), range(6)))
    assert answers[0] and all(one == answers[0] for one in answers)
    assert said(server_folder, f"rest:{sender}") == 1


@pytest.mark.parametrize("message_id", ["", "a b", "x" * 65, ["m"], {"m": 1}])
def test_an_id_that_cannot_be_used_is_refused(message_id: object, server: str) -> None:
    answer = post(server, sender="ids", message="hello", message_id=message_id)
    assert answer.status_code == 400 and "message_id" in answer.json()["error"]


def test_a_body_that_is_too_large_is_refused(server: str) -> None:
    answer = post(server, sender="large", message="a" * LARGEST_BODY)
    assert answer.status_code == 413 and "KiB" in answer.json()["error"]


def test_what_comes_through_a_proxy_needs_a_key(server: str) -> None:
    answer = requests.post(f"{server}{WEBHOOK}", json={"message": "hello"}, headers={"X-Forwarded-For": "10.0.0.3"}, timeout=30)
    assert answer.status_code == 403 and "REST_KEYS" in answer.json()["error"]


def test_open_to_others_it_is_off_until_there_is_a_key(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running_server(tmp_path, port, HOST="0.0.0.0"):
        answer = post(address, sender="me", message="hello")
        assert answer.status_code == 403 and answer.json()["error"].startswith("REST is off")
        assert requests.get(f"{address}/webhooks/rest/", timeout=5).json()["status"] == "off"
    assert (tmp_path / "log").read_text().count("REST is off") == 1


def test_killed_and_started_again_it_handles_no_message_twice_and_asks_for_the_key(tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}{WEBHOOK}"
    key = {"Authorization": f"Bearer {KEY}"}
    settings = {"HOST": "0.0.0.0", "REST_KEYS": f"some-other-key-of-a-shop, {KEY}", "REST_MESSAGES_PER_MINUTE": "30"}
    body = {"sender": "me", "message": "is retinol ok every night?", "message_id": "m-1"}
    with running_server(tmp_path, port, **settings) as process:
        assert requests.post(address, json=body, timeout=30).status_code == 401
        first = requests.post(address, json=body, headers=key, timeout=30)
        process.kill()
        process.wait()
    with running_server(tmp_path, port, **settings):
        again = requests.post(address, json=body, headers=key, timeout=30)
        assert first.status_code == 200 and again.json() == first.json()
        assert said(tmp_path, "rest:me") == 1
        elsewhere = {**key, "X-Forwarded-For": "10.0.0.3"}
        codes = [requests.post(address, json={**body, "message_id": f"n{number}"}, headers=elsewhere, timeout=30).status_code for number in range(12)]
        assert codes.count(429) >= 1 and codes[:10] == [200] * 10
