"""What a service says: an `Answer` of parts, which the gate looks through and which then become messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Sequence, Union

from bot.rules.advice import Advice
from bot.rules.steps import Step
from bot.store.views import ProductView
from bot.understanding.memory import Memory

Button = dict[str, str]


@dataclass(frozen=True)
class Statements:
    """Advice of the rules. `polar`: yes or no goes in front; `cite`: its sources go behind; `intro`: a sentence before all of
    it. `payload`: further keys of the message."""

    advice: Advice
    polar: bool = False
    cite: bool = True
    intro: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A product that is shown, and why. `buyable`: its card may lead into the cart, which the gate takes from what this person
    must leave."""

    product: ProductView
    reason: str = ""
    buyable: bool = True


@dataclass(frozen=True)
class Link:
    """An address of the shop's in a line of text."""

    line: str
    address: str


@dataclass(frozen=True)
class Offers:
    """A list of products between what introduces it and what is said below. `for_use`: it is meant to be put on, so that the
    gate takes out what this person must leave. `hints` stand in a paragraph of their own where `apart`; `more` says how many more
    there are, for channels that show no button for them. `links` stand below the intro as text; where a card leads to the same
    address, it does without them."""

    intro: Sequence[str]
    offers: Sequence[Offer]
    hints: Sequence[str] = ()
    buttons: Sequence[Button] = ()
    for_use: bool = True
    apart: bool = False
    more: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Words:
    """A text in words of `data/responses`, filled.

    Attributes:
        text: the body, in the page's small markup.
        uses: ids of what the text tells the person to use; `steps` the same as steps of a routine. The gate holds both
            against the person.
        sources: keys of sources; `cite` whether the text names them at its end.
        verdict: as channels show it.
        products: shown as cards beside the text.
        payload: further keys of the message, such as "table", "image", "files", "reminder", "forget", "finder".
    """

    text: str
    buttons: Sequence[Button] = ()
    uses: Sequence[str] = ()
    steps: Sequence[Step] = ()
    sources: Sequence[str] = ()
    cite: bool = True
    verdict: str | None = None
    products: Sequence[Offer] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)


Part = Union[Statements, Offers, Words]


@dataclass(frozen=True)
class Answer:
    """The parts of an answer in order, and what the conversation keeps after it. `lacks`: what was asked for and the shop has not, for its owner."""

    parts: tuple[Part, ...]
    memory: Memory
    lacks: str = ""


@dataclass(frozen=True)
class Message:
    """A message as channels get it: text, buttons, and the same as data."""

    text: str
    buttons: tuple[Button, ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)
