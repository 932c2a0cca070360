"""What only a person can do for a customer who is known: a ticket, after a yes."""

from __future__ import annotations

from bot.answers.answer import Answer
from bot.answers.orders.case import Case, by_ticket


def advance(case: Case) -> Answer:
    """The next step: the ticket is shown, and made after a yes."""
    if case.denied:
        return case.drop()
    plan = str(case.told("plan") or case.say("plan_team", said=case.text))
    return by_ticket(case, plan, case.say("team_only"))
