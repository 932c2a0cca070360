"""Whether the advice on a situation answers a question more nearly than what was going to be said: "mens routine, 3 products max" is about a first
routine, and not about how many actives skin bears. The trained encoder's meanings of the message and of both answers decide."""

from __future__ import annotations

from typing import List, Sequence

from bot.answers.again import SENTENCE, nearness
from bot.answers.answer import Answer, Message, Statements, Words
from bot.answers.repeating import REFUSALS
from bot.answers.turn import Turn
from bot.nlu.before import BEFORE
from bot.rules.situations import SITUATION
from bot.understanding.context import ROUTINES
from bot.understanding.decisions_situations import OF_A_PERSON, OF_HARM, OF_SEVERAL, SKINCARE
from bot.understanding.order_numbers import told
from bot.understanding.topics import groups

LIKELY = 0.3
"""How likely the situation must be meant."""
NEARER = 0.2
"""How much nearer its advice must be, as the sum of the cosines with the message alone and behind the one before it."""
OUTDONE = frozenset({"authenticity", "start_finder", "how_many_at_once", "different_times"})
"""Further kinds as which a message about skin is read at times, whose answers do nothing: "eye cream, real or scam?"."""


def may_be_outdone(turn: Turn, answer: Answer) -> bool:
    """True for an answer in general that refuses nothing, where the message likely tells of a situation, and of no order or product."""
    frame, memory = turn.frame, turn.memory
    kind = frame.kind
    of_skin = (kind in groups()[SKINCARE] or kind in OUTDONE) and kind not in OF_A_PERSON and kind not in OF_HARM and kind not in ROUTINES
    of_the_shop = frame.of("product", "brand") or frame.has("of_my_order", "shop_word") or not told(frame, asked=False).nothing
    open_request = memory.request is not None and memory.request.awaits
    minded = bool(turn.person.procedure)  # what heals has its own answers
    related = kind in OF_SEVERAL and len(turn.asked.subjects) > 1  # what two are to each other is known
    if not of_skin or of_the_shop or open_request or minded or related or not all(isinstance(part, (Statements, Words)) for part in answer.parts):
        return False
    if any(isinstance(part, Statements) and (part.advice.verdict in REFUSALS or part.advice.emergency) for part in answer.parts):
        return False
    return any(one.share >= LIKELY and one.name in turn.knowledge.situations for one in (*frame.situations, *frame.in_talk))


def is_nearer(turn: Turn, said: Sequence[Message], other: Turn, instead: Sequence[Message]) -> bool:
    """Whether the other turn is a likely situation's, and its answer nearer to the message than the first one's."""
    if other.frame.kind != SITUATION or not any(one.share >= LIKELY for one in other.frame.situations):
        return False
    ours, theirs = _sentences(said), _sentences(instead)
    if not ours or not theirs:
        return False
    near = nearness([*ours, *theirs], turn.frame.text, BEFORE.get())
    return max(near[len(ours) :]) - max(near[: len(ours)]) >= NEARER


def _sentences(messages: Sequence[Message]) -> List[str]:
    """What messages say, sentence by sentence, without their sources."""
    return [one for message in messages for one in SENTENCE.split(str(message.payload.get("body") or message.text).replace("\n", " ")) if one]
