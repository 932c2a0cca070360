"""Where the shop delivers to, and what delivery abroad costs."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from bot.answers.joining import sentences
from bot.answers.turn import Turn
from bot.nlu.countries import countries_in, country_name
from bot.store.text import words
from bot.understanding.frame import Frame, kind_of_intent

AREA, COST, TIME, DELIVERY = "delivery_area", "delivery_cost", "delivery_time", "delivery"
COUNTRY = "country"
OTHER_HALF = {
    TIME: (COST, ("how much", "what price", "price", "cost", "costs", "fee", "fees")),
    COST: (TIME, ("how long", "how fast", "how soon", "how quick", "how many days", "when will it", "when does it", "and time")),
}
"""Of a kind of question the kind that may be asked beside it, and by which words."""
NO_HALF: Tuple[str, Tuple[str, ...]] = ("", ())
ABROAD = frozenset({"abroad", "international", "internationally", "overseas", "worldwide"})
MOST_COUNTRIES = 3


def area(turn: Turn) -> str:
    """Yes or no for each country that the question names; where it names none, or one not delivered to, where the shop
    delivers to."""
    return _area_of(turn, _named(turn))


def _area_of(turn: Turn, named: Sequence[str]) -> str:
    """The same for these countries."""
    shop = turn.resources.shop
    policy = shop.policy(AREA)
    say = policy.say if policy else ""
    if not named:
        return say
    lines = [_delivers(turn, code) for code in named]
    where = [] if set(named) <= set(shop.delivers_to) else sentences(say)[:1]
    return " ".join([*lines, *where])


def cost(turn: Turn) -> str:
    """What delivery costs; abroad first, where a country is named, or was when delivery was talked of last, that the
    policy's first sentence does not name."""
    policy = turn.resources.shop.policy(COST)
    if policy is None:
        return ""
    lines = sentences(policy.say)
    named, at_home = _countries(turn), {code for code, _ in countries_in(lines[0])}
    abroad = [one for one in lines if ABROAD.intersection(words(one))] if named and not set(named) & at_home else []
    return " ".join([abroad[0], *(one for one in lines if one != abroad[0])]) if abroad else policy.say


def asks_both_halves(frame: Frame) -> bool:
    """Whether both the time and the price of delivery are asked, which no narrower topic answers."""
    return _asks(frame, OTHER_HALF.get(kind_of_intent(frame.intent), NO_HALF)[1])


def halves_beside(turn: Turn) -> Sequence[str]:
    """What it costs and how long it takes, where a question about another topic of delivery asks for that too."""
    return [policy_or_cost(turn, kind) for kind, by in OTHER_HALF.values() if _asks(turn.frame, by)]


def policy_or_cost(turn: Turn, kind: str) -> str:
    """What the shop says on the cost of delivery, or on how long it takes."""
    policy = turn.resources.shop.policy(kind)
    return cost(turn) if kind == COST else policy.say if policy else ""


def countries_beside(turn: Turn) -> str:
    """Yes or no for the countries that a question names beside its topic: "is Vienna all right, and who pays the duties?"."""
    return named_countries(turn) if kind_of_intent(turn.frame.intent) == AREA else ""


def named_countries(turn: Turn) -> str:
    """Yes or no for each of the countries that a message names."""
    return " ".join(_delivers(turn, code) for code in _named(turn))


def not_delivered_to(turn: Turn, kind: str) -> str:
    """That the shop does not deliver to where a question is about, and where it does; empty where it delivers to one of the places named, or none is.
    What is said of delivery at large would sound like a yes. How long it takes and what it costs is asked of the place named before, too."""
    delivers_to = turn.resources.shop.delivers_to
    named = (_countries(turn) if kind in (TIME, COST) else turn.frame.ids(COUNTRY, role=None))[:MOST_COUNTRIES] if delivers_to else ()
    if not named or set(named) & set(delivers_to):
        return ""
    return _area_of(turn, named)


def _named(turn: Turn) -> Sequence[str]:
    return turn.frame.ids(COUNTRY, role=None)[:MOST_COUNTRIES] if turn.resources.shop.delivers_to else ()


def _delivers(turn: Turn, code: str) -> str:
    return turn.say("delivers" if code in turn.resources.shop.delivers_to else "delivers_not", country=country_name(code))


def beside(turn: Turn, kind: str) -> str:
    """The half of a question about delivery that its kind leaves out: what it costs beside how long it takes, and the other way round; empty
    where only one is asked for."""
    other, by = OTHER_HALF.get(kind, NO_HALF)
    return policy_or_cost(turn, other) if _asks(turn.frame, by) else ""


def _asks(frame: Frame, phrases: Sequence[str]) -> bool:
    """True where one of the phrases stands in the question."""
    said = f" {' '.join(words(frame.text))} "
    return any(f" {one} " in said for one in phrases)


def _countries(turn: Turn) -> List[str]:
    """Codes of the countries that the question names, else those named when delivery was talked of last."""
    named = list(turn.frame.ids(COUNTRY, role=None))
    return named or [code for code, _ in countries_in(" ".join(_before(turn)))]


def kept_words(turn: Turn, kind: str) -> str:
    """The words in which a policy was asked for, as they are kept; a question about delivery that names no country is kept behind the one before
    it, which may."""
    said, shown = " ".join(turn.frame.words), turn.memory.shown
    goes_on = kind.startswith(DELIVERY) and shown.policy.startswith(DELIVERY) and not turn.frame.of(COUNTRY)
    return f"{shown.said}; {said}" if goes_on and shown.said else said


def _before(turn: Turn) -> Sequence[str]:
    """The words in which delivery was asked about just before."""
    shown = turn.memory.shown
    return words(shown.said) if shown.policy.startswith(DELIVERY) else ()
