"""What the conformance suite's shop holds beside its orders, for the order book: variants of the toner, and Rosa's ways to pay."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.models import Brand, Product, Variant, utc_now
from bot.store.orders.models import Customer, PaymentMethod, new
from tests.support.conformance import CARD, EMAIL, GIFT, VARIANTS


def stock(database: Database) -> None:
    """Puts them into a database that holds the orders."""
    now = utc_now()
    with database.session(writing=True) as session:
        brand = new(Brand, name="House")
        session.add(brand)
        session.flush()
        product = new(
            Product, source="", handle="rice-toner", title="Rice Toner", folded_title="rice toner", product_type="toner", product_type_text="Toner",
            description="", brand_id=brand.id, status="active", url="", created_at=now, updated_at=now, label=[], named=[], concerns=[], skin_types=[],
            flags=[], derived_concerns=[], derived_skin_types=[], price_min=900, in_stock=True, search_document="rice toner",
        )
        session.add(product)
        session.flush()
        for place, (sku, size, price, there) in enumerate(VARIANTS):
            session.add(new(
                Variant, product_id=product.id, sku=sku, size=size, price=price, currency="USD", available=there, options={"size": size}, position=place
            ))
        rosa = session.query(Customer).filter(Customer.email == EMAIL).one()
        rosa.methods = [
            new(PaymentMethod, key=CARD, kind="credit_card", label="Visa ending 1111", balance=None, currency="USD"),
            new(PaymentMethod, key=GIFT, kind="gift_card", label="gift card", balance=1000, currency="USD"),
        ]
        session.commit()
