"""The requests that the assistant makes: JSON in, JSON out, for whoever has the key."""

import json
from functools import wraps
from typing import Any, Callable, Mapping

from django.http import HttpRequest, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from oscar.core.loading import get_model

from glasskin_orders import changing, selling
from glasskin_orders.conf import SHORTEST_KEY, chosen
from glasskin_orders.models import OrderChange
from glasskin_orders.telling import email_of, told

Order = get_model("order", "Order")
INTERFACE = "glasskin-orders"
VERSION = 1
MOST_NUMBERS = 100
Asked = Mapping[str, Any]


def asked_for(answer: Callable[[Asked], dict[str, Any]]) -> Callable[[HttpRequest], JsonResponse]:
    """A view that lets nobody in without the key, and hands on what was asked."""

    @wraps(answer)
    def view(request: HttpRequest) -> JsonResponse:
        key = str(chosen("GLASSKIN_KEY"))
        if len(key) < SHORTEST_KEY or not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {key}"):
            return JsonResponse({"code": "key"}, status=401)
        try:
            body = json.loads(request.body)
            return JsonResponse(answer(body if isinstance(body, dict) else {}))
        except changing.Moved:
            return JsonResponse({"code": "moved"}, status=409)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return JsonResponse({"code": "request", "detail": type(error).__name__}, status=400)

    return csrf_exempt(require_POST(view))


@asked_for
def status(asked: Asked) -> dict[str, Any]:
    """What answers here, and the newest order's number and whether it has an e-mail; None where there is none."""
    newest = Order.objects.order_by("-date_placed", "-id").first()
    return {"interface": INTERFACE, "version": VERSION, "newest": newest and {"number": newest.number, "has_email": "@" in email_of(newest)}}


@asked_for
def find(asked: Asked) -> dict[str, Any]:
    """The order of a number and an e-mail; None for an unknown number and for another e-mail alike."""
    order = Order.objects.select_related("user").filter(number=str(asked["number"])).first()
    email = str(asked["email"]).strip().lower()
    fits = constant_time_compare(email_of(order) if order is not None else "", email) and bool(email)
    return {"order": told(order) if order is not None and fits else None}


@asked_for
def order(asked: Asked) -> dict[str, Any]:
    """The order of a number."""
    found = Order.objects.filter(number=str(asked["number"])).first()
    return {"order": told(found) if found is not None else None}


@asked_for
def numbers(asked: Asked) -> dict[str, Any]:
    """The numbers of an e-mail's orders, the newest first."""
    email = str(asked["email"]).strip().lower()
    of = Order.objects.filter(guest_email__iexact=email) | Order.objects.filter(user__email__iexact=email)
    found = of.select_related("user").order_by("-date_placed", "-id")[:MOST_NUMBERS]
    return {"numbers": [one.number for one in found if email and email_of(one) == email]}


@asked_for
def change(asked: Asked) -> dict[str, Any]:
    """What a change leads to, or led to where it was done already."""
    return {"outcome": changing.outcome_of(changing.change(asked))}


@asked_for
def done(asked: Asked) -> dict[str, Any]:
    """What a change of this key led to; None where it was never done."""
    found = OrderChange.objects.filter(key=str(asked["key"])).first()
    return {"outcome": changing.outcome_of(found) if found is not None else None}


@asked_for
def variants(asked: Asked) -> dict[str, Any]:
    """All variants of a product."""
    return {"variants": selling.variants_of(int(asked["product"]))}


@asked_for
def products(asked: Asked) -> dict[str, Any]:
    """The variants of the products whose title holds all words."""
    words = [str(word) for word in asked["words"]]
    return {"products": selling.products_of(words) if words else []}
