"""Where the shop delivers to, and what delivery abroad costs."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.shop.matching import asked_for, said_for, sentences
from bot.answers.shop.topics import said
from bot.answers.turn import Turn
from bot.nlu.countries import countries_in, country_name
from bot.store.text import words

AREA, COST, DELIVERY = "delivery_area", "delivery_cost", "delivery"
COUNTRY = "country"
ABROAD = frozenset({"abroad", "international", "internationally", "overseas", "worldwide"})
MOST_COUNTRIES = 3


def area(turn: Turn) -> str:
    """Yes or no for each country that the question names, with what it asks for besides; where it names none, where the
    shop delivers to."""
    shop, question = turn.resources.shop, said(turn.frame)
    named = turn.frame.ids(COUNTRY, role=None)[:MOST_COUNTRIES] if shop.delivers_to else ()
    if not named:
        return said_for(shop, AREA, question)
    lines = [
        turn.say("delivers" if code in shop.delivers_to else "delivers_not", country=country_name(code)) for code in named
    ]
    asked = asked_for(shop, AREA, question)
    if not asked and not set(named) <= set(shop.delivers_to):
        asked = sentences(said_for(shop, AREA, ()))[0]
    return " ".join(part for part in (*lines, asked) if part)


def cost(turn: Turn) -> str:
    """What delivery costs; abroad first, where a country is named, or was when delivery was talked of last, that the
    policy's first sentence does not name."""
    shop = turn.resources.shop
    policy = shop.policy(COST)
    if policy is None:
        return ""
    lines = sentences(policy.say)
    named, at_home = _countries(turn), {code for code, _ in countries_in(lines[0])}
    abroad = [one for one in lines if ABROAD.intersection(words(one))] if named and not set(named) & at_home else []
    if abroad:
        return " ".join([abroad[0], *(one for one in lines if one != abroad[0])])
    return said_for(shop, COST, (*said(turn.frame), *_before(turn)))


def _countries(turn: Turn) -> List[str]:
    """Codes of the countries that the question names, else those named when delivery was talked of last."""
    named = list(turn.frame.ids(COUNTRY, role=None))
    return named or [code for code, _ in countries_in(" ".join(_before(turn)))]


def _before(turn: Turn) -> Sequence[str]:
    """The words in which delivery was asked about just before."""
    shown = turn.memory.shown
    return words(shown.said) if shown.policy.startswith(DELIVERY) else ()
