"""Pictures that a customer sent: the assistant cannot look at them and says so, asks what they are about where no word came along,
and keeps them for the staff. An ingredient list it reads off one, where the owner installed what reads letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.answers.answer import Answer, Message, Words
from bot.answers.label_photo import list_on, to_correct
from bot.answers.resources import Resources
from bot.answers.turn import Turn
from bot.understanding.frame import Frame

WORDLESS, PICTURE = "refuse_no_words", "picture"


def with_picture(frame: Frame, sent: bool) -> Frame:
    """The frame; of a message without words with which a picture was sent, it is about the picture."""
    return replace(frame, kind=PICTURE) if sent and frame.kind == WORDLESS else frame


def picture(turn: Turn) -> Answer:
    """A picture without a word: what is it about? In the middle of a request it belongs to that."""
    if turn.memory.request is not None and turn.memory.request.awaits:
        return turn.reply(turn.say("picture_to_request"), memory=turn.memory)
    listed = list_on(turn.resources, turn.picture)
    if listed:
        return turn.answer(to_correct(turn.wording, listed))
    said = turn.say("picture_without_list" if turn.resources.photo_reader.languages else "picture_alone")
    return turn.answer(Words(said, buttons=turn.wording.buttons_of("picture_alone")), memory=turn.memory)


def beside_words(messages: Sequence[Message], resources: Resources, name: str) -> list[Message]:
    """The answer to words that came with a picture of this name, with what becomes of the picture at its end."""
    if not messages:
        return []
    *before, last = messages
    listed, wording = list_on(resources, name), resources.wording
    read = to_correct(wording, listed) if listed else None
    said = read.text if read else wording.say("picture_kept")
    payload = dict(last.payload)
    if payload.get("body"):
        payload["body"] = f"{payload['body']}\n\n{said}"
    if read:
        payload.update(read.payload)
    buttons = (*read.buttons, *last.buttons) if read else last.buttons
    return [*before, replace(last, text=f"{last.text}\n\n{said}".strip(), payload=payload, buttons=tuple(buttons))]


SERVICES = {PICTURE: picture}
