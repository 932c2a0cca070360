"""The questions and changes of Vendure's Admin GraphQL interface that the assistant makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.shops.http import Http, Refused, Unreadable
from bot.shops.vendure.documents import ADDRESS, CANCEL, CLOSE, NAMED, NEWEST, NOTE, OF_EMAIL, PRODUCT, PRODUCTS

PATH = "/admin-api"
FORBIDDEN, UNUSABLE = 403, 422
DENIED = "FORBIDDEN"
BEFORE_ANYTHING = frozenset({
    DENIED, "UNAUTHENTICATED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_USER_INPUT", "USER_INPUT_ERROR", "ENTITY_NOT_FOUND",
})  # fmt: skip
"""Errors of a request that Vendure looked at and did not begin. Any other, and one without a code, may come of a change that was done."""
Json = Mapping[str, Any]


class Failed(Unreadable):
    """Vendure failed at it by its own fault; what was written may have been done all the same."""


class VendureClient:
    """Reads and writes orders. Every method may raise `GatewayError`."""

    def __init__(self, shop: str, key: str, **http: Any) -> None:
        """
        Args:
            shop: the address of Vendure's server, such as "https://api.shop.example".
            key: an API key of an administrator.
            http: see `Http`.
        """
        self.http = Http(shop.rstrip("/") + PATH, headers={"vendure-api-key": key}, code_of=lambda body: min(_codes(body), default=""), **http)

    def newest(self) -> Json | None:
        """The newest order in short; None where there is none."""
        return next(iter(self._items(self._ask(NEWEST, {}), "orders")), None)

    def named(self, codes: Sequence[str]) -> list[Json]:
        """Orders of these codes, whole; Vendure compares letter by letter."""
        return self._items(self._ask(NAMED, {"codes": list(codes)}), "orders")

    def of_email(self, email: str) -> list[tuple[str, str]]:
        """The orders of the customers with an e-mail: code, and when it was placed."""
        found = self._items(self._ask(OF_EMAIL, {"email": email}), "customers")
        try:
            those = [one["orders"]["items"] for one in found if str(one["emailAddress"]).lower() == email]
            return [(str(one["code"]), str(one["orderPlacedAt"])) for each in those for one in each]
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{self.http.host} answers what is no list of customers") from error

    def product(self, product_id: str) -> Json | None:
        """A product with its variants; None where there is none of this id."""
        return self._ask(PRODUCT, {"id": product_id}).get("product")

    def products(self, words: Sequence[str]) -> list[Json]:
        """Products whose name holds all words."""
        return self._items(self._ask(PRODUCTS, {"filter": {"_and": [{"name": {"contains": word}} for word in words]}}), "products")

    def may_write(self) -> bool:
        """Whether the key may change orders; nothing is changed by asking: there is no order 0."""
        try:
            self.note("0", "")
        except Refused as error:
            return not error.of_the_key
        return True

    def cancel(self, order_id: str, reason: str) -> None:
        """Calls an order off. Raises Refused where it will not, Failed where nobody knows."""
        self._taken(self._write(CANCEL, {"input": {"orderId": order_id, "reason": reason, "cancelShipping": True}}))

    def change_address(self, order_id: str, state: str, address: Json, note: str) -> None:
        """Sends an order elsewhere that is in a state, and is so again behind it. Raises as `cancel`; see `close`."""
        change = {"dryRun": False, "orderId": order_id, "updateShippingAddress": address, "note": note}
        self._taken(self._write(ADDRESS, {"id": order_id, "state": state, "input": change}))

    def close(self, order_id: str, state: str) -> None:
        """Puts an order that is being modified back into its state. Raises as `cancel`."""
        self._taken(self._write(CLOSE, {"id": order_id, "state": state}))

    def note(self, order_id: str, note: str) -> None:
        """Writes a note for the staff. Raises as `cancel`."""
        self._write(NOTE, {"input": {"id": order_id, "note": note, "isPublic": False}})

    def _taken(self, told: Json) -> None:
        """Raises Refused where a part of a change was refused."""
        for one in told.values():
            if not isinstance(one, Mapping):
                raise Unreadable(f"{self.http.host} does not tell whether it took a change")
            if "errorCode" in one:
                raise Refused(self.http.host, UNUSABLE, str(one["errorCode"]))

    def _ask(self, document: str, variables: Json) -> Json:
        return self._data(self.http.read("POST", "", body={"query": document, "variables": variables}))

    def _write(self, document: str, variables: Json) -> Json:
        return self._data(self.http.write("POST", "", {"query": document, "variables": variables}))

    def _data(self, told: Any) -> Json:
        """The data of an answer. Errors beside data are errors too: what is missing then is not said to be missing."""
        if not isinstance(told, Mapping):
            raise Unreadable(f"{self.http.host} answers what is no GraphQL")
        if told.get("errors"):
            codes, data = _codes(told), told.get("data")
            if not codes <= BEFORE_ANYTHING or (isinstance(data, Mapping) and any(data.values())):
                raise Failed(f"{self.http.host} answers with errors ({', '.join(sorted(codes))})")
            raise Refused(self.http.host, FORBIDDEN if DENIED in codes else UNUSABLE, DENIED if DENIED in codes else min(codes))
        if not isinstance(told.get("data"), Mapping):
            raise Unreadable(f"{self.http.host} answers without data")
        return dict(told["data"])

    def _items(self, data: Json, name: str) -> list[Json]:
        try:
            found = data[name]["items"]
            if not all(isinstance(one, Mapping) for one in found):
                raise TypeError
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{self.http.host} answers what is no list of {name}") from error
        return list(found)


def _codes(told: Any) -> set[str]:
    """Vendure's own words for what went wrong, "" for an error without one."""
    errors = told.get("errors") if isinstance(told, Mapping) else None
    found = [one.get("extensions") if isinstance(one, Mapping) else None for one in errors] if isinstance(errors, list) else [None]
    return {str(one.get("code") or "") if isinstance(one, Mapping) else "" for one in found}
