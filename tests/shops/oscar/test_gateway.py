"""A running django-oscar shop is an order gateway, whatever goes wrong on the way to it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.shops.oscar.client import OscarClient
from bot.shops.oscar.gateway import OscarGateway
from bot.support.gateway import Capability, GatewayError, Moved, OrderGateway, State
from tests.peers.environment import proving_python
from tests.peers.faults import Fault
from tests.peers.oscar import KEY, PROVE
from tests.shops.failing import Failing
from tests.shops.oscar.shop import OscarShop, gateway_to
from tests.shops.shop import Shop
from tests.support.conformance import ELSEWHERE, EMAIL, OTHER, Conformance, found


class TestOscar(Conformance):
    @pytest.fixture
    def gateway(self, oscar: OscarShop) -> Iterator[OrderGateway]:
        yield oscar.gateway

    @pytest.fixture
    def away(self) -> Iterator[OrderGateway]:
        yield OscarGateway(OscarClient("http://127.0.0.1:9", "a secret", sleep=lambda seconds: None))


class TestOscarFailing(Failing):
    @pytest.fixture
    def shop(self, oscar: OscarShop) -> Iterator[Shop]:
        yield oscar


def test_stock_goes_back_and_the_staff_is_told(oscar: OscarShop) -> None:
    before = oscar.peer.seen("KB-2001")
    assert oscar.gateway.cancel(found(oscar.gateway, "KB-2001"), "c1", "no longer needed").done
    after = oscar.peer.seen("KB-2001")
    counts = {sku: (had, promised - after["stock"][sku][1]) for sku, (had, promised) in before["stock"].items()}
    assert {sku: given for sku, (_, given) in counts.items()} == {"RT-150": 2, "CC-50": 1}
    assert after["status"] == "Cancelled" and after["lines"] == ["Cancelled", "Cancelled"]
    assert "cancelled by the customer in the chat. no longer needed" in after["notes"][0]


def test_what_is_paid_back_is_on_its_way_no_more(oscar: OscarShop) -> None:
    oscar.gateway.cancel(found(oscar.gateway, "KB-2001"), "c1", "")
    assert [(one.amount, one.done) for one in found(oscar.gateway, "KB-2001").payments if one.refund] == [(Decimal("57.24"), False)]
    oscar.peer.steer(do="refund", number="KB-2001")
    assert [(one.amount, one.done) for one in found(oscar.gateway, "KB-2001").payments if one.refund] == [(Decimal("57.24"), True)]


def test_an_address_in_a_country_that_the_shop_does_not_send_to(oscar: OscarShop) -> None:
    order = found(oscar.gateway, "KB-2001")
    with pytest.raises(Moved):
        oscar.gateway.change_address(order, "a1", replace(ELSEWHERE, country="FR"))
    assert found(oscar.gateway, "KB-2001") == order


def test_a_return_that_the_staff_refused_may_be_asked_for_again(oscar: OscarShop) -> None:
    order = found(oscar.gateway, "KB-2003")
    toner = order.lines[0].key
    oscar.gateway.return_lines(order, "r1", {toner: 2}, "unopened")
    with pytest.raises(Moved):
        oscar.gateway.return_lines(found(oscar.gateway, "KB-2003"), "r2", {toner: 1}, "")
    oscar.peer.steer(do="return_state", number="KB-2003", state="refused")
    after = found(oscar.gateway, "KB-2003")
    assert [one.state for one in after.returns] == ["refused"] and after.lines[0].returned == 0
    assert oscar.gateway.return_lines(after, "r3", {toner: 1}, "").done and "Reason: unopened" in oscar.peer.seen("KB-2003")["notes"][0]


@pytest.mark.parametrize(("status", "state"), [("On hold", State.HELD), ("Being processed", State.PACKED), ("Nobody knows", State.HELD)])
def test_states(oscar: OscarShop, status: str, state: State) -> None:
    oscar.peer.steer(do="edit", number="KB-2001", fields={"status": status})
    assert found(oscar.gateway, "KB-2001").state is state


def test_an_order_with_a_parcel_is_not_open(oscar: OscarShop) -> None:
    oscar.peer.steer(do="edit", number="KB-2002", fields={"status": "Pending"})
    order = found(oscar.gateway, "KB-2002")
    assert order.state is State.SHIPPED
    with pytest.raises(Moved):
        oscar.gateway.cancel(order, "c1", "")


def test_an_order_without_an_email_is_nobodys(oscar: OscarShop) -> None:
    oscar.peer.steer(do="edit", number="KB-2001", fields={"guest_email": ""})
    assert oscar.gateway.find("KB-2001", "") is None and oscar.gateway.find("KB-2001", EMAIL) is None


def test_an_unknown_number_and_another_email_take_the_same_time(oscar: OscarShop) -> None:
    waited: list[float] = []
    oscar.gateway._sleep = waited.append
    for number, email in (("KB-2999", EMAIL), ("KB-2001", OTHER), ("KB-2999", "nobody@example.com"), ("KB-2005", EMAIL)):
        assert oscar.gateway.find(number, email) is None
    assert len(waited) == 4 and all(0.2 < one <= 0.6 for one in waited)


def test_a_customer_is_who_ordered_with_the_email(oscar: OscarShop) -> None:
    rosa = oscar.gateway.customer_by_email(" ROSA@example.com")
    assert rosa is not None and rosa == oscar.gateway.customer(rosa.key) and rosa.last_name == "Diaz" and len(rosa.numbers) == 4
    assert oscar.gateway.customer_by_email("osa@example.com") is None and oscar.gateway.customer_by_email("%") is None


def test_products_are_found_by_the_words_of_their_title(oscar: OscarShop) -> None:
    (toner,) = oscar.gateway.products(["rice", "TONER"])
    assert [one.sku for one in toner] == ["RT-50", "RT-150", "RT-300", "RT-500"] and oscar.gateway.products([]) == []
    (cream,) = oscar.gateway.products(["cica"])
    assert [(one.sku, one.options, one.price, one.available) for one in cream] == [("CC-50", {}, Decimal("16.05"), True)]
    assert oscar.gateway.variants(found(oscar.gateway, "KB-2001").lines[0], "EUR") == []


def test_a_change_is_told_by_any_process(oscar: OscarShop) -> None:
    outcome = oscar.gateway.cancel(found(oscar.gateway, "KB-2001"), "c1", "")
    assert gateway_to(oscar.peer).done("c1") == outcome


@pytest.mark.parametrize("key", ["", "wrong", "a-key-of-the-tests-that-is-long-enough "])
def test_without_the_key_nothing_is_told(oscar: OscarShop, key: str) -> None:
    with pytest.raises(GatewayError, match="401"):
        gateway_to(oscar.peer, key=key + "x").find("KB-2001", EMAIL)


def test_another_version_of_the_app_is_no_answer(oscar: OscarShop) -> None:
    oscar.peer.faults.set(Fault(instead='{"interface": "glasskin-orders", "version": 2}'), writes=False)
    with pytest.raises(GatewayError, match="version 1"):
        oscar.gateway.has_orders()


def test_what_oscar_cannot_is_not_offered(oscar: OscarShop) -> None:
    assert {Capability.ITEMS, Capability.EXCHANGE, Capability.PAYMENT, Capability.CUSTOMER, Capability.BY_NAME}.isdisjoint(oscar.gateway.capabilities)


def test_the_migration_is_what_the_models_are(tmp_path: Path) -> None:
    chosen = {
        **os.environ, "PEER_FOLDER": str(tmp_path), "PEER_KEY": KEY, "PEER_MIGRATIONS": "1", "DJANGO_SETTINGS_MODULE": "oscar_shop.settings",
        "PYTHONPATH": os.pathsep.join((str(PROVE), str(ROOT / "deploy" / "oscar"))),
    }  # fmt: skip
    command = [proving_python(PROVE / "oscar.txt"), "-W", "ignore", "-m", "django", "makemigrations", "glasskin_orders", "--check", "--dry-run"]
    done = subprocess.run(command, env=chosen, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
