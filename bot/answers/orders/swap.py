"""Other variants of what was ordered: put into an order that is not packed, or sent for what comes back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Dict, List, Mapping, Sequence

from bot.answers.answer import Answer
from bot.answers.orders import facts, methods
from bot.answers.orders.case import Case
from bot.answers.orders.code import can_prove, proved_or_ticket
from bot.answers.orders.corrections import lines_after
from bot.answers.orders.naming import left, named_lines
from bot.answers.orders.rules import reason_of
from bot.answers.orders.words import counted, items, money
from bot.rules.names import listed
from bot.support.choosing import CHEAP, Wish, chosen, wish_in
from bot.support.gateway import Capability, Line, Outcome, State
from bot.support.rules import changing_items, exchanging
from bot.support.targets import answers_of, target_of
from bot.support.variants import Swap, Variant
from bot.understanding.said import parted, plain
from bot.understanding.support import CHANGE_ITEMS, ITEMS, VARIANT

FEWEST_DIGITS = 6
LINES, WISHES, WAITING = "lines", "wishes", "waiting"
Chosen = Mapping[str, Sequence[Variant]]


def advance(case: Case) -> Answer:
    """The next step of a change or exchange of items."""
    order, policy = case.order, case.orders.policy
    before = order.state in (State.OPEN, State.PACKED)
    decision = changing_items(order, policy) if before else exchanging(order, policy, case.today)
    if not decision.allowed:
        return case.refuse(reason_of(case.turn, decision, order.number))
    capability = Capability.ITEMS if before else Capability.EXCHANGE
    if not case.can(capability):
        plan = case.say("plan_exchange", items=items(order, case.told(LINES) or {}) or case.part("problem_no_item"), wish=case.text)
        return proved_or_ticket(case, capability, plan, "" if can_prove(case) and capability in case.orders.gateway.capabilities else case.say("exchange_by_staff"))
    case, lines = _heard(case)
    if case.denied and not _said_more(case):
        return case.drop()
    if not lines:
        return case.ask(case.say("swap_which", items=listed([counted(one, one.quantity) for one in left(order)])), ITEMS)
    variants = {key: case.orders.gateway.variants(order.line(key), order.currency) for key in lines}
    case = _wished(case, lines, variants)
    found = {key: chosen(order.line(key), variants[key], _wish(case, key)) for key in lines}
    best = [key for key in lines if _is_best(order.line(key), found[key], _wish(case, key))]
    if best and len(best) == len(lines):
        return case.refuse(case.say("swap_best_already", items=listed([order.line(key).name for key in best])))
    lines = {key: count for key, count in lines.items() if key not in best}
    open_lines = [key for key in lines if len(found[key]) != 1 or _wish(case, key).nothing]
    if open_lines:
        return _ask_variant(case, open_lines, variants, found)
    return _propose(case, lines, {key: those[0] for key, those in found.items()}, capability)


def taken_over(case: Case) -> Answer:
    """Goes on as a change of items with what began as another request."""
    return advance(replace(case, request=replace(case.request, kind=CHANGE_ITEMS)))


def _heard(case: Case) -> tuple[Case, Mapping[str, int]]:
    """The case with the positions that are meant: those found before, those that are added, or those that are left of them."""
    kept: Mapping[str, int] = case.told(LINES) or {}
    if case.fresh and kept:
        return case, kept
    there = {line.key: line.quantity for line in left(case.order)}
    named = {**_by_sku(case), **named_lines(case, left(case.order))}
    lines = lines_after(case, kept, named)
    if not lines and len(there) == 1:
        lines = there
    lines = {key: count for key, count in lines.items() if there.get(key, 0) >= count}
    return case.with_told(**{LINES: dict(lines)}), lines


def _is_best(line: Line, found: Sequence[Variant], wish: Wish) -> bool:
    """Whether what was ordered is the cheapest already, or the dearest, where nothing else is wished for."""
    if not wish.price or wish.values or wish.sku or not found:
        return False
    return found[0].price >= line.price if wish.price == CHEAP else found[0].price <= line.price


def _by_sku(case: Case) -> Mapping[str, int]:
    """The positions of whose product the message names a variant by its number in the shop."""
    words = {word for word in plain(case.text) if sum(map(str.isdecimal, word)) >= FEWEST_DIGITS}
    if not words:
        return {}
    there = {line.key: [one.sku.lower() for one in case.orders.gateway.variants(line, case.order.currency)] for line in left(case.order)}
    return {line.key: line.quantity for line in left(case.order) if words.intersection(there[line.key])}


def _said_more(case: Case) -> bool:
    words = plain(case.text)
    reading = case.turn.resources.request_words
    return bool(named_lines(case, left(case.order))) or bool(reading.named(words, "methods")) or len(words) > 3


def _wished(case: Case, lines: Mapping[str, int], variants: Mapping[str, Sequence[Variant]]) -> Case:
    """The case with what the message wishes for each position."""
    wishes: Dict[str, Any] = dict(case.told(WISHES) or {})
    named = [case.order.line(key) for key in lines]
    targets = answers_of(parted(case.text), named) if case.awaits == VARIANT else target_of(plain(case.text), named)
    waiting = [key for key in case.told(WAITING) or () if key in lines]
    reading = case.turn.resources.request_words
    said = set(plain(case.text))
    for key in lines:
        line = case.order.line(key)
        sku = next((one.sku for one in variants[key] if one.sku != line.sku and one.sku.lower() in said), "")
        if sku:
            wishes[key] = _data(Wish(sku=sku))
            continue
        words = targets.get(key)
        if words is None and targets.get("") is not None and (len(lines) == 1 or key in waiting or case.fresh):
            words = targets[""]
        if not words:
            continue
        wish = _like_another(case, line, words) or wish_in(words, line, variants[key], reading)
        if not wish.nothing:
            wishes[key] = _data(_wish(case, key).joined(wish) if key in wishes and not wish.sku else wish)
    return case.with_told(**{WISHES: wishes})


def _like_another(case: Case, line: Line, words: Sequence[str]) -> Wish | None:
    """ "The same as the one in my other order": the variant of that one; None where no other one is meant, or nobody knows which."""
    reading = case.turn.resources.request_words
    if not reading.has(words, "like_another"):
        return None
    orders = [order for order in case.orders.proving.orders_of(case.asker) if order.number != case.order.number]
    if reading.has(words, "pending"):
        orders = [one for one in orders if one.state in (State.OPEN, State.PACKED)]
    elif reading.has(words, "received"):
        orders = [one for one in orders if one.state is State.DELIVERED]
    others = [one for order in orders for one in order.lines]
    skus = list(dict.fromkeys(one.sku for one in others if one.title == line.title and one.sku != line.sku))
    return Wish(sku=skus[0]) if len(skus) == 1 else None


def _wish(case: Case, key: str) -> Wish:
    kept = (case.told(WISHES) or {}).get(key)
    return Wish(kept["values"], kept["price"], kept["same"], kept["sku"]) if kept else Wish()


def _data(wish: Wish) -> Mapping[str, Any]:
    return {"values": {option: list(values) for option, values in wish.values.items()}, "price": wish.price, "same": wish.same, "sku": wish.sku}


def _ask_variant(case: Case, keys: Sequence[str], variants: Mapping[str, Sequence[Variant]], found: Chosen) -> Answer:
    """Asks for what was not said, or says that there is no such variant; what there is instead is listed."""
    texts: List[str] = []
    for key in keys:
        line = case.order.line(key)
        if _wish(case, key).same:
            texts.append(case.say("swap_same", item=line.name))
        elif not found[key]:
            if case.told("later") and any(one.get("otherwise") for one in case.told("later")[:1]):
                return case.refuse(case.say("swap_none", item=line.name))
            texts.append(case.say("swap_none", item=line.name))
        else:
            texts.append(case.say("swap_what", item=line.name))
        texts.append(facts.variants_told(case.turn, found[key] if len(found[key]) > 1 and not _wish(case, key).nothing else variants[key], case.order.currency))
    wishes = {key: wish for key, wish in (case.told(WISHES) or {}).items() if found.get(key)}
    return case.with_told(**{WAITING: list(keys), WISHES: wishes}).ask("\n".join(texts), VARIANT)


def _propose(case: Case, lines: Mapping[str, int], instead: Mapping[str, Variant], capability: Capability) -> Answer:
    order = case.order
    difference = sum(((variant.price - order.line(key).price) * lines[key] for key, variant in instead.items()), Decimal(0))
    customer = methods.customer_of(case)
    named = methods.named(case, customer)
    key = named[0].key if named else str(case.told(methods.KEY) or order.paid_with)
    method = customer.method(key) if customer else None
    note = case.say("method_none") if methods.unknown_kind(case, customer) else ""
    if method is not None and difference > 0 and not methods.covers(method, difference):
        note = case.say("method_not_enough", method=facts.method_name(method, order.currency))
        method = next((one for one in (customer.methods if customer else ()) if methods.covers(one, difference)), None)
    if difference > 0 and method is None and customer is not None:
        return case.refuse(f"{note} {case.say('method_none_covers')}".strip())
    case = case.with_told(**{methods.KEY: method.key if method else ""})
    swaps = [Swap(one, variant.sku, lines[one]) for one, variant in instead.items()]
    rows = [f"- {counted(order.line(one), lines[one])} -> {_options(variant)}: {money(variant.price, order.currency)}" for one, variant in instead.items()]
    label = method.label if method else order.paid_by or case.part("way_you_paid")
    plan = case.say("plan_swap", items="; ".join(rows).replace("- ", ""), method=label)
    if case.agreed_to(plan):
        gateway, key = case.orders.gateway, method.key if method else ""
        change = gateway.change_items if capability is Capability.ITEMS else gateway.exchange
        return case.do(lambda: change(order, case.request.token, swaps, key), lambda outcome: _done(case, outcome, rows, capability, difference, label), max(difference, Decimal(0)))
    head = case.say("swap_plan" if capability is Capability.ITEMS else "exchange_plan")
    text = f"{note} {head}".strip() + "\n" + "\n".join(rows) + "\n" + _money(case, difference, label)
    once = case.orders.policy.change_items_once if capability is Capability.ITEMS else case.orders.policy.returns.once
    text += f" {case.say('swap_once')}" if once else ""
    return case.propose(plan, f"{text} {case.say('swap_shall_i')}", case.say("yes_swap"), case.say("no_leave_it"), back=-difference)


def _options(variant: Variant) -> str:
    return ", ".join(f"{name} {value}" for name, value in variant.options.items())


def _money(case: Case, difference: Decimal, label: str, done: bool = False) -> str:
    if not difference:
        return case.say("swap_even")
    kind = "pay" if difference > 0 else "back"
    return case.say(f"swap_{kind}{'_done' if done else ''}", sum=money(abs(difference), case.order.currency), method=label)


def _done(case: Case, outcome: Outcome, rows: Sequence[str], capability: Capability, difference: Decimal, label: str) -> str:
    if not outcome.done:
        return case.say("swap_asked_for")
    if capability is Capability.ITEMS:
        return f"{case.say('swap_done', items='; '.join(rows).replace('- ', ''))} {_money(case, difference, label, done=True)}"
    key = "exchange_done" if case.orders.policy.returns.label_follows else "exchange_done_ticket"
    plan = case.say("plan_swap", items="; ".join(rows).replace("- ", ""), method=label)
    ticket = "" if case.orders.policy.returns.label_follows else case.ticket(plan)
    return f"{case.say(key, items='; '.join(rows).replace('- ', ''), ticket=ticket)} {_money(case, difference, label, done=True)}"
