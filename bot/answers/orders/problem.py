"""Something missing, broken, wrong or faulty: what it is, what the customer would like, and a ticket for the shop's staff."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping

from bot.answers.answer import Answer
from bot.answers.orders.case import Case, by_ticket
from bot.answers.orders.naming import named_lines
from bot.answers.orders.rules import reason_of
from bot.answers.orders.status import described
from bot.answers.orders.words import counted, items
from bot.rules.names import listed
from bot.store.support_models import DONE
from bot.support.gateway import State
from bot.support.rules import NOT_THERE, Why, returning
from bot.support.status import status_of
from bot.understanding.support import ITEMS, WISH

LINES, WHAT, FOR, ASKED, HERE = "lines", "problem", "wish", "asked_items", "is_here"
TOLD = "told_in_words"
MISSING = "is_missing"
PROBLEMS = ("is_damaged", MISSING, "is_wrong", "is_faulty", "skin_reacted")
QUESTIONS = ("asks_for_myself", "asks_permission", "is_it_bad", "must_i", "question_word")
WISHES = {"wants_replacement": ("replacement", "refuses_replacement"), "wants_refund": ("refund", "refuses_refund")}
"""What is wished for by the cue that says so, each with the cue that refuses it."""


def advance(case: Case) -> Answer:
    """The next step of a complaint."""
    if case.denied and not _wish(case):
        return case.drop()
    case = _heard(case)
    if case.order.state is State.CANCELLED:
        return case.refuse(case.say("problem_cancelled"))
    lines: Mapping[str, int] = case.told(LINES) or {}
    behind = _on_its_way(case, lines)
    here = behind and (case.told(HERE) or holds_it(case))
    if case.told(WHAT) == MISSING and behind and not here:
        alone = "" if any(one.delivered_at for one in case.order.parcels) else f" {case.say('status_if_here')}"
        return case.end(f"{described(case, status_of(case.order, case.orders.policy, case.today))}{alone}", DONE)
    sorry = f"{case.say('problem_sorry')} " if case.fresh else ""
    if here and not case.told(HERE):
        case = case.with_told(**{HERE: True})
        sorry = f"{sorry}{case.say('records_behind')} "
    if case.shows_items and not lines and not case.told(ASKED) and len(case.order.lines) > 1:
        names = listed([counted(line, line.quantity) for line in case.order.lines])
        return case.with_told(**{ASKED: True}).ask(f"{sorry}{case.say('problem_which', items=names)}", ITEMS)
    if case.says("asks_to_send_back"):
        sorry = f"{sorry}{case.say('problem_send_back')} "
    elif not case.fresh and not case.told(FOR) and ("?" in case.text or case.says(*QUESTIONS)):
        sorry = f"{case.say('problem_asked')} "  # "do I need the box?" is for the team to say
    if not case.told(FOR):
        return case.ask(f"{sorry}{case.say('problem_wish')}", WISH, case.turn.wording.buttons_of("problem_wish"))
    return by_ticket(case, _plan(case, lines), f"{sorry}{_rule(case)}")


def holds_it(case: Case) -> bool:
    """Whether the customer says that what was ordered is with them."""
    return case.says("has_it_here") and not case.says("should_be_here", "not_received")


def _on_its_way(case: Case, lines: Mapping[str, int]) -> bool:
    """Whether what is missed may only not have come yet: of what is named everything, and of an order of which nothing is named a
    parcel."""
    if case.order.state is State.DELIVERED:
        return False
    here = {key for one in case.order.parcels if one.delivered_at is not None for key in one.lines}
    return not (set(lines) & here) if lines else any(line.key not in here for line in case.order.lines)


def taken_over(case: Case, kind: str) -> Answer:
    """Goes on as a complaint with what began as another request."""
    return advance(replace(case, request=replace(case.request, kind=kind)))


def _heard(case: Case) -> Case:
    """The case with what the message tells of the problem."""
    found: dict[str, object] = {WHAT: next((one for one in PROBLEMS if case.says(one)), ""), FOR: _wish(case)}
    if case.fresh and not case.shows_items:
        found[TOLD] = case.text  # which item it is stands in their words
    if case.shows_items:
        found[LINES] = dict(named_lines(case, case.order.lines))
    return case.with_told(**{key: value for key, value in found.items() if value})


def _wish(case: Case) -> str:
    """What the customer would like; "no refund, I want a new one" is a replacement."""
    return next((wish for cue, (wish, refused) in WISHES.items() if case.says(cue) and not case.says(refused)), "")


def _plan(case: Case, lines: Mapping[str, int]) -> str:
    what = case.part(f"problem_{case.told(WHAT)}") if case.told(WHAT) else case.part("problem_other", said=str(case.told("said") or ""))
    wish = case.part(f"wish_{case.told(FOR)}")
    if not lines and case.told(TOLD) and case.told(WHAT):
        return case.say("plan_problem_told", what=what, wish=wish, said=str(case.told(TOLD)))
    which = items(case.order, lines) if lines else case.part("problem_no_item")
    if not lines and case.told(TOLD):
        which = case.part("problem_other", said=str(case.told(TOLD)))
    return case.say("plan_problem", items=which, what=what, wish=wish)


def _rule(case: Case) -> str:
    """Whether it is told in time; the staff decides where it is not."""
    decision = returning(case.order, case.orders.policy, Why.FAULT, case.today)
    if decision.rule == NOT_THERE:  # what is wrong with it is known to who has it
        return "" if case.told(HERE) else case.say("records_behind")
    return case.say("problem_keep") if decision.allowed else reason_of(case.turn, decision, case.order.number)
