"""Brands: which the shop sells, and those asked for that it does not."""

from __future__ import annotations

from dataclasses import replace
from typing import Collection, List, Sequence, Tuple

from bot.answers.answer import Answer
from bot.answers.turn import Turn
from bot.rules.names import listed
from bot.store.text import fold
from bot.understanding.frame import NEGATED


def list_brands(turn: Turn) -> Answer:
    """All brands of the shop."""
    return turn.reply(turn.say("brands_sold", brands=listed(turn.products.brands())))


def sold_brands(turn: Turn, asked: Collection[str] | None = None) -> Tuple[str, ...]:
    """The brands that the question names, or of those the ones `asked`, that the shop sells, by the shop's name for them."""
    named = turn.frame.ids("brand")
    return _sold(turn, named if asked is None else [one for one in named if one in asked])


def unwanted_brands(turn: Turn) -> Tuple[str, ...]:
    """The brands of the shop that the question does not want."""
    return _sold(turn, turn.frame.ids("brand", role=NEGATED))


def _sold(turn: Turn, named: Sequence[str]) -> Tuple[str, ...]:
    if not named:
        return ()
    own = {fold(one): one for one in turn.products.brands()}
    found = (own[text] for one in named for text in _wordings(turn, one) if text in own)
    return tuple(dict.fromkeys(found))


def _wordings(turn: Turn, brand: str) -> List[str]:
    """The folded names of a brand, in Latin letters and in Korean: a shop may write either."""
    named = fold(brand)
    known = [(entry.name, *entry.aliases, *entry.ko) for entry in turn.knowledge.brands.values()]
    same = [list(map(fold, names)) for names in known]
    return next((names for names in same if named in names), [named])


def not_sold(turn: Turn) -> Answer:
    """That the shop does not sell the brand asked for, and which it sells."""
    asked = turn.frame.ids("brand")[0]
    answered = turn.reply(turn.say("brand_not_sold", brand=asked, brands=listed(turn.products.brands())))
    known = asked in turn.knowledge.brands or any(entry.name == asked for entry in turn.knowledge.brands.values())
    return replace(answered, lacks=f"the brand {asked}" if known else "")
