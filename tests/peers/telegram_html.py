"""Telegram's HTML parse mode, as strict as the Bot API: what it cannot parse is refused, never guessed."""

from __future__ import annotations

import html
import re

TAGS = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler", "span",
}
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)>")
HREF = re.compile(r"""^\s+href=(?:"([^"]*)"|'([^']*)')\s*$""")


class ParseError(ValueError):
    """The text is no valid HTML for Telegram; the message ends the Bot API's "can't parse entities: "."""


def parse(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Takes the markup out of a text.

    Returns:
        The plain text, and the entities as (tag, text it covers, address for links).

    Raises:
        ParseError: for an unknown or unclosed tag or a bare "<".
    """
    plain: list[str] = []
    entities: list[tuple[str, str, str]] = []
    open_tags: list[tuple[str, int, str]] = []
    position = 0
    while position < len(text):
        if text[position] != "<":
            end = text.find("<", position)
            end = len(text) if end < 0 else end
            plain.append(_unescaped(text[position:end]))
            position = end
            continue
        found = TAG.match(text, position)
        if found is None:
            raise ParseError(f'Unsupported start tag "" at byte offset {position}')
        position = found.end()
        name = found[2].lower()
        if name not in TAGS:
            raise ParseError(f'Unsupported start tag "{name}" at byte offset {found.start()}')
        if found[1]:
            if not open_tags or open_tags[-1][0] != name:
                raise ParseError(f'Unmatched end tag at byte offset {found.start()}, found "</{name}>"')
            tag, start, address = open_tags.pop()
            entities.append((tag, "".join(plain)[start:], address))
        else:
            href = HREF.match(found[3]) if name == "a" else None
            address = html.unescape(href[1] or href[2] or "") if href else ""
            open_tags.append((name, len("".join(plain)), address))
    if open_tags:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(plain), entities


def _unescaped(text: str) -> str:
    return ENTITY.sub(lambda found: html.unescape(found[0]), text)
