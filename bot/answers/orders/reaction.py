"""What a customer's skin reacted to may come back: said behind the advice, where it came from this shop."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.turn import Turn
from bot.rules.safety import red_flags
from bot.understanding.order_numbers import told
from bot.understanding.support import CANCEL, PROBLEM, REFUND, RETURN
from bot.understanding.unfit import OF_REACTIONS, UNFIT, reacted, wants_money

GOES_BACK = frozenset({CANCEL, RETURN, REFUND, PROBLEM})


def with_return(turn: Turn, answer: Answer) -> Answer:
    """The answer with the offer of a return behind it, where a product of this shop's was not tolerated; beside what cannot wait only
    that the money can, and only where it was asked for or an order is named."""
    orders, frame = turn.resources.orders, turn.frame
    wants = frame.has("wants_back", "wants_refund") or bool(told(frame, asked=True).number)
    if orders is None or frame.kind not in OF_REACTIONS or not frame.has("skin_reacted") or not (wants or frame.has("bought_here")):
        return answer
    days = orders.policy.returns.reaction_days
    if days is None:
        return answer
    if set(turn.asked.safety) & red_flags(turn.knowledge):
        return replace(answer, parts=(*answer.parts, Words(turn.say("reaction_return_later", days=str(days))))) if wants else answer
    title = turn.say("reaction_return_yes")
    words = Words(turn.say("reaction_return", days=str(days)), buttons=[{"title": title, "payload": title}])
    return replace(answer, parts=(*answer.parts, words))


def told_before(turn: Turn) -> bool:
    """Whether the talk right before was of a skin that reacted, and money is wanted back now."""
    frame = turn.frame
    return frame.kind in (RETURN, REFUND) and turn.memory.asked.kind in OF_REACTIONS and wants_money(frame) and not frame.has("skin_reacted")


def with_care(turn: Turn, answer: Answer) -> Answer:
    """The answer to who wants to give back what their skin reacted to, or what they may not use, behind what is safe until then."""
    frame, first = turn.frame, answer.parts[0]
    if frame.kind not in GOES_BACK or not isinstance(first, Words) or frame.has("is_damaged", "is_wrong", "is_missing"):
        return answer
    if reacted(frame) or told_before(turn):
        sorry, see = turn.say("reaction_leave_off"), turn.say("reaction_see_doctor")
        said, _, rest = first.text.partition(". ")
        if said.startswith(sorry.split(";")[0]):  # the rule that decided says the first half itself
            return replace(answer, parts=(replace(first, text=f"{said}. {see}\n\n{rest}"), *answer.parts[1:]))
        safe = f"{sorry} {see}"
    elif frame.has(*UNFIT) and told(frame, asked=True).number:
        safe = turn.say("unfit_leave_it")
    else:
        return answer
    return replace(answer, parts=(replace(first, text=f"{safe}\n\n{first.text}"), *answer.parts[1:]))
