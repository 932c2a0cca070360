"""The questions and changes of Shopify's Admin GraphQL interface that the assistant makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.shops.http import BUSY, Http, Refused, Unreadable
from bot.shops.shopify.documents import CANCEL, CHANGE, FIND, ORDER, RETURN, RETURN_WISH, SCOPES
from bot.support.gateway import GatewayError

VERSION = "2026-10"
PATH = f"/admin/api/{VERSION}/"
DENIED, THROTTLED = "ACCESS_DENIED", "THROTTLED"
BEFORE_ANYTHING = frozenset({
    DENIED, THROTTLED, "SHOP_INACTIVE", "MAX_COST_EXCEEDED", "BAD_REQUEST", "INVALID_VARIABLE", "undefinedField", "undefinedType",
    "undefinedArgument", "argumentNotAccepted", "argumentLiteralsIncompatible", "missingRequiredArguments", "missingRequiredInputObjectAttribute",
    "variableMismatch", "variableNotDefined", "variableRequiresValidType", "selectionMismatch",
})  # fmt: skip
"""Errors of a request that Shopify looked at and did not begin. Any other, and one without a code, may come of a change that was done."""
NO_CODE = "userError"
WILL_NOT = frozenset({
    NO_CODE, "INVALID", "NOT_FOUND", "NO_REFUND_PERMISSION", "NO_REFUND_TO_STORE_CREDIT_PERMISSION", "STORE_CREDIT_REFUND_B2B_NOT_SUPPORTED",
    "STORE_CREDIT_REFUND_EXPIRATION_IN_PAST", "STORE_CREDIT_REFUND_MISSING_CUSTOMER", "INVALID_STATE", "GREATER_THAN", "LESS_THAN_OR_EQUAL_TO",
    "NOT_EDITABLE", "MISSING_PERMISSION", "FEATURE_NOT_ENABLED", "BLANK", "TOO_BIG", "TOO_LONG", "INCOMPATIBLE_WITH_STANDARD_POLICY",
})  # fmt: skip
"""The codes of OrderCancelUserErrorCode and ReturnErrorCode by which a change was refused; the errors of orderUpdate have none."""
FORBIDDEN, UNUSABLE = 403, 422
PAUSE_S = 1.0
Json = Mapping[str, Any]


class Failed(Unreadable):
    """Shopify failed at it by its own fault; what was written may have been done all the same."""


class ShopifyClient:
    """Reads and writes orders. Every method may raise `GatewayError`."""

    def __init__(self, shop: str, token: str, **http: Any) -> None:
        """
        Args:
            shop: the shop's own address at Shopify, such as "https://moonjar.myshopify.com".
            token: the Admin API access token of a custom app.
            http: see `Http`.
        """
        self.http = Http(shop.rstrip("/") + PATH, headers={"X-Shopify-Access-Token": token}, **http)

    def newest(self) -> Json | None:
        """The newest order in short; None where there is none."""
        found = self._nodes(self._ask(FIND, {"query": None, "first": 1}))
        return found[0] if found else None

    def named(self, name: str) -> list[Json]:
        """Orders that Shopify finds by a name, in short. What it finds is a hint, so compare."""
        return self._nodes(self._ask(FIND, {"query": f"name:{_quoted(name)}", "first": 20}))

    def of_email(self, email: str) -> list[Json]:
        """Orders that Shopify finds by an e-mail, in short, the newest first."""
        return self._nodes(self._ask(FIND, {"query": f"email:{_quoted(email)}", "first": 100}))

    def order(self, order_id: str, returns: bool) -> Json | None:
        """An order with everything, with its returns where the token may see them; None where there is none of this id."""
        found = self._ask(ORDER, {"id": order_id, "returns": returns}).get("order")
        if found is not None and not (isinstance(found, Mapping) and found.get("id") == order_id):
            raise Unreadable(f"{self.http.host} answers what is no order")
        return found

    def scopes(self) -> set[str]:
        """What the token may do."""
        try:
            return {str(one["handle"]) for one in self._ask(SCOPES, {})["currentAppInstallation"]["accessScopes"]}
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{self.http.host} tells no scopes") from error

    def cancel(self, order_id: str, note: str, pay_back: bool) -> None:
        """Has an order called off; Shopify does it a moment later. Raises Refused where it will not, Failed where nobody knows."""
        told = self._write(CANCEL, {"id": order_id, "note": note, "back": {"originalPaymentMethodsRefund": pay_back}})
        self._taken(told, "orderCancel", "orderCancelUserErrors")

    def change(self, fields: Json) -> None:
        """Changes fields of an order. Raises as `cancel`."""
        self._taken(self._write(CHANGE, {"input": fields}), "orderUpdate", "userErrors")

    def take_back(self, order_id: str, positions: Sequence[Json], approved: bool) -> None:
        """Opens a return, or where it is not approved yet asks the team for one. Raises as `cancel`."""
        document, name = (RETURN, "returnCreate") if approved else (RETURN_WISH, "returnRequest")
        self._taken(self._write(document, {"input": {"orderId": order_id, "returnLineItems": list(positions)}}), name, "userErrors")

    def _taken(self, told: Json, name: str, errors: str) -> None:
        try:
            refused = told[name][errors]
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{self.http.host} does not tell whether it took a change") from error
        if refused:
            codes = {str(one.get("code", NO_CODE)) for one in refused}
            raise Refused(self.http.host, UNUSABLE, min(codes)) if codes <= WILL_NOT else self._failed(codes)

    def _ask(self, document: str, variables: Json) -> Json:
        body = {"query": document, "variables": variables}
        try:
            return self._data(self.http.read("POST", "graphql.json", body=body))
        except (Refused, Failed) as error:
            if isinstance(error, Refused) and error.code != THROTTLED:
                raise
            self.http.sleep(PAUSE_S)
            return self._data(self.http.read("POST", "graphql.json", body=body))

    def _write(self, document: str, variables: Json) -> Json:
        return self._data(self.http.write("POST", "graphql.json", {"query": document, "variables": variables}), wrote=True)

    def _data(self, told: Any, wrote: bool = False) -> Json:
        """The data of an answer. Errors beside data are errors too: what is missing then is not said to be missing."""
        if not isinstance(told, Mapping):
            raise Unreadable(f"{self.http.host} answers what is no GraphQL")
        if told.get("errors"):
            data = told.get("data")
            raise self._error(_codes(told["errors"]), wrote and isinstance(data, Mapping) and any(data.values()))
        if not isinstance(told.get("data"), Mapping):
            raise Unreadable(f"{self.http.host} answers without data")
        return dict(told["data"])

    def _error(self, codes: set[str], began: bool) -> GatewayError:
        """What errors mean: refused where all of them came before anything was done, and no data tells that a change began."""
        if began or not codes <= BEFORE_ANYTHING:
            return self._failed(codes)
        if DENIED in codes:
            return Refused(self.http.host, FORBIDDEN, DENIED)
        if THROTTLED in codes:
            return Refused(self.http.host, BUSY, THROTTLED)
        return Refused(self.http.host, UNUSABLE, min(codes))

    def _failed(self, codes: set[str]) -> Failed:
        return Failed(f"{self.http.host} answers with errors ({', '.join(sorted(codes))})")

    def _nodes(self, data: Json) -> list[Json]:
        try:
            found = data["orders"]["nodes"]
            if not all(isinstance(one["id"], str) and isinstance(one["name"], str) for one in found):
                raise TypeError
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{self.http.host} answers what is no list of orders") from error
        return list(found)


def _codes(errors: Any) -> set[str]:
    """Shopify's own words for what went wrong, "" for an error without one."""
    told = [one.get("extensions") if isinstance(one, Mapping) else None for one in errors] if isinstance(errors, list) else [None]
    return {str(one.get("code") or "") if isinstance(one, Mapping) else "" for one in told}


def _quoted(text: str) -> str:
    """A text as a value of Shopify's search, whatever stands in it."""
    return '"' + "".join(letter for letter in text if letter.isprintable() and letter not in '"\\') + '"'
