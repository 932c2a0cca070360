"""Several replies as one: nothing said twice, sources together at the end, one row of buttons."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, Sequence

from bot.answers.answer import Message
from bot.answers.turn import Turn
from bot.answers.wording import ITEM, MOST_BUTTONS, Wording
from bot.phrases import capital
from bot.rules.advice import FollowUp
from bot.understanding.frame import Frame

ENDS = (".", "!", "?")
VERDICT_WORDS = 2
MOST_SENTENCES = 2
DOCTOR = "doctor"


def joined(turns: Sequence[Turn], replies: Sequence[Sequence[Message]], left: Sequence[Frame]) -> Message:
    """One message out of the replies to each question; questions that were left come as buttons.

    Args:
        turns: the questions answered, in order.
        replies: the messages that answered each.
        left: further questions of the message.
    """
    wording = turns[0].wording
    messages = [message for reply in replies for message in reply]
    sources = _once(source for message in messages for source in message.payload.get("sources") or [])
    text = _unrepeated(_without_source(wording, message) for message in messages)
    source = wording.source_line([one for one in sources if one["kind"] != "unsourced"])
    payload: Dict[str, Any] = {
        "body": _unrepeated(_body(wording, message) for message in messages),
        "verdict": DOCTOR if any(message.payload.get("verdict") == DOCTOR for message in messages) else None,
        "sources": sources,
        "products": _once(product for message in messages for product in message.payload.get("products") or []),
        "files": _once(file for message in messages for file in message.payload.get("files") or []),
    }
    for key in ("table", "image", "reminder", "forget"):
        payload[key] = next((message.payload[key] for message in messages if message.payload.get(key)), None)
    return Message(
        f"{text}\n\n{source}" if source else text,
        tuple([*_left(left), *_buttons(wording, messages, turns)][:MOST_BUTTONS]),
        {key: value for key, value in payload.items() if value or key in ("verdict", "sources")},
    )


def sentences(text: str) -> List[str]:
    """The sentences of a line, split behind a full stop, an exclamation or a question mark and a blank."""
    found: List[str] = []
    for word in text.split(" "):
        if found and not found[-1].endswith(ENDS):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def shortened(text: str, message: Message) -> str:
    """An answer of the rules as one of several: the first sentences of its first paragraph, and the cautions below it.
    What sends to a doctor, what the shop says, lists and products stay whole."""
    payload = message.payload
    listed = "**" in text or any(line.startswith(ITEM) for line in text.split("\n"))
    if not payload.get("sources") or payload.get("verdict") == DOCTOR or payload.get("products") or listed:
        return text
    first, *rest = text.split("\n\n")
    kept: List[str] = []
    length = 0
    for sentence in sentences(first):
        if length < MOST_SENTENCES:
            kept.append(sentence)
            length += len(sentence.split()) > VERDICT_WORDS
    return "\n\n".join([" ".join(kept), *rest])


def _body(wording: Wording, message: Message) -> str:
    body = "\n\n".join(str(message.payload[key]) for key in ("body", "below") if message.payload.get(key))
    return shortened(body, message) if body else _without_source(wording, message)


def _without_source(wording: Wording, message: Message) -> str:
    line = wording.source_line(message.payload.get("sources") or [])
    return shortened(message.text.removesuffix(line).rstrip() if line else message.text, message)


def _unrepeated(texts: Iterable[str]) -> str:
    """The texts as paragraphs, without sentences that stood in one before; a text of which only its verdict is left
    goes."""
    said: set[str] = set()
    kept: List[str] = []
    for text in texts:
        fresh = "\n".join(_fresh(line, said) for line in text.split("\n")).strip()
        if len(fresh.split()) > VERDICT_WORDS or fresh == text.strip():
            while "\n\n\n" in fresh:
                fresh = fresh.replace("\n\n\n", "\n\n")
            kept.append(fresh)
    return "\n\n".join(kept)


def _fresh(line: str, said: set[str]) -> str:
    kept = []
    for sentence in sentences(line):
        if sentence.lower() not in said:
            kept.append(sentence)
        if len(sentence.split()) > VERDICT_WORDS:
            said.add(sentence.lower())
    return " ".join(kept)


def _buttons(wording: Wording, messages: Iterable[Message], turns: Sequence[Turn]) -> List[Dict[str, str]]:
    asked = {(wording.question(FollowUp(turn.asked.kind, turn.asked.subjects)) or "").lower() for turn in turns}
    found = [button for message in messages for button in message.buttons]
    return [button for button in _once(found) if button["title"].lower() not in asked]


def _left(frames: Sequence[Frame]) -> List[Dict[str, str]]:
    texts = [f"{capital(frame.text.strip().rstrip('?'))}?" for frame in frames]
    return [{"title": text, "payload": text} for text in texts]


def _once(items: Iterable[Any]) -> List[Any]:
    kept: List[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
