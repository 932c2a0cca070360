"""The calls of WooCommerce's REST interface that the assistant makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.shops.http import Http, Refused, Unreadable

PATH = "/wp-json/wc/v3/"
MOST_FOUND = 100
IN_SHORT = "id,number,status,billing"
NO_SUCH = "_invalid_id"
"""The end of WooCommerce's word for an id that is none. A mere 404 says no more than that its interface is not there."""


class WooClient:
    """Reads and writes orders. Every method may raise `GatewayError`."""

    def __init__(self, shop: str, key: str, secret: str, **http: Any) -> None:
        """
        Args:
            shop: the shop's address, such as "https://shop.example".
            key, secret: the pair that WooCommerce made under Settings > Advanced > REST API.
            http: see `Http`.
        """
        self.http = Http(shop.rstrip("/") + PATH, user=(key, secret), code_of=_code, **http)

    def newest(self) -> Mapping[str, Any] | None:
        """The newest order in short; None where there is none."""
        return next(iter(self._found({"per_page": "1"})), None)

    def by_ids(self, ids: str) -> list[Mapping[str, Any]]:
        """Orders of ids, in short."""
        return self._found({"include": ids})

    def search(self, text: str) -> list[Mapping[str, Any]]:
        """Orders that WooCommerce finds by a text, in short, the newest first. What it finds is a hint: it looks into names and
        addresses too, so compare."""
        return self._found({"search": text})

    def order(self, order_id: int) -> Mapping[str, Any] | None:
        """An order with everything; None where there is none of this id."""
        try:
            return _object(self.http, self.http.read("GET", f"orders/{order_id}"))
        except Refused as error:
            if error.code.endswith(NO_SUCH):
                return None
            raise

    def change(self, order_id: int, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        """Changes these fields of an order, and returns it as it is then."""
        return _object(self.http, self.http.write("PUT", f"orders/{order_id}", fields))

    def may_write(self) -> bool:
        """Whether the key may change orders; nothing is changed by asking: there is no order 0."""
        try:
            self.http.write("PUT", "orders/0", {})
        except Refused as error:
            return not error.of_the_key
        return True

    def _found(self, asked: Mapping[str, str]) -> list[Mapping[str, Any]]:
        found = self.http.read("GET", "orders", {"per_page": str(MOST_FOUND), "_fields": IN_SHORT, **asked})
        if not isinstance(found, Sequence) or not all(_is_order(one) for one in found):
            raise Unreadable(f"{self.http.host} answers what is no list of orders")
        return list(found)


def _object(http: Http, told: Any) -> Mapping[str, Any]:
    if not isinstance(told, Mapping) or not _is_order(told):
        raise Unreadable(f"{http.host} answers what is no order")
    return told


def _is_order(told: Any) -> bool:
    return isinstance(told, Mapping) and isinstance(told.get("id"), int) and isinstance(told.get("billing"), Mapping) and "number" in told


def _code(body: Any) -> str:
    return str(body.get("code", "")) if isinstance(body, Mapping) else ""
