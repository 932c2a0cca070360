"""Several replies as one: nothing said twice, sources together at the end, one row of buttons."""

from __future__ import annotations

import re
from typing import Any, Dict, Iterable, List, Sequence

from actions.wording import MOST_BUTTONS, Wording, source_line

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)")
VERDICT_WORDS = 2
MOST_SENTENCES = 2
LISTED = re.compile(r"^- |\*\*", re.M)
DOCTOR = "doctor"


def merged(wording: Wording, replies: Sequence[Sequence[Dict[str, Any]]], asked: Iterable[str]) -> Dict[str, Any]:
    """One message out of the replies to each question, as the dispatcher's `utter_message` takes it.

    Args:
        wording: the domain's wording.
        replies: for each question in order the messages that answered it, as a dispatcher collects them.
        asked: wordings of the questions answered, which need no button.
    """
    messages = [message for reply in replies for message in reply]
    payloads = [message["custom"] for message in messages if message["custom"]]
    sources = _once(source for payload in payloads for source in payload.get("sources") or [])
    text = _unrepeated(_without_source(wording, message) for message in messages)
    source = source_line(wording, [one for one in sources if one["kind"] != "unsourced"])
    payload: Dict[str, Any] = {
        "body": _unrepeated(_body(wording, message) for message in messages),
        "verdict": DOCTOR if any(one.get("verdict") == DOCTOR for one in payloads) else None,
        "sources": sources,
        "products": _once(product for one in payloads for product in one.get("products") or []),
        "files": _once(file for one in payloads for file in one.get("files") or []),
    }
    for key in ("table", "image"):
        payload[key] = next((one[key] for one in payloads if one.get(key)), None)
    return {
        "text": f"{text}\n\n{source}" if source else text,
        "buttons": _buttons(messages, {one.lower() for one in asked}),
        "json_message": {key: value for key, value in payload.items() if value or key in ("verdict", "sources")},
    }


def shortened(text: str, message: Dict[str, Any]) -> str:
    """An answer of the rules as one of several: the first sentences of its first paragraph, and the cautions below it.
    What sends to a doctor, what the shop says, lists and products stay whole."""
    payload = message["custom"]
    if not payload.get("sources") or payload.get("verdict") == DOCTOR or payload.get("products") or LISTED.search(text):
        return text
    first, *rest = text.split("\n\n")
    kept, length = [], 0
    for sentence in SENTENCE.split(first):
        if length < MOST_SENTENCES:
            kept.append(sentence)
            length += len(sentence.split()) > VERDICT_WORDS
    return "\n\n".join([" ".join(kept), *rest])


def _body(wording: Wording, message: Dict[str, Any]) -> str:
    body = message["custom"].get("body")
    return shortened(str(body), message) if body else _without_source(wording, message)


def _without_source(wording: Wording, message: Dict[str, Any]) -> str:
    text: str = message["text"] or ""
    line = source_line(wording, message["custom"].get("sources") or [])
    return shortened(text.removesuffix(line).rstrip() if line else text, message)


def _unrepeated(texts: Iterable[str]) -> str:
    """The texts as paragraphs, without sentences that stood in one before; a text of which only its verdict is left
    goes."""
    said: set[str] = set()
    kept: List[str] = []
    for text in texts:
        fresh = "\n".join(_fresh(line, said) for line in text.split("\n")).strip()
        if len(fresh.split()) > VERDICT_WORDS or fresh == text.strip():
            kept.append(re.sub(r"\n{3,}", "\n\n", fresh))
    return "\n\n".join(kept)


def _fresh(line: str, said: set[str]) -> str:
    sentences = []
    for sentence in SENTENCE.split(line):
        if sentence.lower() not in said:
            sentences.append(sentence)
        if len(sentence.split()) > VERDICT_WORDS:
            said.add(sentence.lower())
    return " ".join(sentences)


def _buttons(messages: Iterable[Dict[str, Any]], asked: set[str]) -> List[Dict[str, str]]:
    found = [button for message in messages for button in message["buttons"]]
    return [button for button in _once(found) if button["title"].lower() not in asked][:MOST_BUTTONS]


def _once(items: Iterable[Any]) -> List[Any]:
    kept: List[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
