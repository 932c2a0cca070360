"""Answers to somebody who is upset: one sentence of regret that fits, and a person at once; never an offer of products."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.shop import passing_on
from bot.answers.shop.besides import asked_in_words
from bot.answers.shop.contact import briefly
from bot.answers.shop.topics import topic_asked
from bot.answers.staff.presence import offers
from bot.answers.turn import Turn
from bot.store.people_policy import Reason
from bot.understanding.asked import AskedFinder
from bot.understanding.frame import SURE, Frame
from bot.understanding.next_steps import is_unmatched
from bot.understanding.order_numbers import told
from bot.understanding.support import OF_ORDERS, OPEN, STATUS
from bot.understanding.topics import SHOP_TOPIC
from bot.understanding.upset import UPSET, Upset

BOT_FAILED, DATA_REQUEST, INSULT = "bot_failed", "data_request", "insult"
# Kinds of question that are answered behind a sentence of regret.
ANSWERED_TOO = frozenset({
    "order_status", "report_problem", "refund", "return", "payment", "carrier", "delivery_time", "delivery_cost", "human", SHOP_TOPIC,
})
SORRY = "I'm sorry"
MOST_KEPT = 200


def upset_kind(frame: Frame, topic_kind: str, upset: AskedFinder[Upset]) -> str:
    """The kind of a message of somebody who is upset: `UPSET`, or what it is about besides; empty where nobody is.

    Args:
        frame: the message.
        topic_kind: the kind of the topic that it asks for, empty for none.
        upset: finds what is said in anger.
    """
    found = upset.find(frame)
    if found is None:
        return ""
    entry = upset.entries[found.name]
    if entry.alone or entry.kind != UPSET:
        return entry.kind
    about = topic_kind or (frame.kind if frame.band == SURE else "")
    named = told(frame, asked=True)
    if about not in ANSWERED_TOO and named.number and named.email:
        return frame.kind if frame.kind in OF_ORDERS else STATUS  # the order says more than the anger
    return about if about in ANSWERED_TOO else UPSET


def upset(turn: Turn) -> Answer:
    """A sentence of regret, and a person."""
    found = turn.resources.upset.find(turn.frame)
    name = found.name if found else BOT_FAILED
    forget = turn.say("upset_forget")
    buttons = [{"title": forget, "payload": forget}] if name == DATA_REQUEST else []
    offered = found is not None and offers(turn, Reason(turn.resources.upset.entries[name].person))
    to_whom = "" if offered else briefly(turn)  # a person is offered behind it
    besides = asked_in_words(turn) if found is not None and turn.resources.upset.entries[name].alone else []
    text = "\n\n".join([turn.say(f"upset_{name}"), *besides])
    words = Words(f"{text} {to_whom}".strip(), buttons=buttons)
    if offered:
        return turn.answer(words)
    kept = replace(turn.memory.shown, policy=UPSET, said=" ".join(turn.frame.words)[:MOST_KEPT], offered="")
    offer = "upset_offer" if told(turn.frame, asked=True).nothing else "upset_offer_order"
    return passing_on.offered(turn, turn.answer(words, memory=replace(turn.memory, shown=kept)), offer)


def _asks_in_words(turn: Turn) -> bool:
    topic = topic_asked(turn.frame, turn.memory, turn.resources.topics)
    return topic is not None and topic.span > 0


def with_regret(turn: Turn, answer: Answer) -> Answer:
    """The answer to what an upset message is about, behind a sentence of regret; unchanged where nobody is upset."""
    hears = turn.frame.kind in ANSWERED_TOO or (turn.frame.kind in (OPEN, *OF_ORDERS) and is_unmatched(answer.memory))
    found = turn.resources.upset.find(turn.frame) if hears else None
    grave = found is not None and (turn.resources.upset.entries[found.name].alone or turn.frame.kind == "human")
    if found is None or (grave and not found.span):
        return answer  # what only sounds so grave was not taken for it
    if not found.span and turn.frame.kind == SHOP_TOPIC and _asks_in_words(turn):
        return answer  # the words that ask for a topic only sound like a complaint
    first, regret = answer.parts[0], turn.say(f"upset_{found.name}")
    if not isinstance(first, Words):
        return replace(answer, parts=(Words(regret), *answer.parts))
    text = first.text if first.text.startswith(SORRY) else f"{regret} {first.text}"
    return replace(answer, parts=(replace(first, text=text), *answer.parts[1:]))
