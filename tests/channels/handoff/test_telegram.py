"""A person on Telegram: under their name in the same chat; commands and pictures reach them, and a server that dies loses nothing."""

from __future__ import annotations

from bot.support.handoff import Author, Owner
from tests.channels.handoff.conftest import Shop


def texts(shop: Shop, chat: int) -> list[str]:
    return [message.text for message in shop.peer.chat(chat)]


def written(shop: Shop, chat: int) -> list[str]:
    return [line.text for line in shop.talks.lines(f"telegram:{chat}") if line.author is Author.CUSTOMER]


def test_a_person_joins_and_is_left_by_a_button(staffed: Shop, chat: int) -> None:
    peer, mine = staffed.peer, f"telegram:{chat}"
    peer.say(chat, "talk to a human")
    assert "I've passed you on" in peer.wait(chat, 1)[0].text
    peer.say(chat, "can I use an ampoule every day?")
    peer.until(lambda: len(written(staffed, chat)) == 1)  # the peer brings what is said at once over connections side by side
    peer.say(chat, "/help")
    peer.until(lambda: len(written(staffed, chat)) == 2)
    peer.say(chat, None, photo=[{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}])
    peer.until(lambda: len(written(staffed, chat)) == 3)
    assert written(staffed, chat)[:2] == ["can I use an ampoule every day?", "/help"] and "photo" in written(staffed, chat)[2]
    staffed.talks.reply(mine, "Mia", "Hi, I see it.", "1")
    peer.wait(chat, 3)
    assert texts(staffed, chat)[1:] == ["Mia joined the chat.", "Mia: Hi, I see it."]
    peer.press(chat, "Back to the assistant")
    assert "I'm the assistant again" in peer.wait(chat, 4)[3].text
    assert staffed.talk(mine).owner is Owner.ASSISTANT
    peer.say(chat, "can I use an ampoule every day?")
    assert peer.wait(chat, 5)[4].text.startswith("No.")


def test_an_edited_message_reaches_the_person_and_a_repeated_update_does_not(staffed: Shop, chat: int) -> None:
    peer = staffed.peer
    peer.say(chat, "talk to a human")
    peer.wait(chat, 1)
    update = peer.say(chat, "my order is 1043")
    peer.until(lambda: len(written(staffed, chat)) == 1)
    edited = {**update["message"], "text": "my order is 10432", "edit_date": update["message"]["date"] + 1}
    peer.send(edited_message=edited)
    peer.until(lambda: len(written(staffed, chat)) == 2)
    assert written(staffed, chat) == ["my order is 1043", "my order is 10432"]


def test_a_server_that_dies_loses_and_doubles_nothing(staffed: Shop, chat: int) -> None:
    peer, mine = staffed.peer, f"telegram:{chat}"
    peer.say(chat, "talk to a human")
    peer.wait(chat, 1)
    staffed.process.stop(kill=True)
    staffed.talks.reply(mine, "Tom", "While you were away", "1")
    peer.say(chat, "anybody?")
    staffed.process.start()
    peer.until(lambda: written(staffed, chat) == ["anybody?"] and len(texts(staffed, chat)) == 3, 60)
    assert texts(staffed, chat)[1:] == ["Tom joined the chat.", "Tom: While you were away"]
    staffed.talks.reply(mine, "Tom", "Back again", "2")
    peer.until(lambda: len(texts(staffed, chat)) == 4)
    assert written(staffed, chat) == ["anybody?"]
