"""Customers of the book: found by what proves them, with what they keep with the shop, and their own address changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from bot.store.database import Database, writing_turn
from bot.store.models import Product, Variant, utc_now
from bot.store.orders.book import OrderMoved, Result
from bot.store.orders.changing import product_of
from bot.store.orders.models import Customer, CustomerAddress, CustomerChange, ShopOrder, new
from bot.store.orders.records import folded_email
from bot.store.text import fold

MOST_PRODUCTS = 5


class CustomerBook:
    """The customers of a database. Calls block: keep them off an event loop; any raises StoreError where it gives no answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_email(self, email: str) -> tuple[Customer, list[str]] | None:
        """The one customer of an e-mail with the numbers of their orders; None for none and for several."""
        return self._only(select(Customer).where(Customer.email == folded_email(email)))

    def by_name(self, name: str, postcode: str) -> tuple[Customer, list[str]] | None:
        """The one customer of a name, first and last, who lives at a postcode."""
        full = func.lower(Customer.first_name + " " + Customer.last_name)
        at = func.replace(CustomerAddress.postcode, " ", "") == folded_postcode(postcode)
        living = select(CustomerAddress.customer_id).where(at, CustomerAddress.position == 0)
        return self._only(select(Customer).where(full == " ".join(name.lower().split()), Customer.id.in_(living)))

    def by_key(self, key: str) -> tuple[Customer, list[str]] | None:
        """The customer of a key; only for who is proved to be them."""
        return self._only(select(Customer).where(Customer.key == key))

    def change_address(self, customer: str, before: Mapping[str, str], key: str, address: Mapping[str, str]) -> Result:
        """Gives a customer another address, once for a key.

        Raises:
            OrderMoved: where their address is another than `before`.
        """
        with writing_turn(self._database.engine), self._database.session(writing=True, catalogue=False) as session:
            row = session.execute(select(Customer).where(Customer.key == customer).with_for_update()).scalar_one_or_none()
            found = session.get(CustomerChange, key)
            if found is not None:
                return dict(found.result)
            if row is None:
                raise OrderMoved
            own = next((one for one in row.addresses if one.position == 0), None)
            kept = {name: value for name, value in (own.address if own else {}).items() if value}
            if kept != {name: value for name, value in before.items() if value}:
                raise OrderMoved
            if own is None:
                own = new(CustomerAddress, position=0, postcode="", address={})
                row.addresses.append(own)
            own.address, own.postcode = dict(address), folded_postcode(address.get("postcode", ""))
            result = {"asked": dict(address)}
            session.add(new(CustomerChange, key=key, customer_id=row.id, kind="address", result=result, at=utc_now()))
            session.commit()
            return result

    def done(self, key: str) -> Result | None:
        """What was changed of a customer under a key; None where nothing was."""
        with self._database.session() as session:
            found = session.get(CustomerChange, key)
            return dict(found.result) if found else None

    def variants(self, sku: str, product_key: str) -> list[tuple[Product, Variant]]:
        """All variants of a position's product."""
        with self._database.session() as session:
            product = product_of(session, sku, product_key)
            wanted = select(Product, Variant).join(Variant, Variant.product_id == Product.id).where(Product.id == product)
            return [(one, variant) for one, variant in session.execute(wanted.order_by(Variant.position))] if product is not None else []

    def products(self, words: Sequence[str]) -> list[list[tuple[Product, Variant]]]:
        """The variants of active products whose titles hold all these words, the products with the shortest titles first."""
        title = func.replace(Product.folded_title, "-", "")
        wanted = select(Product).where(Product.status == "active", *(title.contains(fold(word), autoescape=True) for word in words))
        with self._database.session() as session:
            found = session.execute(wanted.order_by(func.length(Product.folded_title), Product.id).limit(MOST_PRODUCTS)).scalars().all()
            variants = {one.id: session.execute(select(Variant).where(Variant.product_id == one.id).order_by(Variant.position)).scalars().all() for one in found}
            return [[(one, variant) for variant in variants[one.id]] for one in found]

    def _only(self, wanted: Any) -> tuple[Customer, list[str]] | None:
        """The only customer found, with the numbers of their orders, the newest first. The second statement is made for nobody
        too, so that who guesses cannot tell by the time."""
        with self._database.session() as session:
            found = session.execute(wanted.limit(2)).scalars().all()
            only = found[0] if len(found) == 1 else None
            numbers = select(ShopOrder.number).where(ShopOrder.customer_id == (only.id if only else -1)).order_by(ShopOrder.placed_at.desc(), ShopOrder.id.desc())
            told = list(session.execute(numbers).scalars())
            if only is None:
                return None
            _ = only.addresses, only.methods
            return only, told


def folded_postcode(postcode: str) -> str:
    """A postcode as it is compared: in capitals, without blanks."""
    return "".join(postcode.split()).upper()
