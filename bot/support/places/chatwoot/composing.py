"""What stands in a conversation of Chatwoot: what is known and what was said before in private notes, and what the customer writes to
the staff as the customer's own messages. And back: what a member of the staff wrote, without the marks of the editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.phrases import phrases
from bot.support.handoff import Author, Line, Talk
from bot.support.places import telling

LINK = re.compile(r"(?<!\\)!?\[([^\[\]\n]+)\]\(<?(https?://[^\s<>()]+|mailto:[^\s<>()]+)>?\)")
MARKS = (
    (re.compile(r"\\\n"), "\n"),
    (re.compile(r"(?<![\\*])\*\*(?=\S)(.+?)(?<=[^\s\\])\*\*(?!\*)"), r"\1"),
    (re.compile(r"(?<![\\*\w])\*(?=[^\s*])([^*\n]+?)(?<=[^\s\\])\*(?![*\w])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|<])"), r"\1"),
)
"""Line breaks, bold, italic, and what was written with a backslash so as not to be a mark."""


@dataclass(frozen=True)
class Block:
    """Something that is shown once: its key in the conversation, its text, the name of a picture, and whether it is the customer's own
    message and no private note."""

    key: str
    text: str
    picture: str = ""
    is_said: bool = False


@dataclass(frozen=True)
class Post:
    """Blocks that go out as one message."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "\n\n".join(one.text for one in self.blocks)

    @property
    def picture(self) -> str:
        """The name of its picture; empty for none."""
        return self.blocks[-1].picture

    @property
    def is_said(self) -> bool:
        """Whether the customer writes it."""
        return self.blocks[0].is_said


def opening(talk: Talk, version: str) -> Block:
    """What is known, and how to answer."""
    return Block(f"o{version}", "\n\n".join((*telling.facts(talk), phrases().say("chatwoot_how"))))


def over(version: str) -> Block:
    """That the talk is over."""
    return Block(f"c{version}", phrases().say("chatwoot_over"))


def block(line: Line) -> Block:
    """A line as it is shown. What the customer writes to the staff is theirs; what the assistant was told before stands in a note, in which no
    part of it can be taken for a line of somebody else."""
    is_said = line.author is Author.CUSTOMER and bool(line.number)
    text = line.text if is_said else telling.transcribed(line, line.text.replace("\n", "\n  "))
    return Block(telling.line_key(line), text, telling.picture_of(line), is_said)


def posts_of(blocks: Iterable[Block]) -> Iterator[Post]:
    """The messages that show blocks, in order: notes together, each of the customer's alone, and a picture with its own words."""
    held: list[Block] = []
    for one in blocks:
        alone = one.is_said or bool(one.picture)
        if held and alone:
            yield Post(tuple(held))
            held = []
        if alone:
            yield Post((one,))
        else:
            held.append(one)
    if held:
        yield Post(tuple(held))


def plain(written: str) -> str:
    """What was written in Chatwoot's editor, which keeps Markdown, as plain text."""
    text = LINK.sub(_link, written)
    for mark, instead in MARKS:
        text = mark.sub(instead, text)
    return text


def _link(found: re.Match[str]) -> str:
    words, address = found[1], found[2].removeprefix("mailto:")
    return address if words.replace("\\", "") in (address, address.partition("://")[2]) else f"{words} ({address})"
