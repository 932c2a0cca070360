"""A six-digit code by mail that proves who writes in a conversation.

A code goes out behind the answer, by a thread of its own: whether there was anybody to send one to cannot be told by words, work
or time. It is made when it is sent, kept as a hash, and good for the conversation in which it was asked for.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from typing import Optional

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.phrases import phrases
from bot.store.codes import Code, CodeStore
from bot.store.order_policy import OrderPolicy, Way
from bot.store.orders.records import folded_email, folded_number
from bot.store.proofs import ProofStore
from bot.store.support_models import EMAIL_LENGTH, NOT_TAKEN
from bot.support.gateway import Order, OrderGateway
from bot.support.mailing import Mailer, MailUnreachable, to_customer
from bot.support.proving import Asker, Refusal

logger = logging.getLogger(__name__)
DIGITS = 6
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's smallest setting of Argon2id: a code is typed while somebody waits, and is good for minutes."""
NOBODYS = _HASHER.hash(secrets.token_urlsafe())
"""Compared with where no code was sent, so that it takes as long."""


class Typed(Enum):
    """What a typed code is: right, wrong, out of time, typed wrong too often, or none was sent."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True)
class Codes:
    """Codes for a shop's orders. Every method raises StoreError where the database gives no answer.

    Attributes:
        store: where they are kept.
        proofs: where tries are counted, and what was proved.
        gateway: where the addresses are that they go to.
        policy: the owner's limits.
        mailer: where mail goes out; None where none does, and no code can be sent.
        shop: the shop's name, for the mail.
    """

    store: CodeStore
    proofs: ProofStore
    gateway: OrderGateway
    policy: OrderPolicy
    mailer: Optional[Mailer]
    shop: str = ""

    @property
    def can_send(self) -> bool:
        """Whether codes can be sent at all."""
        return self.mailer is not None

    def want(self, asker: Asker, order: Order, again: bool = False) -> Refusal | None:
        """Has a code sent to the address of an order that who asks may see. One that is still good is not sent anew, unless it is
        asked for `again`."""
        customer = self._customer_of(asker, order)
        before = self.store.of(asker.sender)
        same = before is not None and (before.order_number, before.customer) == ("" if customer else order.number, customer)
        if before is not None and same and not again and not before.is_over and before.tries < self.policy.tries.of_code:
            return None
        return self._want(asker, order.number, order.email, "" if customer else order.number, customer)

    def want_unseen(self, asker: Asker, number: str, email: str) -> Refusal | None:
        """Has a code sent where there is an order of this number and e-mail; whether there is one is looked at behind the answer."""
        return self._want(asker, number, email, number, "", email)

    def want_agreed(self, asker: Asker, email: str) -> Refusal | None:
        """Has a code sent to an address, for whoever reads it to agree by; it proves nothing else."""
        return self._want(asker, "", email, "", "", email)

    def typed(self, asker: Asker, code: str, email: str = "") -> Typed:
        """Takes what was typed; the right code proves at once, and once.

        Args:
            asker: who types it.
            code: six digits.
            email: the address that is to agree, where the code is for that.
        """
        found = self.store.count_try(asker.sender, self.policy.tries.of_code)
        fits = _fits(found.digest if found and found.digest else NOBODYS, code)
        if found is None:
            kept = self.store.of(asker.sender)
            return Typed.TOO_OFTEN if kept is not None and not kept.is_over else Typed.OVER
        agrees = not found.order_number and not found.customer
        if not fits or agrees != bool(email) or (agrees and found.email != email) or not self.store.take(found):
            return Typed.WRONG
        way, minutes = Way.MAILED_CODE.value, self.policy.proof_minutes
        if agrees:
            return Typed.RIGHT
        if found.customer:
            self.proofs.prove_customer(asker.sender, found.customer, way, minutes)
        else:
            self.proofs.prove(asker.sender, folded_number(found.order_number), way, minutes)
        return Typed.RIGHT

    def was_not_taken(self, asker: Asker) -> bool:
        """Whether the code was not sent and never will be; not for who may not know whether there is such an order."""
        found = self.store.of(asker.sender)
        return found is not None and found.state == NOT_TAKEN

    def send_due(self) -> int:
        """Sends what waits, and returns how many went out; for the thread that posts.

        Raises:
            MailUnreachable: when the mail server gives no answer; they are sent again in a minute.
            GatewayError: when the shop gives none.
        """
        count = 0
        for one in self.store.to_send() if self.mailer else ():
            email = self._address_of(one)
            code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
            if "@" not in email:
                self.store.not_taken(one)
            elif self.store.claim(one, _HASHER.hash(code)):
                count += self._send(one, email, code)
        return count

    def _want(self, asker: Asker, number: str, email: str, order_number: str, customer: str, told: str = "") -> Refusal | None:
        tries = self.policy.tries
        limits = {
            "code_conversation": (asker.sender, tries.codes), "code_order": (folded_number(number), tries.codes), "code_email": (folded_email(email), tries.codes),
            "code_address": (asker.address, tries.address),
        }  # fmt: skip
        subjects = {scope: hashlib.sha256(f"{scope}:{value}".encode()).hexdigest() for scope, (value, _) in limits.items() if value}
        noted, counts = self.proofs.try_once(subjects, tries.minutes)
        if any(count > limits[scope][1] for scope, count in counts.items()):
            self.proofs.forgive(noted)
            return Refusal.TOO_MANY
        self.store.want(asker.sender, order_number, customer, told[:EMAIL_LENGTH], self.policy.code_minutes)
        return None

    def _customer_of(self, asker: Asker, order: Order) -> str:
        """The customer whom a code proves, where who asks was found as one; empty where it is an order's."""
        known = self.proofs.customer(asker.sender)
        return order.customer if known is not None and order.customer == known[0] else ""

    def _address_of(self, code: Code) -> str:
        """Where a code goes; empty where there is nobody."""
        if code.email:
            found = self.gateway.find(code.order_number, code.email) if code.order_number else None
            return code.email if not code.order_number else found.email if found else ""
        if code.customer:
            customer = self.gateway.customer(code.customer)
            return customer.email if customer else ""
        order = self.gateway.order(code.order_number)
        return order.email if order else ""

    def _send(self, one: Code, email: str, code: str) -> int:
        assert self.mailer is not None, "looked at by who calls"
        try:
            self.mailer.send(self._mail(one, email, code))
        except (MailUnreachable, ValueError) as error:  # an address that cannot stand in a mail at all
            if isinstance(error, MailUnreachable) and not error.refused:
                raise
            logger.error("a code was not taken by the mail server")  # whose address it is stands in no log
            self.store.not_taken(one)
            return 0
        self.store.sent(one)
        return 1

    def _mail(self, one: Code, email: str, code: str) -> EmailMessage:
        assert self.mailer is not None, "looked at by who calls"
        said, key = phrases(), "mail_code" if one.order_number or one.customer else "mail_agree"
        text = said.say(key, code=code, shop=self.shop, minutes=str(self.policy.code_minutes))
        return to_customer(self.mailer, self.shop, email, said.say("mail_code_subject", shop=self.shop), text)


def masked(email: str) -> str:
    """An address for who should know it: "m•••@example.com"."""
    local, _, domain = email.rpartition("@")
    return f"{local[:1]}•••@{domain}"


def _fits(kept: str, code: str) -> bool:
    try:
        return _HASHER.verify(kept, code)
    except (VerificationError, InvalidHashError):
        return False

