"""Parts of an answer as messages: text for every channel, and the same as data for those that show it their own way."""

from __future__ import annotations

from typing import Any, Dict, List

from bot.answers.answer import Message, Offer, Offers, Part, Statements, Words
from bot.answers.products.cards import card, line
from bot.answers.products.cart_links import cart_links
from bot.answers.turn import Turn
from bot.rules.safety import URGENCY
from bot.rules.schema import Verdict


def rendered(turn: Turn, part: Part) -> Message:
    """One part as a message."""
    if isinstance(part, Statements):
        return _statements(turn, part)
    if isinstance(part, Offers):
        return _offers(turn, part)
    return _words(turn, part)


def _statements(turn: Turn, part: Statements) -> Message:
    wording, advice = turn.wording, part.advice
    verdict = advice.verdict if part.polar or advice.verdict is Verdict.DOCTOR else None
    text = " ".join(filter(None, (part.intro, wording.body(advice, part.polar))))
    # "Commonly advised" would only weaken the advice to get help now.
    weighs = wording.has_source(advice.sources) or advice.verdict is not Verdict.DOCTOR
    sources = wording.source_data(advice.sources)
    source = wording.source_line(sources) if part.cite and weighs else ""
    payload = {"verdict": verdict.value if verdict else None, "body": text, "sources": sources, **part.payload}
    if advice.emergency:
        payload["urgency"] = URGENCY[0]
    buttons = wording.buttons(wording.next_questions(advice))
    return Message(f"{text}\n\n{source}" if source else text, tuple(buttons), payload)


def _offers(turn: Turn, part: Offers) -> Message:
    """As text everything in one; as data what introduces the products and what stands below them apart."""
    rows = [line(turn.wording, one.product, one.reason) for one in part.offers]
    below = [*filter(None, (part.more,)), *part.hints]
    text = "\n".join([*part.intro, *(one.line for one in part.links), *rows, *(() if part.apart else below)])
    if part.apart and below:
        text = f"{text}\n\n" + "\n".join(below)
    cards = [_card(turn, one) for one in part.offers]
    reached = {link["url"] for one in cards for link in one["cart"]}
    bare = [one.line for one in part.links if one.address not in reached]
    payload: Dict[str, Any] = {"body": "\n".join([*part.intro, *bare]), "products": cards, "sources": []}
    if part.hints:
        payload["below"] = "\n".join(part.hints)
    return Message(text, tuple(part.buttons), payload)


def _card(turn: Turn, offer: Offer) -> Dict[str, Any]:
    links = cart_links(turn.resources.shop.cart_link, offer.product) if offer.buyable else ()
    return card(offer.product, offer.reason, links)


def _words(turn: Turn, part: Words) -> Message:
    sources = turn.wording.source_data(part.sources)
    source = turn.wording.source_line(sources) if part.cite and part.sources else ""
    payload: Dict[str, Any] = {}
    cards: List[Dict[str, Any]] = [_card(turn, one) for one in part.products]
    if sources or cards or part.payload or part.verdict:
        payload = {"verdict": part.verdict, "body": part.text, "sources": sources, "products": cards, **part.payload}
        payload = {key: value for key, value in payload.items() if value or key in ("verdict", "body", "sources")}
    return Message(f"{part.text}\n\n{source}" if source else part.text, tuple(part.buttons), payload)
