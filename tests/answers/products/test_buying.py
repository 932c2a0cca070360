"""About to buy: reduced prices, and presents within a budget."""

from __future__ import annotations

from typing import List

import pytest

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.understanding.memory import Memory
from tests.answers.talking import Talk
from tests.understanding.reading import read

NEW = Memory()
REDUCED, FULL = "narusol-madeca-quiet-ampoule", "haneul-dew-hyaluronic-ampoule"


def said(resources: Resources, text: str, kind: str, page: str = "", memory: Memory = NEW) -> tuple[Message, Memory]:
    """The message that answers a text of which the classifier guesses this kind, and the memory after it."""
    (message, *_), after = reply([read(text, kind)], memory, Place(page, "test", 0.0), resources)
    return message, after


def handles(message: Message) -> List[str]:
    return [one["handle"] for one in message.payload["products"]]


def test_reduced_products_are_listed_with_the_price_before(talk: Talk) -> None:
    message, _ = said(talk.resources, "what is on sale right now", "discount")
    assert "100 ml 48.00 USD instead of 54.00 USD" in message.text and REDUCED in handles(message)


def test_a_kind_of_which_nothing_is_reduced(talk: Talk) -> None:
    message, _ = said(talk.resources, "any reduced serums", "find_product")
    assert message.text.startswith("Nothing of that kind is marked as reduced")


@pytest.mark.parametrize(
    ("page", "first"),
    [(REDUCED, "Narusol Madeca Quiet Ampoule is reduced: 100 ml 48.00 USD"), (FULL, "Haneul Dew Hyaluronic Ampoule is not reduced")],
)
def test_a_reduction_is_told_of_the_product_on_the_page(talk: Talk, page: str, first: str) -> None:
    message, _ = said(talk.resources, "any 50% off?", "percent", page)
    assert message.text.startswith(first)


def test_without_a_product_a_reduction_is_the_policy(talk: Talk) -> None:
    assert said(talk.resources, "any 50% off?", "percent")[0].text.startswith("Current offers")


def test_presents_are_gentle_and_within_the_budget(talk: Talk) -> None:
    message, memory = said(talk.resources, "a present for my sister, up to 40 dollars", "find_product")
    found = talk.turn("find_product", "").products.by_handles(handles(message))
    assert found and all(one.price_min <= 4000 and one.in_stock for one in found)
    assert len({talk.resources.items.type_of(one) for one in found}) == len(found)
    cheaper, _ = said(talk.resources, "not over 20 dollars", "find_product", memory=memory)
    assert "presents" in cheaper.text and "18.00 USD" in cheaper.text


def test_no_present_within_the_budget_is_said(talk: Talk) -> None:
    assert said(talk.resources, "gift ideas under 1 dollar", "find_product")[0].text.startswith("I find no present")
