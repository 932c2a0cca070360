"""How an order is: shipped or not, when it should come, late or not, in two sentences and a card."""

from __future__ import annotations

from bot.answers.answer import Answer
from bot.answers.orders.case import NO_CODE, PLAN, Case, by_ticket
from bot.answers.orders.code import asked, can_prove
from bot.answers.orders.words import day, items, money, refunds
from bot.store.order_policy import Way
from bot.store.support_models import DONE
from bot.support.gateway import Parcel
from bot.support.status import Stage, Status, status_of
from bot.understanding.support import YES

WORDS = "in_words"
ASKS = ("asks_news", "asks_when_there", "asks_items", "asks_contents", "about_address", "charged_twice")
ARRIVED = frozenset({Stage.THERE, Stage.PARTLY_THERE})
ON_ITS_WAY = frozenset({Stage.SENT, Stage.PARTLY_SENT})


def advance(case: Case) -> Answer:
    """Says how the order is. Where it is late, or not there though the carrier says so, the team is offered to look for it."""
    status = status_of(case.order, case.orders.policy, case.today)
    if case.agreed:
        return case.pass_on("")
    if case.denied:
        return case.drop()
    if case.says("asks_contents", "asks_items", "about_address") and not case.shows_items and Way.MAILED_CODE in case.orders.policy.change:
        if can_prove(case):
            return asked(case, sentences(case, status))
        if case.told(NO_CODE):
            return by_ticket(case, case.say("plan_unproved", plan=case.say("plan_contents")), case.say("contents_unread"))
        return case.end(f"{case.say('contents_unproved')} {described(case, status)}", DONE)
    if case.says("charged_twice"):
        said = str(case.told(WORDS) or case.text)
        return by_ticket(case.with_told(**{WORDS: said}), case.say("plan_charged_twice", said=said), case.say("charged_twice_held"))
    if case.awaits == YES and (plan := str(case.told(PLAN) or "")) and not case.says("looked_around", "shows_delivered", *ASKS):
        return by_ticket(case, plan, case.say("status_too_long"))  # told a moment ago: the same again is no answer
    text = described(case, status)
    missing = (status.stage is Stage.THERE and case.says("not_received")) or (status.stage in ARRIVED and case.says("left_elsewhere", "shows_delivered", "looked_around"))
    if missing:
        looked = "status_looked_around" if case.says("looked_around") else "status_look_around"
        text = f"{case.say(looked)}\n\n{card(case, status)}"
    if status.stage is Stage.HELD:
        return by_ticket(case, case.say("plan_held"), f"{text}\n\n")
    if status.stage in ON_ITS_WAY and case.says("shows_delivered", "looked_around", "left_elsewhere") and case.says("not_received", "looked_around", "left_elsewhere"):
        due = case.say("status_shown_delivered", day=day(status.due)) if status.due and not status.days_late else case.say("status_shown_delivered_undated")
        return by_ticket(case, case.say("plan_trace_missing"), f"{due}\n\n{card(case, status)}\n\n")
    if status.overdue or missing:
        plan = case.say("plan_trace_missing" if missing else "plan_trace_late", days=str(status.days_late))
        return by_ticket(case, plan, f"{text}\n\n")
    return case.end(text, DONE)


def described(case: Case, status: Status) -> str:
    """Two sentences and a card."""
    return f"{sentences(case, status)}\n\n{card(case, status)}"


def sentences(case: Case, status: Status) -> str:
    """How the order is and when it should come, or what goes back."""
    order, stage = case.order, status.stage
    if stage is Stage.CANCELLED:
        when = f" {case.part('status_on', day=day(order.cancelled_at.date()))}" if order.cancelled_at else ""
        return f"{case.say('status_cancelled', when=when)} {money_back(case, status)}".strip()
    if stage is Stage.HELD:
        return case.say("status_held")
    if stage is Stage.THERE:
        said = case.say("status_there", day=day(status.delivered_on)) if status.delivered_on else case.say("status_there_undated")
        return f"{said} {returns_of(case)}".strip()
    if stage in (Stage.WAITING, Stage.PACKED):
        said = case.say(f"status_{stage.value}")
    elif stage is Stage.PARTLY_THERE:
        arrived = len(order.parcels) - len(status.waiting_for)
        said = case.say("status_partly_there", arrived=str(arrived), parcels=str(len(order.parcels)))
    else:
        said = case.say("status_partly_sent" if stage is Stage.PARTLY_SENT else "status_sent")
    return f"{said} {_due(case, status)}".strip()


def _due(case: Case, status: Status) -> str:
    if status.due is None:
        return case.say("status_no_day")
    leaving = status.stage in (Stage.WAITING, Stage.PACKED)
    if not status.days_late:
        said = case.say("status_leaves_by" if leaving else "status_arrives_by", day=day(status.due))
        if case.says("stands_still") and not leaving:
            return f"{said} {case.say('status_stands_still')}"
        return f"{said} {case.say('status_not_late')}" if case.says("is_late", "not_received") else said
    late = "status_one_day_late" if status.days_late == 1 else "status_days_late"
    said = case.say("status_should_have_left" if leaving else "status_should_have_arrived", day=day(status.due))
    return f"{said} {case.part(late, days=str(status.days_late))} {'' if status.overdue else case.say('status_wait_a_day')}".strip()


def money_back(case: Case, status: Status) -> str:
    """What was or will be paid back; to who may only see the order without amounts and ways."""
    if not case.shows_items:
        return case.say("refund_known", days=str(case.orders.policy.working_days.refund)) if status.back else ""
    order, somewhere = case.order, case.part("way_you_paid")
    done = [(one.amount, one.method) for one in status.back if one.done]
    coming = [(one.amount, one.method) for one in status.back if not one.done]
    parts = []
    if done:
        parts.append(case.say("refund_done", refunds=refunds(done, order.currency, somewhere)))
    if coming:
        days = str(case.orders.policy.working_days.refund)
        parts.append(case.say("refund_coming", refunds=refunds(coming, order.currency, somewhere), days=days))
    return " ".join(parts)


def returns_of(case: Case) -> str:
    """What comes back of the order, and its money."""
    order, parts = case.order, []
    if order.returns and not case.shows_items:
        return case.say("return_known")
    for one in order.returns:
        what = items(order, one.lines)
        sum_back = money(one.refund, order.currency)
        days = str(case.orders.policy.working_days.refund)
        parts.append(case.say(f"going_back_{one.state}", items=what, refund=sum_back, method=one.method or case.part("way_you_paid"), days=days))
    return " ".join(parts)


def card(case: Case, status: Status) -> str:
    """The order as a card of text: number and state, what is in it for who may know, and its parcels with their links."""
    order = case.order
    lines = [case.say("card_head", state=case.part(f"card_{status.stage.value}"), day=day(order.placed_at.date()))]
    if case.shows_items:
        lines.append(case.say("card_items", items=items(order), total=money(order.total, order.currency), method=order.paid_by or case.part("way_you_paid")))
        if case.says("about_address"):
            lines.append(case.say("fact_address", address=order.address.text))
    lines += [_parcel(case, one, place) for place, one in enumerate(order.parcels, 1)]
    return "\n".join(lines)


def _parcel(case: Case, parcel: Parcel, place: int) -> str:
    """A parcel in a line: its carrier and number, since when it is on its way or there, its link."""
    which = case.say("card_parcel_of", place=str(place)) if len(case.order.parcels) > 1 else case.say("card_parcel")
    carrier = " ".join(part for part in (parcel.carrier, parcel.tracking) if part) or case.part("card_no_carrier")
    when = ""
    if parcel.delivered_at:
        when = case.part("card_delivered", day=day(parcel.delivered_at.date()))
    elif parcel.shipped_at:
        when = case.part("card_sent_on", day=day(parcel.shipped_at.date()))
    return ", ".join(part for part in (f"{which} {carrier}", when, parcel.url) if part)

