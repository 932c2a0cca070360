"""A stand-in for WooCommerce's REST interface v3 over HTTP: keeps orders, and behaves as WooCommerce does where that is easily taken
for granted. `number=` and `email=` are no filters, `search` looks into names and addresses, a key may be read-only, a PUT changes only
what it names, an address makes taxes anew. Proved by WooCommerce's own Python client in `tests/peers/prove/with_woocommerce.py`."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from tests.peers.faults import Faults

PATH = "/wp-json/wc/v3/"
KEY, SECRET, READ_ONLY = "ck_peer", "cs_peer", "ck_reads"
Json = dict[str, Any]
WRITABLE = ("status", "customer_note", "billing", "shipping")
STATUSES = ("pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed", "partial-shipped", "delivered", "trash")


class WooPeer:
    """Runs in threads of its own. Tests act as the shop's staff through `orders`, and look at `changes`."""

    def __init__(self) -> None:
        self.orders: dict[int, Json] = {}
        self.changes: list[tuple[int, Json]] = []
        self.calls: list[str] = []
        self.kept_as_it_was: set[str] = set()  # fields that a plugin sets back
        self.faults = Faults()
        self._lock = threading.RLock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> WooPeer:
        """Listens on a free port of this machine."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Stops listening, as a shop that is away."""
        self._server.shutdown()
        self._server.server_close()

    def put(self, *orders: Json) -> WooPeer:
        """Has these orders."""
        self.orders.update({one["id"]: copy.deepcopy(one) for one in orders})
        return self

    def of(self, number: str) -> Json:
        """The order of a number, as the shop keeps it."""
        return next(one for one in self.orders.values() if one["number"] == number)

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: Json) -> tuple[int, Any]:
        """What WooCommerce answers to a request."""
        parts, asked = urlsplit(target), dict(parse_qsl(urlsplit(target).query))
        with self._lock:
            self.calls.append(f"{method} {parts.path.removeprefix(PATH)}{'?' + ','.join(sorted(asked)) if asked else ''}")
            refused = self._refused(method, f"{self.address}{parts.path}", asked, headers)
            if refused is not None:
                return refused
            if not parts.path.startswith(PATH):
                return _error("rest_no_route", "No route was found matching the URL and request method.", 404)
            name, *rest = parts.path.removeprefix(PATH).strip("/").split("/")
            if name != "orders" or len(rest) > 1 or (rest and not rest[0].isdigit()):
                return _error("rest_no_route", "No route was found matching the URL and request method.", 404)
            if not rest:
                return self._listed(asked)
            order = self.orders.get(int(rest[0]))
            if order is None:
                return _error("woocommerce_rest_shop_order_invalid_id", "Invalid ID.", 404 if method == "GET" else 400)
            return (200, _fields(order, asked)) if method == "GET" else self._changed(order, body)

    def _listed(self, asked: Mapping[str, str]) -> tuple[int, Any]:
        found = sorted((one for one in self.orders.values() if one["status"] != "trash"), key=lambda one: (one["date_created_gmt"], one["id"]), reverse=True)
        if "include" in asked:
            wanted = {int(one) for one in asked["include"].split(",")}
            found = [one for one in found if one["id"] in wanted]
        if "search" in asked:
            found = [one for one in found if asked["search"].casefold() in _searched(one) or asked["search"] == str(one["id"])]
        return 200, [_fields(one, asked) for one in found[: int(asked.get("per_page", 10))]]

    def _changed(self, order: Json, body: Json) -> tuple[int, Any]:
        if "status" in body and body["status"] not in STATUSES:
            return _error("rest_invalid_param", "Invalid parameter(s): status", 400)
        self.changes.append((order["id"], copy.deepcopy(body)))
        for name in WRITABLE:
            if name in body and name not in self.kept_as_it_was:
                order[name] = {**order[name], **body[name]} if isinstance(body[name], dict) else body[name]
        if "shipping" in body and order["total_tax"] != "0.00":
            order["total"] = str(float(order["total"]) + 1)
        for one in body.get("meta_data", ()):
            known = next((each for each in order["meta_data"] if each["key"] == one["key"]), None)
            if known is not None:
                known["value"] = one["value"]
            else:
                order["meta_data"].append({"id": 1 + len(order["meta_data"]), **one})
        return 200, copy.deepcopy(order)

    def _refused(self, method: str, url: str, asked: dict[str, str], headers: Mapping[str, str]) -> tuple[int, Any] | None:
        given = headers.get("Authorization", "")
        key, secret = base64.b64decode(given.removeprefix("Basic ")).decode().split(":", 1) if given.startswith("Basic ") else ("", "")
        if "oauth_consumer_key" in asked:
            key, secret = asked["oauth_consumer_key"], SECRET if _signature(method, url, asked) == asked.get("oauth_signature") else ""
        if key not in (KEY, READ_ONLY):
            return _error("woocommerce_rest_cannot_view", "Sorry, you cannot list resources.", 401)
        if secret != SECRET:
            return _error("woocommerce_rest_authentication_error", "Consumer secret is invalid.", 401)
        if key == READ_ONLY and method != "GET":
            return _error("woocommerce_rest_authentication_error", "The API key provided does not have write permissions.", 401)
        return None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        return self.faults.handler(self.answer)


def _searched(order: Json) -> str:
    """What WooCommerce looks into: names of items, the addresses as one text, and the number of the plugin that made it."""
    values = [*order["billing"].values(), *order["shipping"].values(), *(one["name"] for one in order["line_items"])]
    return " ".join(str(one) for one in [*values, order["number"] if order["number"] != str(order["id"]) else ""]).casefold()


def _fields(order: Json, asked: Mapping[str, str]) -> Json:
    wanted = asked.get("_fields", "").split(",")
    return copy.deepcopy({name: value for name, value in order.items() if name in wanted} if asked.get("_fields") else order)


def _error(code: str, message: str, status: int) -> tuple[int, Json]:
    return status, {"code": code, "message": message, "data": {"status": status}}


def _signature(method: str, url: str, asked: Mapping[str, str]) -> str:
    """The signature of OAuth 1.0a with one leg, as WooCommerce reckons it over plain HTTP."""
    told = {quote(name, safe="~"): quote(value, safe="~") for name, value in asked.items() if name != "oauth_signature"}
    query = "%26".join(quote(f"{name}={told[name]}", safe="~") for name in sorted(told))
    wanted: Callable[[], Any] = hashlib.sha256 if asked.get("oauth_signature_method") == "HMAC-SHA256" else hashlib.sha1
    made = hmac.new(f"{SECRET}&".encode(), f"{method}&{quote(url, safe='')}&{query}".encode(), wanted)
    return base64.b64encode(made.digest()).decode()
