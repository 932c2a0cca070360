"""Who may see an order: both things or nothing, the same for every guess, a few tries, and nothing told to another conversation."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from sqlalchemy import event, select

from bot.shops.book.gateway import BookGateway
from bot.store.codes import CodeStore
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.order_policy import OrderPolicy, Tries, Way
from bot.store.orders.writer import write_orders
from bot.store.proofs import ProofStore
from bot.store.support_models import LookUp, Proof
from bot.support.codes import Codes, Typed
from bot.support.gateway import Order
from bot.support.mailing import Mailer, Server
from bot.support.proving import Asker, Claim, Proving, Refusal
from tests.store.conftest import database, url
from tests.support.conformance import EMAIL, ORDERS, OTHER

__all__ = ["database", "url"]
ME = Asker("me")
MANY = Tries(conversation=100_000, order=100_000, email=100_000, address=100_000)


@pytest.fixture
def orders(database: Database) -> Database:
    write_orders(database, enumerate(ORDERS), ImportReport())
    return database


def proving(database: Database, **policy: object) -> Proving:
    return Proving(BookGateway(database, leads=True), ProofStore(database), OrderPolicy(**policy))


def test_number_and_email_prove_for_this_order_and_conversation_alone(orders: Database) -> None:
    door = proving(orders)
    assert isinstance(door.look_up(ME, "kb-2001", EMAIL.upper()), Order)
    assert door.seen(ME, "KB-2001") is not None
    assert door.seen(ME, "KB-2005") is None and door.seen(ME, "KB-2002") is None
    assert door.seen(Asker("somebody else"), "KB-2001") is None


def test_seeing_is_not_changing_unless_the_owner_says_so(orders: Database) -> None:
    strict, free = proving(orders), proving(orders, change="number_and_email")
    strict.look_up(ME, "KB-2001", EMAIL)
    first, second = (free.gateway.order(number) for number in ("KB-2001", "KB-2002"))
    assert first is not None and second is not None
    assert not strict.may_change(ME, first) and free.may_change(ME, first)
    assert not free.may_change(Asker("somebody else"), first) and not free.may_change(ME, second)


def test_a_proof_ends(orders: Database) -> None:
    door = proving(orders)
    door.look_up(ME, "KB-2001", EMAIL)
    with orders.session() as session:
        session.execute(Proof.__table__.update().values(until=ORDERS[0].placed_at))
        session.commit()
    assert door.seen(ME, "KB-2001") is None


def test_where_nobody_can_be_proved_nobody_sees(orders: Database) -> None:
    door = proving(orders, see=(Way.NOBODY,))
    door.look_up(ME, "KB-2001", EMAIL)
    assert door.seen(ME, "KB-2001") is None


@pytest.mark.parametrize(("scope", "tries"), [
    ("conversation", [("me", "", f"X{n}", f"{n}@example.com") for n in range(9)]),
    ("order", [(f"c{n}", "", "KB-2001", f"{n}@example.com") for n in range(9)]),
    ("email", [(f"c{n}", "", f"X{n}", EMAIL) for n in range(9)]),
    ("address", [(f"c{n}", "10.0.0.1", f"X{n}", f"{n}@example.com") for n in range(9)]),
])
def test_each_limit_ends_the_tries(orders: Database, scope: str, tries: list[tuple[str, str, str, str]]) -> None:
    limit = MANY.copy(update={scope: 4})
    answers = [proving(orders, tries=limit).look_up(Asker(sender, address), number, email) for sender, address, number, email in tries]
    assert answers == [Refusal.NO_MATCH] * 4 + [Refusal.TOO_MANY] * 5


def test_beyond_the_limit_the_right_answer_tells_nothing_either(orders: Database) -> None:
    door = proving(orders, tries=MANY.copy(update={"conversation": 2}))
    for number in ("X1", "X2", "X3"):
        door.look_up(ME, number, EMAIL)
    assert door.look_up(ME, "KB-2001", EMAIL) is Refusal.TOO_MANY and door.seen(ME, "KB-2001") is None


def test_who_knows_their_order_is_never_counted(orders: Database) -> None:
    door = proving(orders)
    assert all(isinstance(door.look_up(ME, "KB-2001", EMAIL), Order) for _ in range(20))


def test_limits_hold_over_two_processes(orders: Database) -> None:
    """Two engines of one database share nothing but the tables, as two processes do."""
    other = Database(orders.url)
    doors = [proving(one, tries=MANY.copy(update={"order": 5})) for one in (orders, other)]
    answers = [doors[n % 2].look_up(Asker(f"c{n}"), "KB-2001", f"{n}@example.com") for n in range(12)]
    other.dispose()
    assert answers.count(Refusal.NO_MATCH) == 5


def test_nothing_that_was_written_is_kept_as_it_was(orders: Database) -> None:
    proving(orders).look_up(Asker("me", "10.1.2.3"), "KB-2001", OTHER)
    with orders.session() as session:
        kept = [(one.scope, one.subject) for one in session.execute(select(LookUp)).scalars()]
    assert sorted(scope for scope, _ in kept) == ["address", "conversation", "email", "order"]
    assert not any(told in subject for _, subject in kept for told in ("2001", "someone", "10.1.2.3"))


def test_an_unknown_number_and_a_wrong_email_make_the_same_statements(orders: Database) -> None:
    door = proving(orders, tries=MANY)
    said: dict[str, list[str]] = {}
    for name, number, email in (("unknown", "KB-9999", EMAIL), ("wrong", "KB-2001", OTHER)):
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object, kept: list[str] = statements) -> None:
            kept.append(statement)

        event.listen(orders.engine, "before_cursor_execute", note)
        assert door.look_up(Asker(name), number, email) is Refusal.NO_MATCH
        event.remove(orders.engine, "before_cursor_execute", note)
        said[name] = statements
    assert said["unknown"] == said["wrong"] and len(said["wrong"]) > 3


@pytest.mark.alone
def test_guesses_take_as_long_whether_the_number_exists(orders: Database) -> None:
    door = proving(orders, tries=MANY)
    took: dict[str, list[float]] = {"KB-2001": [], "KB-9999": []}
    for turn in range(80):
        for number, times in took.items():
            begin = perf_counter()
            door.look_up(Asker(f"c{turn}"), number, OTHER)
            times.append(perf_counter() - begin)
    known, unknown = (median(times) for times in took.values())
    assert abs(known - unknown) < 0.5 * max(known, unknown)


@limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.one_of(st.text(max_size=30), st.sampled_from([one.number for one in ORDERS])), email=st.one_of(st.text(max_size=30), st.just(OTHER)))
def test_nothing_forged_shows_an_order_of_rosas(orders: Database, number: str, email: str) -> None:
    found = proving(orders, tries=MANY).look_up(Asker("guesser"), number, email)
    assert not isinstance(found, Order) or found.email == OTHER


def test_the_owners_rules_are_read(tmp_path: Path) -> None:
    from bot.paths import DATA
    from bot.store.policies import ShopError, load_shop

    shop = load_shop(DATA / "shop.yml")
    assert shop.orders is not None and shop.orders.returns.days == 30
    path = tmp_path / "shop.yml"
    path.write_text((DATA / "shop.yml").read_text(encoding="utf-8").replace("cancel_until: packed", "cancel_untill: packed"), encoding="utf-8")
    with pytest.raises(ShopError, match="cancel_until"):
        load_shop(path)


def codes(database: Database, **policy: object) -> Codes:
    door = proving(database, **policy)
    return Codes(CodeStore(database), door.proofs, door.gateway, door.policy, Mailer("care@shop.example", Server("smtp", "127.0.0.1", 1, "", "")))


BY_CODE = {"see": "mailed_code", "change": "mailed_code", "tries": MANY.copy(update={"codes": 100_000})}


def test_a_code_for_nobody_makes_the_same_statements(orders: Database) -> None:
    """Neither asking for one nor typing one tells whether there is an order, and of whom."""
    door = codes(orders, **BY_CODE)
    said: list[list[str]] = []
    for place, (number, email) in enumerate((("KB-2001", EMAIL), ("KB-2001", OTHER), ("KB-9999", EMAIL))):
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object, kept: list[str] = statements) -> None:
            kept.append(statement)

        event.listen(orders.engine, "before_cursor_execute", note)
        assert door.want_unseen(Asker(f"asker {place}"), number, email) is None
        assert door.typed(Asker(f"asker {place}"), "000000") is Typed.WRONG
        event.remove(orders.engine, "before_cursor_execute", note)
        said.append(statements)
    assert said[0] == said[1] == said[2] and len(said[0]) > 6


class Outbox(Mailer):
    """Keeps what is sent."""

    def send(self, message: EmailMessage, patience_s: float = 0) -> None:
        SENT.append(message)


SENT: list[EmailMessage] = []


def test_who_knows_number_and_email_and_reads_no_mail_gets_nowhere(orders: Database) -> None:
    """From many conversations, over two processes: a few mails go out, a few tries are taken, and nothing is opened."""
    SENT.clear()
    other = Database(orders.url)
    policy: dict[str, object] = {"change": "mailed_code", "tries": MANY}
    out = Outbox("care@shop.example", Server("smtp", "127.0.0.1", 1, "", ""))
    doors = [replace(codes(one, **policy), mailer=out) for one in (orders, other)]
    order = proving(orders, **policy).gateway.order("KB-2001")
    assert order is not None
    taken = 0
    for number in range(6):
        asker, door = Asker(f"guesser {number}"), doors[number % 2]
        assert proving(orders, **policy).look_up(asker, "KB-2001", EMAIL) == order
        door.want(asker, order)
        door.send_due()
        taken += sum(door.typed(asker, "12345x") is Typed.WRONG for _ in range(6))
        assert not proving(orders, **policy).may_change(asker, order)
    other.dispose()
    assert len(SENT) == 4 and taken == 4 * 5
    assert {one["To"] for one in SENT} == {EMAIL}


@pytest.mark.alone
def test_a_code_takes_as_long_for_nobody(orders: Database) -> None:
    door = codes(orders, **BY_CODE)
    took: dict[str, list[float]] = {EMAIL: [], OTHER: []}
    for turn in range(10):
        for email, times in took.items():
            begin = perf_counter()
            door.want_unseen(Asker(f"{turn} {email}"), "KB-2001", email)
            door.typed(Asker(f"{turn} {email}"), "000000")
            times.append(perf_counter() - begin)
    known, unknown = (median(times) for times in took.values())
    assert abs(known - unknown) < 0.5 * max(known, unknown)


WAYS = {
    "email": ({"see": "email", "change": "email"}, Claim(email=EMAIL), Claim(email="nobody@example.com")),
    "name": (
        {"see": "name_and_postcode", "change": "name_and_postcode"}, Claim(name="Rosa Diaz", postcode="12 203"), Claim(name="Rosa Diaz", postcode="99999"),
    ),
}


@pytest.fixture
def rosa_alone(database: Database) -> Database:
    write_orders(database, enumerate(one for one in ORDERS if one.email == EMAIL), ImportReport())
    return database


@pytest.mark.parametrize("way", list(WAYS))
def test_a_customer_is_proved_once_for_all_their_orders(rosa_alone: Database, way: str) -> None:
    policy, right, _ = WAYS[way]
    door = proving(rosa_alone, **policy)
    customer = door.look_up_customer(ME, right)
    assert not isinstance(customer, Refusal) and customer.email == EMAIL
    assert {one.number for one in door.orders_of(ME)} == {one.number for one in ORDERS if one.email == EMAIL}
    assert all(door.may_change(ME, one) for one in door.orders_of(ME)) and door.may_change_customer(ME, customer.key)
    assert door.orders_of(Asker("somebody else")) == [] and not door.may_change(Asker("somebody else"), door.orders_of(ME)[0])


@pytest.mark.parametrize("way", list(WAYS))
def test_every_way_has_the_same_limits(rosa_alone: Database, way: str) -> None:
    policy, right, wrong = WAYS[way]
    door = proving(rosa_alone, tries=MANY.copy(update={"conversation": 3, "name": 1000, "postcode": 1000}), **policy)
    answers = [door.look_up_customer(ME, wrong) for _ in range(5)]
    assert answers == [Refusal.NO_MATCH] * 3 + [Refusal.TOO_MANY] * 2
    assert door.look_up_customer(ME, right) is Refusal.TOO_MANY and door.customer(ME) is None


@pytest.mark.parametrize("way", list(WAYS))
def test_a_way_that_the_owner_does_not_take_proves_nothing(rosa_alone: Database, way: str) -> None:
    _, right, _ = WAYS[way]
    door = proving(rosa_alone)
    assert door.way_of(right) is None and door.look_up_customer(ME, right) is Refusal.NO_MATCH and door.orders_of(ME) == []


def test_seeing_by_one_way_is_not_changing_by_another(rosa_alone: Database) -> None:
    door = proving(rosa_alone, see=["email", "name_and_postcode"], change="email")
    door.look_up_customer(ME, Claim(name="Rosa Diaz", postcode="12203"))
    order = door.orders_of(ME)[0]
    assert not door.may_change(ME, order)
    door.look_up_customer(ME, Claim(email=EMAIL))
    assert door.may_change(ME, order)


def test_two_customers_of_one_name_and_postcode_are_none(orders: Database) -> None:
    door = proving(orders, see="name_and_postcode")
    assert door.look_up_customer(ME, Claim(name="Rosa Diaz", postcode="12203")) is Refusal.NO_MATCH


def test_a_conversation_is_with_one_customer(orders: Database) -> None:
    door = proving(orders, see="email", change="email")
    door.look_up_customer(ME, Claim(email=EMAIL))
    assert door.look_up_customer(ME, Claim(email=OTHER)) is Refusal.NO_MATCH
    assert door.seen(ME, "KB-2005") is None and all(one.email == EMAIL for one in door.orders_of(ME))


@pytest.mark.parametrize(("first", "second"), [
    (Claim(name="Rosa Diaz", postcode="99999"), Claim(name="Nobody Atall", postcode="12203")),
    (Claim(name="Nobody Atall", postcode="99999"), Claim(name="Rosa Diaz", postcode="99999")),
])
def test_whatever_is_wrong_of_a_name_makes_the_same_statements(rosa_alone: Database, first: Claim, second: Claim) -> None:
    door = proving(rosa_alone, tries=MANY.copy(update={"name": 1000, "postcode": 1000}), see="name_and_postcode")
    said: list[list[str]] = []
    for place, claim in enumerate((first, second)):
        statements: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object, kept: list[str] = statements) -> None:
            kept.append(statement)

        event.listen(rosa_alone.engine, "before_cursor_execute", note)
        assert door.look_up_customer(Asker(f"asker {place}"), claim) is Refusal.NO_MATCH
        event.remove(rosa_alone.engine, "before_cursor_execute", note)
        said.append(statements)
    assert said[0] == said[1] and len(said[0]) > 3
