"""Brands: which the shop sells, and those asked for that it does not."""

from __future__ import annotations

from typing import Tuple

from bot.answers.answer import Answer
from bot.answers.turn import Turn
from bot.rules.names import listed
from bot.store.text import fold


def list_brands(turn: Turn) -> Answer:
    """All brands of the shop."""
    return turn.reply(turn.say("brands_sold", brands=listed(turn.products.brands())))


def sold_brands(turn: Turn) -> Tuple[str, ...]:
    """The brands that the question names and the shop sells, by the shop's name for them."""
    own = {fold(one): one for one in turn.products.brands()}
    return tuple(own[fold(one)] for one in turn.frame.ids("brand") if fold(one) in own)


def not_sold(turn: Turn) -> Answer:
    """That the shop does not sell the brand asked for, and which it sells."""
    asked = turn.frame.ids("brand")[0]
    return turn.reply(turn.say("brand_not_sold", brand=asked, brands=listed(turn.products.brands())))
