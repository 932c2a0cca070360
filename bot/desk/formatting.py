"""What was said, as markup for the desk's pages: the marks that the widget knows (bold, lists, links), everything else escaped."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Iterator

from markupsafe import Markup, escape

_MARKS = re.compile(r"\*\*([^*\n]+)\*\*|\[([^\[\]\n]{1,300})\]\((https?://[^()\s]{1,2000})\)")
_ITEM = "- "
LINK = Markup('<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>')


def marked(text: str) -> Markup:
    """Text as the assistant writes it: paragraphs, lists, **bold** and [links](https://...)."""
    return Markup("").join(_blocks(text))


def plain(text: str) -> Markup:
    """Text as a person wrote it: its lines, and nothing else. Links stay words, as a stranger chose where they lead."""
    return Markup("<p>{}</p>").format(Markup("<br>").join(line.rstrip() for line in text.strip().splitlines()))


def moment(timestamp: float) -> datetime:
    """Seconds since 1970 as a moment in UTC."""
    return datetime.fromtimestamp(timestamp, timezone.utc)


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in a word that fits a list: "now", "4 min", "2 h", "3 d"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min" if minutes else "now"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"


def initials(name: str) -> str:
    """One or two letters that stand for a name."""
    words = [word for word in re.split(r"[\s._-]+", name) if word]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def _blocks(text: str) -> Iterator[Markup]:
    """A block for each paragraph and each list."""
    open_lines: list[str] = []
    for line in (*text.splitlines(), ""):
        is_item = line.startswith(_ITEM)
        ends = open_lines and (not line.strip() or is_item != open_lines[0].startswith(_ITEM))
        if ends:
            yield _block(open_lines)
            open_lines = []
        if line.strip():
            open_lines.append(line)


def _block(lines: list[str]) -> Markup:
    if lines[0].startswith(_ITEM):
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(_line(line[len(_ITEM):])) for line in lines))
    return Markup("<p>{}</p>").format(Markup("<br>").join(_line(line.strip()) for line in lines))


def _line(line: str) -> Markup:
    parts, position = [], 0
    for found in _MARKS.finditer(line):
        parts.append(escape(line[position : found.start()]))
        parts.append(Markup("<strong>{}</strong>").format(found[1]) if found[1] else LINK.format(found[3], found[2]))
        position = found.end()
    return Markup("").join((*parts, escape(line[position:])))
