"""Replies in Telegram's own form: HTML, messages under the length limit, keyboards laid out by label length.

Limits are those of the Bot API: 4,096 UTF-16 units a message after the markup is taken out.
"""

from __future__ import annotations

import html
import re
from typing import Any, Mapping, Sequence

LONGEST_MESSAGE = 4096
LONGEST_VERDICT = 90
WIDTH = 34
MOST_IN_A_ROW = 3
LONGEST_LABEL = 60

_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()\[\]]+)\)")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s{1,9}")
_HEADLINE = re.compile(r"\A[^\n]*?[.!?:](?=\s|$)")


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, longest: int = LONGEST_MESSAGE) -> list[str]:
    """Splits a plain reply into parts of at most `longest` units, at the end of a line, else of a sentence, else of
    a word."""
    parts: list[str] = []
    current = ""
    for chunk in _chunks(text, longest):
        if current and units(current + chunk) > longest:
            parts.append(current.strip("\n "))
            current = ""
        current += chunk
    if current.strip():
        parts.append(current.strip("\n "))
    return parts


def _chunks(text: str, longest: int) -> list[str]:
    """Lines with their line ends; a line that is too long in sentences, a sentence that is too long in words, and a
    word that is too long in slices."""
    chunks: list[str] = []
    for line in text.splitlines(keepends=True):
        if units(line) <= longest:
            chunks.append(line)
            continue
        for sentence in _SENTENCE_END.split(line):
            fits = units(sentence) < longest
            for word in [f"{sentence} "] if fits else re.findall(r"\S+\s*", sentence):
                chunks.extend([word] if units(word) <= longest else _slices(word, longest // 2))
    return chunks


def _slices(word: str, length: int) -> list[str]:
    return [word[start : start + length] for start in range(0, len(word), length)]


def to_html(text: str) -> str:
    """The markup of a reply's body (bold, lists, links) as Telegram's HTML; everything else escaped."""
    kept: list[str] = []
    position = 0
    for found in _LINK.finditer(text):
        kept.append(_bold(text[position : found.start()]))
        kept.append(f'<a href="{html.escape(found[2])}">{html.escape(found[1], quote=False)}</a>')
        position = found.end()
    kept.append(_bold(text[position:]))
    return re.sub(r"(?m)^- ", "• ", "".join(kept))


def _bold(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))


def with_bold_verdict(body: str) -> str:
    """The body with its first sentence, or what stands before a colon, bold where that is short enough for a verdict."""
    found = _HEADLINE.match(body)
    if found is None or units(found[0]) > LONGEST_VERDICT or "**" in found[0]:
        return body
    return f"**{found[0]}**{body[found.end():]}"


def sources_line(label: str, sources: Sequence[Mapping[str, Any]]) -> str:
    """One line of HTML that names the sources, each a link where it has an address; empty without any."""
    named: dict[str, str] = {}
    for source in sources:
        if source.get("kind") == "unsourced":
            continue
        name = html.escape(str(source.get("publisher")), quote=False)
        address = str(source.get("address") or "")
        link = address.startswith(("https://", "http://"))
        named.setdefault(name, f'<a href="{html.escape(address)}">{name}</a>' if link else name)
    listed = "; ".join(list(named.values())[:3])
    return f"<i>{html.escape(label, quote=False)}</i> {listed}" if listed else ""


def keyboard(buttons: Sequence[tuple[str, str]], links: Sequence[tuple[str, str]] = ()) -> dict[str, Any] | None:
    """An inline keyboard of (label, data): short labels share a row, long ones stand alone; above them (label, address), each in
    a row of its own. None without buttons."""
    rows: list[list[dict[str, str]]] = [[{"text": _short(label), "url": address}] for label, address in links]
    room = 0
    for place, (label, data) in enumerate(buttons):
        label = _short(label)
        if not place or len(rows[-1]) == MOST_IN_A_ROW or room + len(label) > WIDTH:
            rows.append([])
            room = 0
        rows[-1].append({"text": label, "callback_data": data})
        room += len(label) + 4
    return {"inline_keyboard": rows} if rows else None


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
