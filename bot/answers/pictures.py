"""Pictures that a customer sent: the assistant cannot look at them and says so, asks what they are about where no word came along,
and keeps them for the staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.answers.answer import Answer, Message, Words
from bot.answers.turn import Turn
from bot.answers.wording import Wording
from bot.understanding.frame import Frame

WORDLESS, PICTURE = "refuse_no_words", "picture"


def with_picture(frame: Frame, sent: bool) -> Frame:
    """The frame; of a message without words with which a picture was sent, it is about the picture."""
    return replace(frame, kind=PICTURE) if sent and frame.kind == WORDLESS else frame


def picture(turn: Turn) -> Answer:
    """A picture without a word: what is it about? In the middle of a request it belongs to that."""
    if turn.memory.request is not None and turn.memory.request.awaits:
        return turn.reply(turn.say("picture_to_request"), memory=turn.memory)
    return turn.answer(Words(turn.say("picture_alone"), buttons=turn.wording.buttons_of("picture_alone")), memory=turn.memory)


def beside_words(messages: Sequence[Message], wording: Wording) -> list[Message]:
    """The answer to words that came with a picture, with what becomes of the picture at its end."""
    if not messages:
        return []
    *before, last = messages
    said = wording.say("picture_kept")
    payload = dict(last.payload)
    if payload.get("body"):
        payload["body"] = f"{payload['body']}\n\n{said}"
    return [*before, replace(last, text=f"{last.text}\n\n{said}".strip(), payload=payload)]


SERVICES = {PICTURE: picture}
