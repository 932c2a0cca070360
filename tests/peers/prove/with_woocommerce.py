"""Uses the stand-in for WooCommerce at sys.argv[1] through WooCommerce's own client, which signs by OAuth over plain HTTP. Prints
"proved" at the end."""

import sys

from woocommerce import API


def main(address, key, secret, reads):
    shop = API(url=address, consumer_key=key, consumer_secret=secret, version="wc/v3", timeout=10)
    order = shop.get("orders/501").json()
    assert order["number"] == "KB-2001" and order["id"] == 501 and order["billing"]["email"] == "rosa@example.com"
    missing = shop.get("orders/999")
    assert (missing.status_code, missing.json()["code"]) == (404, "woocommerce_rest_shop_order_invalid_id")
    found = shop.get("orders", params={"search": "KB-2002"})
    assert [one["number"] for one in found.json()] == ["KB-2002"]
    assert [one["id"] for one in shop.get("orders", params={"include": "503"}).json()] == [503]
    assert len(shop.get("orders", params={"number": "KB-2002", "email": "nobody@example.com"}).json()) == 5  # no filters
    short = shop.get("orders", params={"per_page": "1", "_fields": "id,number"}).json()
    assert len(short) == 1 and set(short[0]) == {"id", "number"}
    cancelled = shop.put("orders/501", {"status": "cancelled", "meta_data": [{"key": "_mine", "value": "1"}]})
    assert cancelled.status_code == 200 and cancelled.json()["status"] == "cancelled" and cancelled.json()["total"] == "57.24"
    again = shop.put("orders/501", {"meta_data": [{"key": "_mine", "value": "2"}]}).json()
    assert [one["value"] for one in again["meta_data"] if one["key"] == "_mine"] == ["2"] and again["status"] == "cancelled"
    moved = shop.put("orders/505", {"shipping": {"address_1": "9 Lake St"}}).json()
    assert moved["shipping"]["address_1"] == "9 Lake St" and moved["shipping"]["city"] == "Albany"
    assert shop.put("orders/502", {"status": "nonsense"}).status_code == 400
    refused = API(url=address, consumer_key=reads, consumer_secret=secret, version="wc/v3").put("orders/502", {"status": "cancelled"})
    assert (refused.status_code, refused.json()["code"]) == (401, "woocommerce_rest_authentication_error")
    assert API(url=address, consumer_key=key, consumer_secret="cs_wrong", version="wc/v3").get("orders").status_code == 401
    assert API(url=address, consumer_key="ck_none", consumer_secret=secret, version="wc/v3").get("orders").status_code == 401
    print("proved")


if __name__ == "__main__":
    main(*sys.argv[1:])
