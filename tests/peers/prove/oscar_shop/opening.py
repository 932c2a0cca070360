"""Opens the shop: its shelf, and orders that went through oscar's own basket, checkout and warehouse."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from oscar.apps.shipping.methods import FixedPrice
from oscar.core.loading import get_class, get_model
from oscar.core.prices import Price

Product, ProductClass, ProductAttribute = (get_model("catalogue", one) for one in ("Product", "ProductClass", "ProductAttribute"))
Partner, StockRecord = get_model("partner", "Partner"), get_model("partner", "StockRecord")
Country, Basket = get_model("address", "Country"), get_model("basket", "Basket")
Order, ShippingAddress, ShippingEventType = (get_model("order", one) for one in ("Order", "ShippingAddress", "ShippingEventType"))
Source, SourceType = get_model("payment", "Source"), get_model("payment", "SourceType")
Selector, OrderCreator = get_class("partner.strategy", "Selector"), get_class("order.utils", "OrderCreator")
EventHandler = get_class("order.processing", "EventHandler")
STEPS = {"open": (), "packed": ("Being processed",), "shipped": ("Being processed", "Shipped"), "delivered": ("Being processed", "Shipped", "Delivered"), "cancelled": ("Cancelled",)}


@transaction.atomic
def open_shop(shelf, orders):
    """Puts variants on the shelf, [title, [[sku, size, price, how many]]], and orders, each as `placed` takes it."""
    Country.objects.create(iso_3166_1_a2="US", printable_name="United States", name="United States", is_shipping_country=True)
    for name in ("Shipped", "Delivered", "Returned"):
        ShippingEventType.objects.create(name=name)
    kind = ProductClass.objects.create(name="Skincare")
    ProductAttribute.objects.create(product_class=kind, name="Size", code="size", type="text")
    partner = Partner.objects.create(name="House")
    for title, variants in shelf:
        several = len(variants) > 1
        parent = Product.objects.create(title=title, product_class=kind, structure="parent" if several else "standalone")
        for sku, size, price, count in variants:
            one = Product(parent=parent, structure="child", title="") if several else parent
            if several:
                one.attr.size = size
                one.save()
            StockRecord.objects.create(product=one, partner=partner, partner_sku=sku, price_currency="USD", price=Decimal(price), num_in_stock=count)
    for one in orders:
        placed(one)


def placed(told):
    """An order as a customer places it and the shop sends it."""
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    for sku, count in told["lines"]:
        basket.add_product(Product.objects.get(stockrecords__partner_sku=sku), count)
    where = ShippingAddress.objects.create(**told["address"], country_id="US")
    way = FixedPrice(charge_excl_tax=Decimal(told["shipping"]), charge_incl_tax=Decimal(told["shipping"]))
    way.name = told["delivery"]
    charge = way.calculate(basket)
    total = Price(currency="USD", excl_tax=basket.total_incl_tax + charge.incl_tax, incl_tax=basket.total_incl_tax + charge.incl_tax)
    made = OrderCreator().place_order(
        basket, total, way, charge, shipping_address=where, order_number=told["number"], status="Pending", guest_email=told["email"]
    )
    paid = SourceType.objects.get_or_create(name="Card")[0]
    source = Source.objects.create(order=made, source_type=paid, currency="USD", label=told["paid_by"])
    source.allocate(total.incl_tax)
    source.debit()
    _went_on(made, source, told)
    Order.objects.filter(id=made.id).update(date_placed=datetime.fromisoformat(told["placed_at"]))


def _went_on(made, source, told):
    handler, lines = EventHandler(), list(made.lines.order_by("id"))
    for step in STEPS[told["state"]]:
        made.set_status(step)
    if told["state"] == "cancelled":
        handler.cancel_stock_allocations(made)
        source.refund(made.total_incl_tax)
    for kind, note, places, at in told["events"]:
        those, counts = [lines[place] for place in places], [lines[place].quantity for place in places]
        event = handler.create_shipping_event(made, ShippingEventType.objects.get(name=kind), those, counts, reference=note)
        type(event).objects.filter(id=event.id).update(date_created=datetime.fromisoformat(at))
        if kind == "Shipped":
            handler.consume_stock_allocations(made, those, counts)
