"""What stands in a topic: its title, what is known, and lines packed into as few messages as hold them, since a group takes few a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.phrases import phrases
from bot.support.handoff import Line, Talk
from bot.support.places import telling

LONGEST_TITLE, LONGEST_MESSAGE, LONGEST_CAPTION = 128, 4096, 1024
"""In UTF-16 code units, as Telegram counts."""


@dataclass(frozen=True)
class Block:
    """Something that is shown once: its key within the topic, its text, and the name of a picture."""

    key: str
    text: str
    picture: str = ""


@dataclass(frozen=True)
class Message:
    """Blocks that go out as one message."""

    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "\n".join(one.text for one in self.blocks)

    @property
    def picture(self) -> str:
        """The name of its picture; empty for none."""
        return self.blocks[-1].picture


def title(talk: Talk) -> str:
    """The topic's: what is wanted, and where; nothing that was told to the assistant of skin or health stands in it."""
    summary = talk.summary
    what = summary.wish or " ".join(filter(None, (summary.request, talk.order_number))) or telling.who(talk)
    mark = phrases().say("topic_emergency") if summary.emergency else ""
    where = phrases().say("topic_where", channel=talk.channel)
    room = LONGEST_TITLE - units(mark) - units(where)
    return f"{mark}{cut(telling.in_one_line(what), room)}{where}"


def opening(talk: Talk, version: str) -> Block:
    """What is known, and how to answer."""
    return Block(f"o{version}", "\n".join((*telling.facts(talk), phrases().say("topic_how"), "")))


def over(version: str) -> Block:
    """That the talk is over."""
    return Block(f"c{version}", phrases().say("topic_over"))


def block(line: Line) -> Block:
    """A line as it is shown. No part of it can be taken for a line of somebody else."""
    return Block(telling.line_key(line), telling.transcribed(line, line.text.replace("\n", "\n  ")), telling.picture_of(line))


def packed(blocks: Iterable[Block]) -> Iterator[Message]:
    """The messages that show blocks, none of which is too long for one, in order. A picture is a message with its own words alone."""
    held: list[Block] = []
    for one in blocks:
        alone = bool(one.picture)
        if held and (alone or units("\n".join(block.text for block in (*held, one))) > LONGEST_MESSAGE):
            yield Message(tuple(held))
            held = []
        if alone:
            yield Message((one,))
        else:
            held.append(one)
    if held:
        yield Message(tuple(held))


def pieces_of(whole: Block) -> Iterator[Block]:
    """A block as it goes into messages: one that is too long for one, in pieces, the same each time."""
    longest = LONGEST_CAPTION if whole.picture else LONGEST_MESSAGE
    if units(whole.text) <= longest:
        yield whole
        return
    rest, number = whole.text, 0
    while units(rest) > longest:
        piece = cut(rest, LONGEST_MESSAGE, mark="")
        yield Block(f"{whole.key}.{number}", piece)
        rest, number = rest[len(piece) :], number + 1
    if rest or whole.picture:
        yield Block(f"{whole.key}.{number}", rest, whole.picture)


def cut(text: str, most: int, mark: str = "…") -> str:
    """The beginning of a text, of at most so many units; the mark behind it where something is left out."""
    if units(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - units(mark))].decode("utf-16-le", "ignore")
    return f"{kept}{mark}"


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
