"""The owner's rules on orders in words: before anything is known of an order, and as the reason of a decision."""

from __future__ import annotations

from datetime import date

from bot.answers.orders.words import day
from bot.answers.turn import Turn
from bot.store.order_policy import OrderPolicy, Payer
from bot.support.rules import Decision
from bot.understanding.support import CANCEL, CHANGE, PROBLEM, REFUND, RETURN


def rule_of(turn: Turn, policy: OrderPolicy, kind: str) -> str:
    """What the shop's rule says on a kind of request, in a sentence or two."""
    days, returns = policy.working_days, policy.returns
    if kind == CANCEL:
        return turn.say(f"rule_cancel_{policy.cancel_until.value}")
    if kind == CHANGE:
        return turn.say(f"rule_change_{policy.change_address_until.value}")
    if kind == RETURN:
        opened = turn.say("rule_opened_never") if returns.reaction_days is None else turn.say("rule_opened", days=str(returns.reaction_days))
        return f"{turn.say('rule_return', days=str(returns.days))} {opened} {turn.say('rule_return_here')}"
    if kind == REFUND:
        return turn.say("rule_refund", days=str(days.refund))
    if kind == PROBLEM:
        leave_it = f" {turn.say('problem_leave_it')}" if turn.frame.has("arrives_spoiled", "out_of_date") else ""
        return f"{turn.say('rule_problem', days=str(returns.problem_days))}{leave_it}"
    look = turn.say("order_can_look")
    return f"{turn.say('problem_sorry')} {look}" if turn.frame.has("left_elsewhere") else look


def reason_of(turn: Turn, decision: Decision, number: str) -> str:
    """The rule that decided, as a sentence about this order."""
    fills = {name: day(value) if isinstance(value, date) else str(value) for name, value in decision.fills.items()}
    return turn.say(f"decided_{decision.rule}", number=number, **fills)


def postage(turn: Turn, policy: OrderPolicy, fault: bool) -> str:
    """Who pays the postage of a return; plainly that the shop has not said where it has not."""
    payer = policy.returns.postage_of_faults if fault else policy.returns.postage
    return turn.say("postage_unsaid" if payer is None else "postage_shop" if payer is Payer.SHOP else "postage_customer")
