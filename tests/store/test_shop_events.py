"""Events of the shop change the book and the catalogue once, and never over what is newer; on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import permutations

import pytest
from sqlalchemy import func, select

from bot.store.database import Database, catalogue_version
from bot.store.importers.base import ImportReport
from bot.store.models import Product, Variant, utc_now
from bot.store.notice_models import BY_MAIL
from bot.store.notices import NoticeStore
from bot.store.orders.book import OrderBook
from bot.store.orders.models import CANCELLED, DELIVERED, OPEN, PACKED, Shipment, ShopOrder
from bot.store.orders.records import ParcelRecord
from bot.store.orders.writer import write_orders
from bot.store.shop_event_models import ShopEventTaken, ShopSubject
from bot.store.shop_events.taking import Taken, take
from bot.store.shop_events.told import Event, OrderTold, ParcelTold, StateTold, StockTold, What
from tests.support.conformance import BASE

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
LATER, LATEST = NOON + timedelta(minutes=1), NOON + timedelta(minutes=2)
SENT = ParcelRecord({}, "USPS", "9400", "https://carrier.example/9400", NOON)
COME = replace(SENT, delivered_at=LATER)


def event(what: OrderTold | StateTold | ParcelTold | StockTold, at: datetime = NOON, name: str = "") -> Event:
    """An event of its own id."""
    return Event(name or f"{what!r} {at}", at, what)


@pytest.fixture
def book(database: Database) -> OrderBook:
    """A book with one order."""
    write_orders(database, [(0, BASE)], ImportReport())
    return OrderBook(database)


def order_in(book: OrderBook) -> ShopOrder:
    """The order."""
    found = book.by_number("KB-2001")
    assert found is not None
    return found


def test_a_new_order_is_in_the_book_at_once_and_once(database: Database) -> None:
    told = event(OrderTold(BASE))
    assert take(database, told).taken is Taken.DONE and take(database, told).taken is Taken.SEEN
    book = OrderBook(database)
    assert book.count() == 1 and order_in(book).email == "rosa@example.com"


def test_what_is_older_than_what_is_known_changes_nothing(database: Database, book: OrderBook) -> None:
    assert take(database, event(StateTold("KB-2001", PACKED), LATER)).taken is Taken.DONE
    assert take(database, event(StateTold("KB-2001", OPEN), NOON)).taken is Taken.OLD and order_in(book).state == PACKED
    assert take(database, event(OrderTold(replace(BASE, state="shipped")), NOON)).taken is Taken.OLD and order_in(book).state == PACKED


def test_the_same_comes_of_all_orders_in_which_events_arrive(database: Database) -> None:
    shipped = replace(BASE, state="shipped", parcels=(replace(SENT, contents={0: 2, 1: 1}),))
    events = [event(OrderTold(BASE), NOON), event(OrderTold(shipped), LATER), event(ParcelTold("KB-2001", COME), LATEST)]
    seen = set()
    for number, some in enumerate(permutations(events)):
        again = [replace(_renumbered(one, number), id=f"{number} {one.id}") for one in some]
        for one in again:
            while take(database, one).taken is Taken.UNKNOWN:  # sent again behind what makes it known
                take(database, next(first for first in again if isinstance(first.what, OrderTold)))
        order = OrderBook(database).by_number(f"KB-{3000 + number}")
        assert order is not None
        seen.add((order.state, tuple((one.tracking, one.delivered_at) for one in order.shipments)))
    assert seen == {("delivered", (("9400", LATER),))}


def _renumbered(one: Event, number: int) -> Event:
    name, what = f"KB-{3000 + number}", one.what
    if isinstance(what, OrderTold):
        return replace(one, what=OrderTold(replace(what.record, number=name)))
    assert isinstance(what, ParcelTold)
    return replace(one, what=replace(what, number=name))


def test_a_parcel_goes_and_comes(database: Database, book: OrderBook) -> None:
    take(database, event(ParcelTold("kb 2001", SENT, {"RT-150": 2}), NOON))
    order = order_in(book)
    assert order.state == "shipped" and order.shipments[0].contents == {"0": 2} and order.imported == ""
    take(database, event(ParcelTold("KB-2001", COME, {"RT-150": 2}), LATER))
    assert order_in(book).state == "shipped"  # the cream is in none yet
    take(database, event(ParcelTold("KB-2001", replace(COME, tracking="9401"), {"CC-50": 1}), LATEST))
    order = order_in(book)
    assert order.state == "delivered" and [one.tracking for one in order.shipments] == ["9400", "9401"]


def test_of_two_parcels_each_has_its_own_time(database: Database, book: OrderBook) -> None:
    take(database, event(ParcelTold("KB-2001", COME), LATEST))
    assert take(database, event(ParcelTold("KB-2001", replace(SENT, tracking="9401"), {"CC-50": 1}), NOON)).taken is Taken.DONE
    assert take(database, event(ParcelTold("KB-2001", SENT), NOON)).taken is Taken.OLD
    assert [one.delivered_at for one in order_in(book).shipments] == [LATER, None]


def test_what_is_told_of_a_known_parcel_leaves_an_order_delivered(database: Database, book: OrderBook) -> None:
    take(database, event(ParcelTold("KB-2001", SENT, {"RT-150": 2}), NOON))
    take(database, event(StateTold("KB-2001", DELIVERED), NOON))
    take(database, event(ParcelTold("KB-2001", replace(SENT, carrier="UPS"), {"RT-150": 2}), LATER))
    order = order_in(book)
    assert order.state == DELIVERED and [one.carrier for one in order.shipments] == ["UPS"]
    take(database, event(ParcelTold("KB-2001", replace(COME, tracking="9401"), {"CC-50": 1}), LATER))
    assert order_in(book).state == DELIVERED  # a new one, that has come too
    take(database, event(ParcelTold("KB-2001", replace(SENT, tracking="9402"), {"CC-50": 1}), LATEST))
    assert order_in(book).state == "shipped"


def test_parcels_without_a_number_are_each_their_own(database: Database, book: OrderBook) -> None:
    first = replace(SENT, tracking="", url="")
    second = replace(first, carrier="UPS", shipped_at=NOON + timedelta(hours=1))
    take(database, event(ParcelTold("KB-2001", first, {"RT-150": 1}), LATEST))
    assert take(database, event(ParcelTold("KB-2001", second, {"RT-150": 1}), LATER)).taken is Taken.DONE
    assert take(database, event(ParcelTold("KB-2001", replace(first, carrier="FedEx"), {"CC-50": 1}), NOON)).taken is Taken.DONE
    assert take(database, event(ParcelTold("KB-2001", replace(first, carrier="DHL"), {"RT-150": 1}), NOON)).taken is Taken.OLD
    wanted = [("USPS", {"0": 1}), ("UPS", {"0": 1}), ("FedEx", {"1": 1})]
    assert [(one.carrier, one.contents) for one in order_in(book).shipments] == wanted


def test_a_parcel_without_a_number_comes_and_may_get_one(database: Database, book: OrderBook) -> None:
    bare = replace(SENT, tracking="", url="")
    for parcel, at in ((bare, NOON), (SENT, LATER), (COME, LATEST)):
        take(database, event(ParcelTold("KB-2001", parcel, {"RT-150": 2}), at))
    take(database, event(ParcelTold("KB-2001", bare, {"CC-50": 1}), NOON))
    take(database, event(ParcelTold("KB-2001", replace(bare, shipped_at=None, delivered_at=LATEST), {"CC-50": 1}), LATEST))
    order = order_in(book)
    assert order.state == DELIVERED and [(one.tracking, one.delivered_at) for one in order.shipments] == [("9400", LATER), ("", LATEST)]


@pytest.mark.parametrize("what", [StateTold("KB-1", OPEN), ParcelTold("KB-1", SENT), StockTold("none", 3), ParcelTold("KB-2001", SENT, {"none": 1})])
def test_what_is_not_known_may_be_told_again(database: Database, book: OrderBook, what: StateTold) -> None:
    for _ in range(2):
        assert take(database, event(what)).taken is Taken.UNKNOWN


def test_an_order_that_was_cancelled_here_does_not_come_back(database: Database, book: OrderBook) -> None:
    order = order_in(book)
    book.cancel(order.number, order.version, "c1", "", (OPEN,))
    later: tuple[What, ...] = (StateTold("KB-2001", PACKED), ParcelTold("KB-2001", SENT), OrderTold(replace(BASE, total=BASE.total + 1)))
    for what in later:
        result = take(database, event(what, LATER))
        assert result.taken is Taken.REFUSED and "cancelled" in result.why
    assert order_in(book).state == CANCELLED and take(database, event(StateTold("KB-2001", CANCELLED), LATEST)).taken is Taken.DONE


def test_who_looked_before_an_event_changes_nothing_behind_it(database: Database, book: OrderBook) -> None:
    before = order_in(book).version
    take(database, event(StateTold("KB-2001", PACKED)))
    assert order_in(book).version != before


def test_many_at_once_are_taken_once_and_the_newest_stays(database: Database, book: OrderBook) -> None:
    states = [StateTold("KB-2001", PACKED if number % 2 else OPEN) for number in range(12)]
    events = [event(one, NOON + timedelta(seconds=number)) for number, one in enumerate(states)] * 2
    with ThreadPoolExecutor(6) as several:
        results = list(several.map(lambda one: take(database, one).taken, events))
    assert order_in(book).state == PACKED and results.count(Taken.SEEN) == 12 and set(results) <= {Taken.DONE, Taken.SEEN, Taken.OLD}


def test_one_of_tomorrow_is_not_taken_so_that_todays_still_count(database: Database, book: OrderBook) -> None:
    assert take(database, event(StateTold("KB-2001", CANCELLED), utc_now() + timedelta(days=1))).taken is Taken.AHEAD
    assert take(database, event(StateTold("KB-2001", PACKED), utc_now())).taken is Taken.DONE


def test_no_number_and_no_id_is_kept_and_old_ones_go(database: Database, book: OrderBook) -> None:
    take(database, event(StateTold("KB-2001", PACKED), name="an id"))
    with database.session(writing=True) as session:
        kept: Sequence[str] = [*session.execute(select(ShopEventTaken.key)).scalars(), *session.execute(select(ShopSubject.key)).scalars()]
        assert len(kept) == 4 and all(len(one) == 64 and "KB" not in one for one in kept)
        session.query(ShopEventTaken).update({"at": utc_now() - timedelta(days=31)})
        session.commit()
    take(database, event(StateTold("KB-2001", OPEN), LATER))
    with database.session() as session:
        assert session.execute(select(func.count(ShopEventTaken.key))).scalar_one() == 1


class TestStock:
    @pytest.fixture
    def sku(self, sample: Database) -> str:
        """A variant that is its product's only one, and is there."""
        with sample.session() as session:
            alone = select(Variant.product_id).group_by(Variant.product_id).having(func.count() == 1)
            found = select(Variant.sku).where(Variant.product_id.in_(alone), Variant.stock > 0, Variant.sku.is_not(None)).order_by(Variant.id)
            return str(session.execute(found.limit(1)).scalar_one())

    def test_a_count_is_told_and_the_catalogue_stays_as_it_was(self, sample: Database, sku: str) -> None:
        before = self._seen(sample, sku)
        assert take(sample, event(StockTold(sku, before[0] + 5))).taken is Taken.DONE
        assert self._seen(sample, sku) == (before[0] + 5, True, *before[2:])

    def test_what_is_sold_out_and_back_is_found_so_and_told_once(self, sample: Database, sku: str) -> None:
        with sample.session() as session:
            handle = session.execute(select(Product.handle).join(Variant, Variant.product_id == Product.id).where(Variant.sku == sku)).scalar_one()
        notices = NoticeStore(sample)
        take(sample, event(StockTold(sku, 0), NOON))
        assert self._seen(sample, sku)[:2] == (0, False)
        number = notices.want("me", BY_MAIL, handle, sku, "a toner", "me@example.com")
        assert notices.agree("me", number) and notices.back(BY_MAIL) == []
        assert take(sample, event(StockTold(sku, 4), LATER)).taken is Taken.DONE and take(sample, event(StockTold(sku, 0), NOON, "late")).taken is Taken.OLD
        count, there, restocked, _ = self._seen(sample, sku)
        assert (count, there) == (4, True) and restocked is not None
        assert [one.id for one in notices.back(BY_MAIL)] == [number] and notices.back(BY_MAIL) == []

    def _seen(self, database: Database, sku: str) -> tuple[int, bool, datetime | None, str]:
        with database.session() as session:
            found = select(Variant.stock, Product.in_stock, Product.restocked_at).join(Product, Product.id == Variant.product_id).where(Variant.sku == sku)
            count, there, restocked = session.execute(found).one()
            return count, there, restocked, catalogue_version(session)


def test_shipments_of_an_order_are_told_as_the_last_whole_order_has_them(database: Database, book: OrderBook) -> None:
    take(database, event(ParcelTold("KB-2001", SENT), NOON))
    take(database, event(OrderTold(replace(BASE, state="shipped", parcels=(replace(SENT, contents={0: 2}),))), LATER))
    with database.session() as session:
        assert session.execute(select(func.count(Shipment.id))).scalar_one() == 1
