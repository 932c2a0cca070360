"""A Shopify shop in memory that believes Shopify's own schema: what the schema refuses is refused, what no resolver knows is null.
Runs where graphql-core is, and answers a line of JSON with a line of JSON: python shopify_shop.py SCHEMA.json.gz"""

import copy
import gzip
import json
import re
import sys

from graphql import GraphQLError, build_client_schema, execute, parse, validate

ORDERS, CHANGES, SCOPES = {}, [], ["read_orders", "write_orders"]
FILTER = re.compile(r'(\w+):"([^"]*)"')


def connection(items):
    return {"nodes": items, "pageInfo": {"hasNextPage": False, "hasPreviousPage": False}}


def orders(first=50, query=None, reverse=False, **_):
    """Shopify ignores filters that it does not know, and finds names with and without the mark in front."""
    found = sorted(ORDERS.values(), key=lambda one: one["createdAt"], reverse=reverse)
    for field, value in FILTER.findall(query or ""):
        if field == "name":
            found = [one for one in found if one["name"].lstrip("#").lower() == value.lstrip("#").lower()]
        if field == "email":
            found = [one for one in found if value.lower() in (one["email"] or "").lower()]
    return connection(found[:first])


def order_cancel(orderId, staffNote=None, **_):  # noqa: N803 - Shopify's names
    order = ORDERS.get(orderId)
    message = None if order else "Order does not exist"
    if order and (order["fulfillments"] or order["cancelledAt"]):
        message = "Cannot cancel a fulfilled order" if order["fulfillments"] else "Order has already been cancelled"
    if message:
        return {"job": None, "orderCancelUserErrors": [{"field": ["orderId"], "message": message, "code": "INVALID"}]}
    CHANGES.append(orderId)
    if not order.get("_slow"):
        order.update(cancelledAt="2026-11-28T23:00:00Z")
    order.update(cancellation={"staffNote": staffNote}, cancelReason="CUSTOMER")
    return {"job": {"id": "gid://shopify/Job/1", "done": False}, "orderCancelUserErrors": []}


def order_update(input):
    order = ORDERS.get(input["id"])
    if order is None:
        return {"order": None, "userErrors": [{"field": ["id"], "message": "Order does not exist"}]}
    CHANGES.append(order["id"])
    if "shippingAddress" in input:
        to = input["shippingAddress"]
        name = " ".join(part for part in (to.get("firstName"), to.get("lastName")) if part)
        order["shippingAddress"] = {**order["shippingAddress"], **to, "name": name, "countryCodeV2": to.get("countryCode")}
    order["metafields"]["nodes"] += [{"namespace": one["namespace"], "key": one["key"], "value": one["value"]} for one in input.get("metafields", [])]
    return {"order": order, "userErrors": []}


def sent(order):
    return {one["id"]: one for parcel in order["fulfillments"] for one in parcel["fulfillmentLineItems"]["nodes"]}


def take_back(told, status):
    """A return of an order, as Shopify keeps it; no more than was sent and is not on its way back."""
    order = ORDERS.get(told["orderId"])
    if order is None:
        return {"return": None, "userErrors": [{"field": ["orderId"], "message": "Order does not exist", "code": "NOT_FOUND"}]}
    there, items = sent(order), []
    gone = {}
    for one in order["returns"]["nodes"]:
        for item in one["returnLineItems"]["nodes"] if one["status"] not in ("DECLINED", "CANCELED") else ():
            gone[item["fulfillmentLineItem"]["id"]] = gone.get(item["fulfillmentLineItem"]["id"], 0) + item["quantity"]
    for one in told["returnLineItems"]:
        place = there.get(one["fulfillmentLineItemId"])
        if place is None or one["quantity"] > place["quantity"] - gone.get(place["id"], 0):
            return {"return": None, "userErrors": [{"field": ["returnLineItems"], "message": "Quantity is not returnable", "code": "INVALID"}]}
        items.append({
            "__typename": "ReturnLineItem", "quantity": one["quantity"], "refundedQuantity": 0, "fulfillmentLineItem": place,
            "customerNote": one.get("customerNote"), "returnReasonNote": one.get("returnReasonNote") or "",
        })
    CHANGES.append(order["id"])
    number = len(order["returns"]["nodes"]) + 1
    made = {"id": f"gid://shopify/Return/{number}", "status": status, "createdAt": "2026-11-28T23:00:00Z", "returnLineItems": {"nodes": items}}
    order["returns"]["nodes"].append(made)
    return {"return": made, "userErrors": []}


ROOT = {
    "returnCreate": lambda returnInput: take_back(returnInput, "OPEN"), "returnRequest": lambda input: take_back(input, "REQUESTED"),  # noqa: N803
    "orders": orders, "order": lambda id: ORDERS.get(id), "orderCancel": order_cancel, "orderUpdate": order_update,
    "currentAppInstallation": lambda: {"accessScopes": [{"handle": one, "description": one} for one in SCOPES]},
}
NEEDS = {"orders": "read_orders", "order": "read_orders", "orderCancel": "write_orders", "orderUpdate": "write_orders"}
NEEDS.update(returnCreate="write_returns", returnRequest="write_returns", returns="write_returns")


def resolve(source, info, **args):
    if source is None:
        name = info.field_name
        if name in NEEDS and NEEDS[name] not in SCOPES:
            raise GraphQLError(f"Access denied for {name} field.", extensions={"code": "ACCESS_DENIED"})
        return ROOT[name](**args)
    if info.field_name in NEEDS and NEEDS[info.field_name] not in SCOPES:
        raise GraphQLError(f"Access denied for {info.field_name} field.", extensions={"code": "ACCESS_DENIED"})
    value = source.get(info.field_name)
    return value[: args["first"]] if isinstance(value, list) and args.get("first") else value


def answer(schema, asked):
    try:
        document = parse(asked["query"])
        errors = validate(schema, document)
    except GraphQLError as error:
        errors = [error]
    if errors:
        return {"errors": [{"message": one.message, "extensions": {"code": "undefinedField"}} for one in errors]}
    result = execute(
        schema, document, variable_values=asked.get("variables"), field_resolver=resolve,
        type_resolver=lambda value, info, kind: value.get("__typename", "Order"),
    )
    told = {"data": copy.deepcopy(result.data)}
    return {**told, "errors": [one.formatted for one in result.errors]} if result.errors else told


def main(path):
    with gzip.open(path) as file:
        told = json.load(file)
    schema = build_client_schema(told.get("data", told), assume_valid=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "set" in asked:
            ORDERS.clear()
            CHANGES.clear()
            ORDERS.update({one["id"]: one for one in asked["set"]})
            SCOPES[:] = asked["scopes"]
        elif "put" in asked:
            ORDERS[asked["put"]["id"]] = asked["put"]
        reply = answer(schema, asked) if "query" in asked else {"orders": list(ORDERS.values()), "changes": CHANGES}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
