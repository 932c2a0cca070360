"""What the tests do as the shop's staff, and how they see the shop's own tables."""

import json
import sqlite3

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import JsonResponse
from django.test import Client
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from oscar.core.loading import get_class, get_model

Order, StockRecord = get_model("order", "Order"), get_model("partner", "StockRecord")
EventHandler = get_class("order.processing", "EventHandler")
OPENED = sqlite3.connect(":memory:", check_same_thread=False)


def keep():
    """Remembers the shop as it was opened."""
    with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as now:
        now.backup(OPENED)


@csrf_exempt
@transaction.non_atomic_requests
def steer(request):
    """Does one thing, and tells how an order is."""
    asked = json.loads(request.body)
    if asked["do"] == "reset":
        with sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20) as now:
            OPENED.backup(now)
        return JsonResponse({})
    if asked["do"] == "stock":
        one = StockRecord.objects.get(partner_sku=asked["sku"])
        one.num_in_stock = asked["stock"]
        one.save()
        return JsonResponse({})
    order = Order.objects.get(number=asked["number"])
    if asked["do"] == "admin":
        return JsonResponse(_in_admin(order, asked["key"]))
    if asked["do"] == "address":
        order.shipping_address.line1 = asked["line1"]
        order.shipping_address.save()
    if asked["do"] == "status":
        EventHandler().handle_order_status_change(order, asked["status"])
    if asked["do"] == "edit":
        Order.objects.filter(number=asked["number"]).update(**asked["fields"])
        order.refresh_from_db()
    if asked["do"] == "return_state":
        order.glasskin_changes.filter(kind="return").update(state=asked["state"])
    if asked["do"] == "refund":
        order.sources.get().refund(order.total_incl_tax)
    return JsonResponse(_seen(order))


def _in_admin(order, key):
    """How a change looks in the admin to whoever may do everything there, and what becomes of deleting it."""
    someone, _ = get_user_model().objects.get_or_create(username="staff", email="staff@example.com", is_staff=True, is_superuser=True)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    place = [order.glasskin_changes.get(key=key).pk]
    page = client.get(reverse("admin:glasskin_orders_orderchange_change", args=place))
    deleted = client.post(reverse("admin:glasskin_orders_orderchange_delete", args=place), {"post": "yes"})
    return {"status": page.status_code, "page": page.content.decode(), "deleted": deleted.status_code, "kept": order.glasskin_changes.count()}


def _seen(order):
    allocated = {one.partner_sku: [one.stockrecord.num_in_stock, one.stockrecord.num_allocated] for one in order.lines.order_by("id")}
    notes = [one.message for one in order.notes.order_by("id")]
    return {
        "number": order.number, "status": order.status, "line1": order.shipping_address.line1, "notes": notes, "stock": allocated,
        "lines": [one.status for one in order.lines.order_by("id")],
    }  # fmt: skip
