"""Who proved to be the customer of which order, and how often somebody tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select

from bot.store.database import Database, writing_turn
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.store.support_models import CustomerProof, LookUp, Proof


class ProofStore:
    """Proofs and failed tries of a database. Calls block: keep them off an event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def try_once(self, subjects: Mapping[str, str], minutes: int) -> tuple[list[int], dict[str, int]]:
        """Notes a try before it is made, once for each scope, so that those who try at the same time count each other, also from
        other processes; tries too old to count are dropped on the way.

        Args:
            subjects: the hash counted by, for each scope.
            minutes: how far back tries count.

        Returns:
            What `forgive` takes, and how many tries there are with this one, by scope.

        Raises:
            StoreError: when the database gives no answer (so does every method).
        """
        now = utc_now()
        since = now - timedelta(minutes=minutes)
        tries = [new(LookUp, scope=scope, subject=subject, at=now) for scope, subject in subjects.items()]
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(delete(LookUp).where(LookUp.at < since))
            session.add_all(tries)
            session.commit()
        with self._database.session() as session:
            counts = {}
            for scope, subject in subjects.items():
                wanted = select(func.count(LookUp.id)).where(LookUp.scope == scope, LookUp.subject == subject, LookUp.at > since)
                counts[scope] = int(session.execute(wanted).scalar_one())
        return [one.id for one in tries], counts

    def forgive(self, tries: Sequence[int]) -> None:
        """Takes tries back that were not made."""
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(delete(LookUp).where(LookUp.id.in_(tries)))
            session.commit()

    def prove(self, sender: str, order_number: str, way: str, minutes: int, tries: Sequence[int] = ()) -> None:
        """Notes that who writes in a conversation is the customer of an order, for so many minutes; the tries that led to it are
        taken back."""
        until = utc_now() + timedelta(minutes=minutes)
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(delete(Proof).where(Proof.sender == sender, Proof.order_number == order_number, Proof.way == way))
            session.execute(delete(Proof).where(Proof.until < utc_now()))
            session.execute(delete(LookUp).where(LookUp.id.in_(tries)))
            session.add(new(Proof, sender=sender, order_number=order_number, way=way, until=until))
            session.commit()

    def ways(self, sender: str, order_number: str) -> frozenset[str]:
        """By what who writes in a conversation is proved to be an order's customer now; empty where by nothing."""
        wanted = select(Proof.way).where(Proof.sender == sender, Proof.order_number == order_number, Proof.until > utc_now())
        with self._database.session() as session:
            return frozenset(session.execute(wanted).scalars())

    def prove_customer(self, sender: str, customer: str, way: str, minutes: int, tries: Sequence[int] = ()) -> None:
        """Notes that who writes in a conversation is a customer, who is the only one of that conversation; for the rest see
        `prove`."""
        until = utc_now() + timedelta(minutes=minutes)
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            session.execute(delete(CustomerProof).where((CustomerProof.sender == sender) | (CustomerProof.until < utc_now())))
            session.execute(delete(LookUp).where(LookUp.id.in_(tries)))
            session.add(new(CustomerProof, sender=sender, customer=customer, way=way, until=until))
            session.commit()

    def customer(self, sender: str) -> tuple[str, str] | None:
        """The key of the customer that who writes in a conversation is proved to be now, and by what; None where nobody."""
        wanted = select(CustomerProof.customer, CustomerProof.way).where(CustomerProof.sender == sender, CustomerProof.until > utc_now())
        with self._database.session() as session:
            found = session.execute(wanted).first()
            return (str(found[0]), str(found[1])) if found else None

    def orders(self, sender: str, way: str = "") -> list[str]:
        """The folded numbers of the orders whose customer who writes in a conversation is proved to be now, the latest proof first;
        only those that were proved in one way, where one is given."""
        wanted = select(Proof.order_number).where(Proof.sender == sender, Proof.until > utc_now()).order_by(Proof.until.desc())
        wanted = wanted.where(Proof.way == way) if way else wanted
        with self._database.session() as session:
            return list(dict.fromkeys(session.execute(wanted).scalars()))
