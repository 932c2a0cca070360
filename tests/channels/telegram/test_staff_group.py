"""The staff answer in a Telegram group, over the running server: customers on other channels and on Telegram itself, and nothing of the
group is ever taken for a customer's."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import requests

from bot.channels.telegram.api import SECRET_HEADER
from tests.channels.telegram.server import ServerProcess
from tests.conftest import Assistant, without_codes
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.telegram_state import BOT

GROUP, MINA, JOON, CUSTOMER = -1009876543210, 11, 12, 7001
NAME = str(BOT["username"])
Both = tuple[TelegramPeer, ServerProcess]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Telegram with the staff's group, and a server of theirs."""
    peer = TelegramPeer().start()
    peer.open_forum(GROUP, members={MINA: "administrator", JOON: "member"})
    folder = tmp_path_factory.mktemp("group")
    shop = without_codes(folder)
    lines = shop.read_text(encoding="utf-8").splitlines(keepends=True)
    shop.write_text("".join(line for line in lines if not line.startswith("  hours:")), encoding="utf-8")  # somebody is always there
    process = ServerProcess(
        folder, SHOP=str(shop), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=peer.address, TELEGRAM_STAFF_GROUP=str(GROUP)
    )
    process.variables["TELEGRAM_WEBHOOK_URL"] = process.address
    try:
        process.start()
        peer.until(lambda: bool(peer.state.webhook["url"]), 60)
        yield peer, process
    finally:
        process.stop()
        peer.stop()


def in_topic(peer: TelegramPeer, topic: int) -> str:
    return "\n".join(one.text for one in peer.chat(GROUP) if one.thread == topic)


def new_topic(peer: TelegramPeer, before: dict[int, str]) -> int:
    peer.until(lambda: len(peer.topics(GROUP)) > len(before), 30, lambda: str(peer.calls[-5:]))
    return max(peer.topics(GROUP))


def test_a_customer_over_rest_is_answered_from_the_group(both: Both) -> None:
    peer, process = both
    before, customer = peer.topics(GROUP), Assistant(process.address)
    assert "passed you on" in customer.text("I want to talk to a person")
    assert customer.text("where is order 10432?") == ""
    topic = new_topic(peer, before)
    peer.until(lambda: "Customer: where is order 10432?" in in_topic(peer, topic))
    peer.write(GROUP, topic, JOON, "I am looking for it.", "Joon")
    peer.until(lambda: len(_read(process, customer)) == 2, 30, lambda: str(_read(process, customer)))
    assert _read(process, customer) == ["Joon joined the chat.", "I am looking for it."]
    customer.say("thank you")
    peer.until(lambda: "Customer: thank you" in in_topic(peer, topic))
    peer.write(GROUP, topic, JOON, "/back", "Joon")
    peer.until(lambda: (GROUP, topic) in peer.state.closed_topics)
    assert "serum" in customer.text("What is a serum?").lower()


def _read(process: ServerProcess, customer: Assistant) -> list[str]:
    """All that the staff and the talk itself said to a customer."""
    found = requests.get(f"{process.address}/webhooks/rest/messages", params={"sender": customer.sender, "after": "0"}, timeout=10)
    assert found.status_code == 200, found.text
    return [str(one["text"]) for one in found.json()["messages"]]


def test_a_customer_on_telegram_and_the_staff_there_are_kept_apart(both: Both) -> None:
    peer, process = both
    before = peer.topics(GROUP)
    peer.say(CUSTOMER, "I want to talk to a person")
    peer.wait(CUSTOMER, 1)
    topic = new_topic(peer, before)
    peer.say(CUSTOMER, "my parcel is wet")
    peer.until(lambda: "Customer: my parcel is wet" in in_topic(peer, topic))
    update = peer.write(GROUP, topic, MINA, f"@{NAME} I am sorry!", "Mina")
    peer.until(lambda: any("I am sorry!" in one.text for one in peer.chat(CUSTOMER)))
    secret = str(peer.state.webhook["secret"])
    for _ in range(2):  # Telegram brings an update again
        answer = requests.post(f"{process.address}/webhooks/telegram/webhook", json=update, headers={SECRET_HEADER: secret}, timeout=10)
        assert answer.status_code == 200
    peer.write(GROUP, topic, JOON, "me too", "Joon")
    peer.until(lambda: "Mina has this conversation" in in_topic(peer, topic))
    assert [one.text for one in peer.chat(CUSTOMER)[1:]] == ["Mina joined the chat.", f"Mina: @{NAME} I am sorry!"]


def test_what_is_said_elsewhere_in_the_group_is_nobodys(both: Both) -> None:
    peer, _ = both
    before = len(peer.chat(GROUP))
    peer.write(GROUP, None, MINA, f"@{NAME} What is a serum?", "Mina")
    peer.write(GROUP, None, MINA, "/help", "Mina")
    own = peer.create_topic(GROUP, MINA, "Lunch")
    peer.write(GROUP, own, MINA, "/quiz", "Mina")
    peer.send(my_chat_member={
        "chat": {"id": GROUP, "type": "supergroup"}, "from": {"id": MINA, "is_bot": False, "first_name": "Mina"}, "date": 1,
        "old_chat_member": {"status": "left"}, "new_chat_member": {"status": "member"},
    })
    peer.state.queries["g"] = time.monotonic()
    peer.send(callback_query={
        "id": "g", "from": {"id": MINA, "is_bot": False, "first_name": "Mina"}, "data": "x", "chat_instance": "1",
        "message": {"message_id": 1, "date": 1, "chat": {"id": GROUP, "type": "supergroup"}},
    })
    peer.say(CUSTOMER + 1, "hello")
    peer.wait(CUSTOMER + 1, 1)
    time.sleep(0.5)
    assert len(peer.chat(GROUP)) == before
    assert [one["command"] for one in peer.state.chat_commands[GROUP]] == ["note", "back", "close", "unresolved", "take", "help"]


def test_a_group_tells_its_number(both: Both) -> None:
    peer, _ = both
    peer.say(-5005, f"/group@{NAME}", user_id=3)
    assert "TELEGRAM_STAFF_GROUP=-5005" in peer.wait(-5005, 1)[0].text
