"""Pictures over REST: brought, named in a message, seen by a person, and nobody else's."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import requests

from bot.channels.rest_pictures import AT_ONCE
from bot.store.pictures import PictureStore
from bot.support.handoff import PICTURE, Author
from tests.channels.handoff.conftest import Shop
from tests.pictures import SECRET, photo


def bring(shop: Shop, sender: str, raw: bytes = b"", **fields: Any) -> requests.Response:
    """Brings a picture."""
    sent = {"sender": sender, "id": uuid4().hex, **fields}
    return requests.post(f"{shop.address}/webhooks/rest/pictures", data=sent, files={"picture": ("a.jpg", raw or photo())}, timeout=30)


def say(shop: Shop, sender: str, **body: Any) -> requests.Response:
    """Sends a message."""
    return requests.post(f"{shop.address}/webhooks/rest/webhook", json={"sender": sender, **body}, timeout=30)


def test_to_the_assistant_and_on_to_a_person(staffed: Shop) -> None:
    sender = uuid4().hex
    first = bring(staffed, sender, id="p1").json()["name"]
    assert bring(staffed, sender, id="p1").json()["name"] == first, "it is kept once"
    asked = say(staffed, sender, picture=first, message_id="m1")
    assert "What is the picture about?" in asked.json()[0]["text"]
    assert say(staffed, sender, picture=first, message_id="m1").json() == asked.json(), "sent again, it is answered once"
    second = bring(staffed, sender).json()["name"]
    assert "I can't look at" in say(staffed, sender, message="how long does delivery take", picture=second).json()[-1]["text"]
    say(staffed, sender, message="talk to a human")
    third = bring(staffed, sender).json()["name"]
    (kept,) = say(staffed, sender, picture=third).json()
    assert "text" not in kept
    lines = [line for line in staffed.talks.thread(f"rest:{sender}") if line.author is Author.CUSTOMER and line.data.get(PICTURE)]
    assert [line.data[PICTURE] for line in lines] == [first, second, third] and lines[-1].text == "Picture"
    stored = PictureStore(staffed.database).find(third)
    assert stored is not None and stored.conversation == f"rest:{sender}" and SECRET not in stored.content


def test_what_is_refused_is_told(staffed: Shop) -> None:
    sender, other = uuid4().hex, uuid4().hex
    name = bring(staffed, sender).json()["name"]
    assert say(staffed, other, message="look", picture=name).status_code == 400, "it is somebody else's"
    assert say(staffed, sender, message="look", picture=name, message_id="a").status_code == 200
    assert say(staffed, sender, message="look", picture=name, message_id="b").status_code == 400, "another message has it"
    assert say(staffed, sender, message="look", picture=["x"]).status_code == 400
    unread = bring(staffed, sender, b"%PDF-1.4")
    assert unread.status_code == 422 and "couldn't read that as a picture" in unread.json()["error"]
    assert bring(staffed, sender, id="../x").status_code == 400 and bring(staffed, "").status_code == 400
    proxied = requests.post(f"{staffed.address}/webhooks/rest/pictures", headers={"X-Forwarded-For": "203.0.113.7"}, timeout=30)
    assert proxied.status_code == 401 or proxied.status_code == 403, "only programs on this machine, without a key"
    assert [bring(staffed, other, b"no picture").status_code for _ in range(AT_ONCE + 1)][-1] == 429
