"""Whom a customer says to be, and the talk until they proved it: asked for in the shop's own ways, with one answer for all that is
not found."""

from __future__ import annotations

from dataclasses import replace
from typing import Mapping

from bot.answers.answer import Answer
from bot.answers.orders.case import SAID, answered
from bot.answers.orders.proof import asker
from bot.answers.resources import Resources
from bot.answers.shop.contact import briefly
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.store.order_policy import OF_CUSTOMERS, Way
from bot.store.requests import Request
from bot.store.support_models import DROPPED, REFUSED
from bot.support.gateway import Customer
from bot.support.orders import Orders
from bot.support.proving import Claim, Refusal
from bot.understanding.frame import Frame
from bot.understanding.memory import OpenRequest
from bot.understanding.order_numbers import EMAIL
from bot.understanding.people import name_in, postcode_in
from bot.understanding.support import PROOF, STATUS

NAME, POSTCODE, FAILED = "name", "postcode", "failed"
MOST_EMAILS = 2


def claim_in(text: str, frame: Frame, resources: Resources, orders: Orders, asked: bool) -> Claim:
    """Whom a message says somebody to be."""
    email = next((one.value for one in frame.quantities if one.measures == EMAIL), "")
    if Way.NAME_AND_POSTCODE not in {*orders.policy.see, *orders.policy.change}:
        return Claim(email)
    coded = bool(postcode_in(text, resources.request_words, False))
    asks = "?" in text or bool(resources.request_words.wants(text))  # "how much is it?" tells no name
    name = name_in(text, resources.request_words, asked and not asks)
    name = name or (name_in(text, resources.request_words, True) if coded else "")
    return Claim(email, name, postcode_in(text, resources.request_words, asked or bool(name)))


def proved(turn: Turn, orders: Orders, request: Request | None) -> Answer | tuple[Customer, str]:
    """The customer, and all that they said they want; an answer that asks on while they did not prove who they are.

    Raises:
        GatewayError, StoreError: when the shop or the database gives no answer.
    """
    waits = request is not None
    told = claim_in(turn.frame.text, turn.frame, turn.resources, orders, asked=waits)
    details: Mapping[str, object] = request.details if request else {}
    before = str(details.get(SAID, ""))
    wants = turn.resources.request_words.wants(turn.frame.text)
    said = f"{before}\n{turn.frame.text}" if before and (wants or told == Claim()) else before or turn.frame.text
    claim = Claim(
        told.email or str(details.get("email", "")), told.name or str(details.get(NAME, "")), told.postcode or str(details.get(POSTCODE, ""))
    )
    if request is None:
        request = orders.requests.begin(turn.sender, STATUS)
    kept = {"email": claim.email, NAME: claim.name, POSTCODE: claim.postcode}
    request = replace(request, details={SAID: said, **{key: value for key, value in kept.items() if value}})
    if waits and told == Claim() and turn.frame.has("gives_up") and not wants:
        orders.requests.keep(replace(request, state=DROPPED, details={}))
        return answered(turn, turn.say("request_dropped"), None)
    claims = [one for one in _tellings(turn, claim) if orders.proving.way_of(one) is not None]
    if not claims or (details.get(FAILED) and told == Claim()):
        failed = {**request.details, FAILED: True} if details.get(FAILED) else request.details
        return _ask(turn, orders, replace(request, details=failed), asked_for(turn, orders, claim))
    found: Customer | Refusal = Refusal.NO_MATCH
    for one in claims:  # each counts as a try of its own
        found = orders.proving.look_up_customer(asker(turn), one)
        if found is not Refusal.NO_MATCH:
            break
    if found is Refusal.TOO_MANY:
        orders.requests.keep(replace(request, state=REFUSED, details={}))
        return answered(turn, f"{turn.say('order_too_many')} {briefly(turn)}", None)
    if isinstance(found, Refusal):
        told_again = {key: value for key, value in request.details.items() if key in (SAID, NAME, POSTCODE)}  # so that one of them can be put right alone
        request = replace(request, details={**told_again, FAILED: True})
        return _ask(turn, orders, request, turn.say("customer_no_match", wanted=wanted(turn, orders)))
    orders.requests.keep(replace(request, state=DROPPED, details={}))
    return found, said


def _tellings(turn: Turn, claim: Claim) -> list[Claim]:
    """A claim in the ways in which it can be looked up: by each e-mail that is told, a few at most, then by name and postcode."""
    emails = list(dict.fromkeys(one.value for one in turn.frame.quantities if one.measures == EMAIL))[:MOST_EMAILS] or [claim.email]
    return [*(Claim(email=one) for one in emails if one), Claim(name=claim.name, postcode=claim.postcode)]


def wanted(turn: Turn, orders: Orders) -> str:
    """What proves a customer here, in words."""
    accepted = {*orders.policy.see, *orders.policy.change} & OF_CUSTOMERS
    if accepted == {Way.EMAIL}:
        return inside(turn.say("proof_email"))
    return inside(turn.say("proof_name" if accepted == {Way.NAME_AND_POSTCODE} else "proof_email_or_name"))


def asked_for(turn: Turn, orders: Orders, claim: Claim) -> str:
    """The question for what is missing of a claim."""
    if claim.name and not claim.postcode:
        return turn.say("ask_postcode")
    return turn.say("ask_name" if claim.postcode and not claim.name else "ask_who", wanted=wanted(turn, orders))


def _ask(turn: Turn, orders: Orders, request: Request, text: str) -> Answer:
    orders.requests.keep(request)
    return answered(turn, text, OpenRequest(request.id, request.kind, PROOF))
