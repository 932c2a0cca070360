"""Support questions: the shop's policies, and its staff where a person must look. No status is ever made up."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.answers.answer import Answer, Message, Words
from bot.answers.products.listing import show_list
from bot.answers.products.other_kinds import of_other_kind
from bot.answers.repeating import mark
from bot.answers.shop import delivery, payment
from bot.answers.shop.besides import erasing_beside
from bot.answers.shop.contact import briefly, contact, reach, sends_to_staff
from bot.answers.shop.passing_on import offered
from bot.answers.shop.topics import asked_beside, is_unsaid, kept_as, topic_asked, topic_picture, topic_text
from bot.answers.turn import Turn
from bot.rules.advice import FollowUp, Line
from bot.understanding.asked import Found
from bot.understanding.decisions_policy import WITH_POLICY
from bot.understanding.frame import kind_of_intent
from bot.understanding.memory import Said
from bot.understanding.topics import SHOP_TOPIC
from bot.understanding.wishes import wish_of

CONTACT, HUMAN, CUSTOMS = "contact", "human", "customs"
OF_A_PLACE = frozenset({CUSTOMS, "express", "free_delivery", delivery.COST, delivery.TIME})
"""What is said of these holds for places that are delivered to."""
# What people ask next.
NEXT = {
    "delivery_time": ("delivery_cost", "delivery_area"), "delivery_cost": ("delivery_time", "delivery_area"),
    "delivery_area": ("delivery_time", "delivery_cost"), "carrier": ("delivery_time", "delivery_cost"),
    "return": ("refund",), "refund": ("return",), "payment": ("how_to_order", "delivery_cost"), "how_to_order": ("payment", "delivery_time"),
}
OFFERS = ("team_offer", "pass_on_offer")
MOST_KEPT = 200
MOST_WORDS_OF_GOODS = 6


def say_policy(turn: Turn) -> Answer:
    """Says the narrower answer where one is asked for, else the policy on the kind of question; keeps which it was."""
    kind, memory, topics = turn.frame.kind, turn.memory, turn.resources.topics
    found = None if kind == HUMAN else topic_asked(turn.frame, memory, topics)  # who wants a person is told no rule instead
    if found and topics.entries[found.name].kind != kind and turn.resources.upset.find(turn.frame):
        found = None  # the anger says what it is about: "such fast delivery, only three weeks late"
    if found is None and kind == SHOP_TOPIC and turn.resources.shop.policy(kind_of_intent(turn.frame.intent)):
        kind = kind_of_intent(turn.frame.intent)  # the topic was another one's half, or a country's
    if found and topics.entries[found.name].kind != SHOP_TOPIC:
        kind = topics.entries[found.name].kind
    text = (topic_text(turn, found) if found else "") or policy_text(turn, kind)
    nowhere = delivery.not_delivered_to(turn, kind) if (found.name if found else kind) in OF_A_PLACE else ""
    erases = erasing_beside(turn, found)
    text = _joined(turn, [erases, nowhere] if nowhere else [erases, *_before(turn, found), text, *_besides(turn, kind, found), *_guessed_beside(turn, bool(erases), kind)])
    policy = turn.resources.shop.policy(kind)
    more = tuple(Line(text=one) for one in policy.more) if policy else ()
    kept = kept_as(found, topics) if found else "" if kind == SHOP_TOPIC else kind
    shown = replace(memory.shown, policy=kept, said=delivery.kept_words(turn, kept)[:MOST_KEPT], offered="")
    kept_memory = replace(memory, said=Said(more), shown=shown, lost=0)
    unsaid = found is not None and is_unsaid(turn, found)
    if turn.frame.has(WITH_POLICY) and kind == SHOP_TOPIC and (found is None or unsaid):
        return _no_more(turn, text if unsaid else _said_of_it(turn))
    if found and not unsaid and _said_just_before(turn, text):
        return _no_more(turn, f"{turn.say('no_more_said')} {text}")
    shows = topic_picture(turn, found)
    answer = turn.answer(Words(text, payload=shows), memory=kept_memory)
    if found and is_unsaid(turn, found):
        sold = of_other_kind(turn) if len(turn.frame.words) <= MOST_WORDS_OF_GOODS else []
        if sold:  # "gift card?" where the shop sells some
            return show_list(turn, sold, [turn.say("products_named")], wish=wish_of(turn.frame), for_use=False)
        return offered(turn, answer)
    by_staff = kind not in (CONTACT, HUMAN) and (erases or sends_to_staff(text) or _hands_over(turn, kind, found) or turn.frame.has("was_charged"))
    if by_staff:
        return offered(turn, answer, "team_offer")
    following = [FollowUp(one, ()) for one in NEXT.get(kind, ()) if turn.resources.shop.policy(one)]
    return turn.answer(Words(text, buttons=turn.wording.buttons(following), payload=shows), memory=kept_memory)


def _said_of_it(turn: Turn) -> str:
    """What the shop says of the policy that the talk is about, as all there is; empty where it has no words on it."""
    shop, policy = turn.resources.shop, turn.memory.shown.policy
    topic, general = shop.topics.get(policy), shop.policy(policy) if policy else None
    say = topic.say if topic and topic.say else _words(turn, policy, general.say) if general else ""
    return f"{turn.say('no_more_said')} {say}" if say else ""


def _said_just_before(turn: Turn, text: str) -> bool:
    """Whether the last answer was this text, with or without a yes or no before it and an offer behind it."""
    verdicts = [turn.say(one) for one in ("verdict_yes", "verdict_no")]
    bare = next((text.removeprefix(one).lstrip() for one in verdicts if text.startswith(one)), text)
    forms = [form for one in (bare, *(f"{verdict} {bare}" for verdict in verdicts)) for form in (one, *(f"{one} {turn.say(offer)}" for offer in OFFERS))]
    return any(mark([Message(one)]) in turn.memory.last for one in forms)


def _no_more(turn: Turn, said: str) -> Answer:
    """What there is to say of a question behind a policy, or that the shop has not said, with the offer to ask its staff."""
    shown = replace(turn.memory.shown, said=f"{turn.memory.shown.said}; {' '.join(turn.frame.words)}"[-MOST_KEPT:], offered="")
    first, whom = said or turn.say("no_policy"), briefly(turn)
    text = first if first.endswith(whom) else f"{first} {whom}"
    return offered(turn, turn.reply(text, memory=replace(turn.memory, shown=shown, lost=0)))


def _joined(turn: Turn, texts: Sequence[str]) -> str:
    """Texts as paragraphs; how to reach the staff stands in the last of them alone."""
    kept = list(dict.fromkeys(one for one in texts if one))
    whom = briefly(turn)
    told = [place for place, one in enumerate(kept) if one.endswith(whom)]
    return "\n\n".join(one.removesuffix(whom).rstrip() if place in told[:-1] else one for place, one in enumerate(kept))


def _before(turn: Turn, found: Found | None) -> Sequence[str]:
    """Whether the shop delivers to where somebody asks about duties."""
    return (delivery.countries_beside(turn),) if found and found.name == CUSTOMS else ()


def _besides(turn: Turn, kind: str, found: Found | None) -> Sequence[str]:
    """What else is asked in the same breath: other topics, the other half of a question about delivery."""
    if found is None:
        return (delivery.beside(turn, kind),)
    entries = turn.resources.topics.entries
    others = [topic_text(turn, one) or policy_text(turn, entries[one.name].kind) for one in asked_beside(turn, found)]
    return [*(delivery.halves_beside(turn) if found.name == CUSTOMS else ()), *others]


def _guessed_beside(turn: Turn, erases: bool, kind: str) -> Sequence[str]:
    """The policy that the message surely asks for too, where something else stands in front."""
    guessed = kind_of_intent(turn.frame.intent)
    erases = erases or turn.frame.has("wants_data_erased")
    asks = erases and guessed not in (kind, CONTACT, HUMAN) and turn.resources.shop.policy(guessed) is not None
    return (policy_text(turn, guessed),) if asks else ()


def _hands_over(turn: Turn, kind: str, found: Found | None) -> bool:
    """Whether the owner says that the staff has to see to it."""
    said = turn.resources.shop.topics.get(found.name) if found else None
    policy = turn.resources.shop.policy(kind)
    return said.hand_over if said else bool(policy and policy.hand_over)


def policy_text(turn: Turn, kind: str) -> str:
    """The shop's words on this kind of question; its staff only where they must look into it, or where the words send people
    to them. The contact alone where the owner wrote no policy; how to reach the shop and its staff need none."""
    policy = turn.resources.shop.policy(kind)
    if kind == CONTACT:
        return contact(turn)
    if policy is None:
        return reach(turn, kind) if kind == HUMAN else f"{turn.say('no_policy')} {reach(turn, kind)}"
    text = _words(turn, kind, policy.say)
    if policy.hand_over:
        return f"{text} {reach(turn, kind)}"
    return f"{text} {briefly(turn)}" if sends_to_staff(text) else text


def _words(turn: Turn, kind: str, say: str) -> str:
    if kind == delivery.AREA:
        return delivery.area(turn)
    if kind == delivery.COST:
        return delivery.cost(turn)
    if kind == payment.PAYMENT:
        return payment.ways(turn, say)
    return say
