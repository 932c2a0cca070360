"""Questions narrower than a policy ("gift cards"): answered by what its owner says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers.own_picture import own_picture
from bot.answers.shop import delivery
from bot.answers.shop.contact import passed_on, sends_to_staff
from bot.answers.turn import Turn
from bot.understanding.asked import AskedFinder, Found
from bot.understanding.decisions_policy import is_meant_in_talk
from bot.understanding.frame import SURE, Frame, kind_of_intent
from bot.understanding.memory import Memory
from bot.understanding.support import OF_ORDERS, is_about_own
from bot.understanding.topics import BEGIN, QUESTION_WORDS, SHOP_TOPIC, Topic, asks_yes_or_no

PRIVACY, DELETE_DATA = "privacy", "delete_data"
OTHER_ADDRESS, STORE, PICK_UP, OF_BUSINESS = "other_address", "store", "pick_up", "wholesale"
OPENED = "opened_product"
MOST_BESIDE, PLAINLY = 2, 3
OF_NO_CHARGE = frozenset({"stock_expiry", "free_delivery_counted", "refused_parcel"})
"""Topics of which nobody was charged, though "I don't want anything that expires" sounds like a payment not agreed to."""


def topic_asked(frame: Frame, memory: Memory, topics: AskedFinder[Topic]) -> Found | None:
    """The topic that a question is about, also where it goes on with what was said before. What surely is about an order of the
    customer's own only sounds like a topic, unless for certain; nor does a country that is asked about."""
    found = topics.find(frame, [memory.shown.policy])
    if found and not found.span and not _certain(frame, found) and frame.band == SURE and frame.kind in OF_ORDERS and (is_about_own(frame) or _states(frame)):
        return None
    if found and not found.span and not _certain(frame, found) and is_meant_in_talk(frame):
        return None
    of_country = kind_of_intent(frame.intent) == delivery.AREA and frame.of(delivery.COUNTRY)
    if found and of_country and found.name == OTHER_ADDRESS:  # whom it goes to in a country makes no difference
        found = topics.find(replace(frame, meant=tuple(one for one in frame.meant if one.name != OTHER_ADDRESS)), [memory.shown.policy])
    if found and of_country and (found.name == OTHER_ADDRESS or (not found.span and frame.band == SURE)):
        return None  # "do you ship to Germany?" only sounds like more
    return None if found and not found.span and delivery.asks_both_halves(frame) else found


def asked_beside(turn: Turn, found: Found) -> list[Found]:
    """What a question asks besides its topic: "do you wrap it, and are there any samples?". What the shop has no words on counts where more than
    a word or two ask for it; and beside a business customer's question no rule for all others."""
    if found.name == OF_BUSINESS:
        return []
    others = turn.resources.topics.beside(turn.frame, found, [turn.memory.shown.policy])
    return [one for one in others if one.span >= PLAINLY or not is_unsaid(turn, one)][:MOST_BESIDE]


def _states(frame: Frame) -> bool:
    """True for what is told and asks nothing: "sent it back a month ago and nothing"."""
    return "?" not in frame.text and not {*frame.words[:1]} & (BEGIN | QUESTION_WORDS)


def _certain(frame: Frame, found: Found) -> bool:
    return any(one.name == found.name and one.certain for one in frame.meant)


def kept_as(found: Found, topics: AskedFinder[Topic]) -> str:
    """The policy that a topic belongs to, or else its own name: what the next question goes on with."""
    topic = topics.entries[found.name]
    return topic.under or (topic.kind if topic.kind != SHOP_TOPIC else found.name)


def is_unsaid(turn: Turn, found: Found) -> bool:
    """Whether the shop has no words on a topic, neither its own nor a policy's."""
    said, topic = turn.resources.shop.topics.get(found.name), turn.resources.topics.entries[found.name]
    answered = topic.kind != SHOP_TOPIC and turn.resources.shop.policy(topic.kind) is not None
    return not (said and said.say) and not answered


def topic_text(turn: Turn, found: Found) -> str:
    """The shop's words on a topic, yes or no first where it is asked; where it has none the general rule of its policy, named
    as such; else plainly that it has not said. Empty where the policy of the topic's kind answers it."""
    shop, topic = turn.resources.shop, turn.resources.topics.entries[found.name]
    said = shop.topics.get(found.name)
    if said and said.say:
        of_reaction = found.name == OPENED and turn.person.irritated  # which is what an opened product comes back for
        unclear = said.answer is None or found.turned is None or of_reaction or not asks_yes_or_no(turn.frame)
        answer = "" if unclear else "verdict_yes" if said.answer != found.turned else "verdict_no"
        text = f"{turn.say(answer)} {said.say}" if answer else said.say
        return f"{text} {passed_on(turn)}" if said.hand_over or sends_to_staff(text) else text
    if topic.kind != SHOP_TOPIC and shop.policy(topic.kind):
        return ""
    general = shop.policy(topic.under) if topic.under else None
    if general:
        return f"{turn.say('topic_under', topic=topic.name)} {general.say} {passed_on(turn)}"
    if found.name == DELETE_DATA:
        return f"{turn.say('kept_by_shop')} {passed_on(turn)}"
    store = shop.topics.get(STORE)
    if found.name == PICK_UP and store and store.say:
        return f"{turn.say('topic_not_said', topic=topic.name)} {store.say} {passed_on(turn)}"
    charged = turn.frame.has("was_charged", "not_agreed") and found.name not in OF_NO_CHARGE
    own = _of_the_chat(turn) if found.name == PRIVACY else turn.say("charges_unseen") if charged else ""
    return f"{own} {turn.say('topic_not_said', topic=topic.name)} {passed_on(turn)}".strip()


def topic_picture(turn: Turn, found: Found | None) -> Mapping[str, Any]:
    """The picture that the shop's words on a topic are said beside, as payload; nothing where there is none that can be shown."""
    said = turn.resources.shop.topics.get(found.name) if found else None
    if found is None or said is None or not said.say:
        return {}
    return own_picture(turn, said.picture, turn.resources.topics.entries[found.name].name)


def _of_the_chat(turn: Turn) -> str:
    """What the assistant itself keeps, which no owner has to say."""
    days = turn.resources.chosen.keep_days
    return turn.say("chat_keeps", days=str(days)) if days else turn.say("chat_keeps_on")
