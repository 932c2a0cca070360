"""Who may see an order: a look-up by what the owner takes as proof, with limits, that tells nothing to who guesses.

Whatever of a claim is wrong is the same to who asks: the same answer, the same statements, and a try is counted the same way. What
is counted by is kept as a hash, not as it was written. Beyond a limit nothing is looked up any more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Callable, Mapping, Sequence, TypeVar

from bot.store.errors import StoreError
from bot.store.order_policy import OF_CUSTOMERS, OrderPolicy, Way, satisfies
from bot.store.orders.records import folded_email, folded_number
from bot.store.proofs import ProofStore
from bot.support.gateway import Customer, GatewayError, Order, OrderGateway

Found = TypeVar("Found", Order, Customer)


class Refusal(str, Enum):
    """Why nothing was found: nobody has all of it, or there were too many tries."""

    NO_MATCH = "no_match"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class Asker:
    """Who asks: the conversation, and the network address where the channel knows it."""

    sender: str
    address: str = ""


@dataclass(frozen=True)
class Claim:
    """Whom somebody says to be; empty what they did not say."""

    email: str = ""
    name: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Proving:
    """Looks orders and customers up for conversations by the owner's policy.

    Attributes:
        gateway: where the orders are.
        proofs: where proofs and tries are kept.
        policy: what the owner allows.
    """

    gateway: OrderGateway
    proofs: ProofStore
    policy: OrderPolicy

    def look_up(self, asker: Asker, number: str, email: str) -> Order | Refusal:
        """The order with this number and e-mail, and the proof that who asks is its customer.

        Raises:
            GatewayError: when the shop gives no answer.
            StoreError: when the database gives none.
        """
        result = self._tried(asker, {"order": folded_number(number), "email": folded_email(email)}, lambda: self.gateway.find(number, email))
        if isinstance(result, Refusal):
            return result
        order, noted = result
        self.proofs.prove(asker.sender, folded_number(order.number), Way.NUMBER_AND_EMAIL.value, self.policy.proof_minutes, noted)
        return order

    def way_of(self, claim: Claim) -> Way | None:
        """By which of the ways that prove a customer a claim can be looked up; None where something is missing."""
        accepted = {*self.policy.see, *self.policy.change} & OF_CUSTOMERS
        if Way.EMAIL in accepted and claim.email:
            return Way.EMAIL
        return Way.NAME_AND_POSTCODE if Way.NAME_AND_POSTCODE in accepted and claim.name and claim.postcode else None

    def look_up_customer(self, asker: Asker, claim: Claim) -> Customer | Refusal:
        """The customer whom a claim tells, and the proof that who asks is them; a conversation is with one customer only.

        Raises:
            GatewayError, StoreError: as `look_up`.
        """
        way = self.way_of(claim)
        if way is Way.EMAIL:
            told, find = {"email": folded_email(claim.email)}, lambda: self.gateway.customer_by_email(claim.email)
        elif way is Way.NAME_AND_POSTCODE:
            told = {"name": claim.name.lower(), "postcode": claim.postcode.upper()}

            def find() -> Customer | None:
                return self.gateway.customer_by_name(claim.name, claim.postcode)
        else:
            return Refusal.NO_MATCH
        result = self._tried(asker, told, find)
        if isinstance(result, Refusal):
            return result
        customer, noted = result
        known = self.proofs.customer(asker.sender)
        if known is not None and known[0] != customer.key:
            return Refusal.NO_MATCH  # somebody else's; the try stays counted
        self.proofs.prove_customer(asker.sender, customer.key, way.value, self.policy.proof_minutes, noted)
        return customer

    def customer(self, asker: Asker) -> Customer | None:
        """The customer that who asks is proved to be and may be told of; None elsewhere.

        Raises:
            GatewayError, StoreError: as `look_up`.
        """
        known = self.proofs.customer(asker.sender)
        return self.gateway.customer(known[0]) if known is not None and satisfies(known[1], self.policy.see) else None

    def may_change_customer(self, asker: Asker, key: str) -> bool:
        """Whether who asks proved enough to change what the shop keeps of a customer."""
        known = self.proofs.customer(asker.sender)
        return known is not None and known[0] == key and satisfies(known[1], self.policy.change)

    def seen(self, asker: Asker, number: str) -> Order | None:
        """The order of a number, where who asks proved enough to see it; None elsewhere, also where there is no such order.

        Raises:
            GatewayError, StoreError: as `look_up`.
        """
        if self._proved(asker, number, self.policy.see):
            return self.gateway.order(number)
        known = self.proofs.customer(asker.sender)
        if known is None or not satisfies(known[1], self.policy.see):
            return self._of_proved_mailbox(asker, number)
        order = self.gateway.order(number)
        return order if order is not None and order.customer == known[0] else None

    def may_change(self, asker: Asker, order: Order) -> bool:
        """Whether who asks proved enough to change an order."""
        if self._proved(asker, order.number, self.policy.change) or (order.customer and self.may_change_customer(asker, order.customer)):
            return True
        return Way.MAILED_CODE in self.policy.change and self._of_proved_mailbox(asker, order.number) is not None

    def orders_of(self, asker: Asker) -> list[Order]:
        """All orders that who asks may be told of, the newest first of a customer.

        Raises:
            GatewayError, StoreError: as `look_up`.
        """
        customer = self.customer(asker)
        numbers: Sequence[str] = customer.numbers if customer is not None else self.proofs.orders(asker.sender)
        found = [self.seen(asker, number) for number in numbers]
        return [one for one in found if one is not None]

    def _proved(self, asker: Asker, number: str, accepted: Sequence[Way]) -> bool:
        return any(satisfies(way, accepted) for way in self.proofs.ways(asker.sender, folded_number(number)))

    def _of_proved_mailbox(self, asker: Asker, number: str) -> Order | None:
        """The order of a number that has the address to which a code of this conversation went; found as by number and e-mail, so
        that others' numbers cannot be told by the time it takes."""
        for other in self.proofs.orders(asker.sender, Way.MAILED_CODE.value):
            proved = self.gateway.order(other)
            found = self.gateway.find(number, proved.email) if proved is not None and proved.email else None
            if found is not None:
                return found
        return None

    def _tried(self, asker: Asker, told: Mapping[str, str], find: Callable[[], Found | None]) -> tuple[Found, Sequence[int]] | Refusal:
        """What a look-up finds, with the tries to forgive; every look-up goes through here, whatever proves."""
        tries = self.policy.tries
        named = {"conversation": asker.sender, **told, "address": asker.address}
        subjects = {scope: _hash(scope, value) for scope, value in named.items() if value}
        noted, counts = self.proofs.try_once(subjects, tries.minutes)
        if any(counts[scope] > getattr(tries, scope) for scope in subjects):
            self.proofs.forgive(noted)
            return Refusal.TOO_MANY
        try:
            found = find()
        except (GatewayError, StoreError):
            self.proofs.forgive(noted)  # what nobody could look up is no try
            raise
        return Refusal.NO_MATCH if found is None else (found, noted)


def _hash(scope: str, value: str) -> str:
    return hashlib.sha256(f"{scope}:{value}".encode()).hexdigest()
