"""What is said to who writes in another language than English, or asks for one: in their language where there is wording in it."""

from __future__ import annotations

from bot.answers.answer import Answer, Button, Words
from bot.answers.staff.presence import presence
from bot.answers.turn import Turn


def other_language(turn: Turn) -> Answer:
    """That answers are in English, how to reach the shop, and a person where one answers in the chat or takes a message: whoever
    it is may know the language; else what can be done in English all the same. What a button sends is English, as every message that
    the assistant understands."""
    wording = turn.resources.wording_in(turn.frame.language)
    contact, people = turn.resources.shop.contact, presence(turn)
    said, buttons = [wording.say("language")], list[Button]()
    if contact.ways:  # without its English "or"
        said.append(wording.say("reach_briefly", ways=", ".join(filter(None, (contact.email, contact.phone)))))
    if people.anybody:
        said.append(wording.say("language_person" if people.there else "language_message"))
        title = wording.say("person_talk" if people.there else "person_message")
        buttons.append({"title": title, "payload": turn.say("person_talk")})
    else:
        buttons += [{"title": wording.say(key), "payload": turn.say(key)} for key in ("language_find", "language_order")]
    return turn.answer(Words("\n\n".join(said), buttons=buttons))
