"""Limits and origins of the web channel."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.web_limits import MOST_KEYS, Connections, TokenBuckets, client_address
from bot.channels.web_socket import Origins
from tests.channels.test_web_sessions import Clock


def test_a_bucket_gives_its_burst_then_its_rate() -> None:
    clock = Clock()
    buckets = TokenBuckets(per_minute=60, burst=3, now=clock)
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("b")
    clock.time += 1
    assert [buckets.take("a") for _ in range(2)] == [True, False]
    clock.time += 3600
    assert [buckets.take("a") for _ in range(4)] == [True, True, True, False]


def test_buckets_do_not_grow_without_end() -> None:
    buckets = TokenBuckets(per_minute=1, burst=1)
    for number in range(MOST_KEYS + 10):
        buckets.take(str(number))
    assert len(buckets._buckets) == MOST_KEYS


def test_connections_are_counted_in_all_and_by_address() -> None:
    connections = Connections(most=3, most_per_address=2)
    assert [connections.open(name, "a") for name in ("a1", "a2", "a3")] == [True, True, False]
    assert connections.open("b1", "b")
    assert not connections.open("c1", "c")
    connections.close("a3")
    connections.close("a1")
    connections.close("a1")
    assert connections.open("c1", "c")
    assert not connections.open("c2", "c")


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 0, "10.0.0.1"),
        ("1.1.1.1", 0, "10.0.0.1"),
        ("1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 10.0.0.2", 2, "1.1.1.1"),
        ("1.1.1.1", 2, "10.0.0.1"),
        ("rubbish", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("::ffff:1.1.1.1", 1, "1.1.1.1"),
    ],
)
def test_whom_a_request_is_counted_for(forwarded: str, proxies: int, address: str) -> None:
    assert client_address("10.0.0.1", {"x-forwarded-for": forwarded}, proxies) == address


SHOPS = Origins(["https://shop.example", "https://Shop.example:8443/"])
NONE_LISTED = Origins([])


@pytest.mark.parametrize(
    ("origins", "origin", "host", "allowed"),
    [
        (SHOPS, None, "bot.example", True),
        (SHOPS, "https://shop.example", "bot.example", True),
        (SHOPS, "HTTPS://SHOP.EXAMPLE", "bot.example", True),
        (SHOPS, "https://shop.example:8443", "bot.example", True),
        (SHOPS, "http://shop.example", "bot.example", False),
        (SHOPS, "https://shop.example.evil.example", "bot.example", False),
        (SHOPS, "https://evil.example", "bot.example", False),
        (SHOPS, "http://localhost:5005", "bot.example", False),
        (SHOPS, "https://bot.example", "bot.example", True),
        (SHOPS, "https://bot.example", "bot.example:443", True),
        (SHOPS, "https://bot.example:8443", "bot.example", False),
        (SHOPS, "null", "bot.example", False),
        (SHOPS, "", "", False),
        (SHOPS, "chrome-extension://abc", "abc", False),
        (SHOPS, "https://shop.example:99999", "bot.example", False),
        (NONE_LISTED, "http://localhost:3000", "bot.example", True),
        (NONE_LISTED, "http://[::1]:3000", "bot.example", True),
        (NONE_LISTED, "http://localhost.evil.example", "bot.example", False),
        (NONE_LISTED, "file://localhost", "bot.example", False),
    ],
)
def test_which_pages_may_connect(origins: Origins, origin: Any, host: str, allowed: bool) -> None:
    assert origins.allow(origin, {"HTTP_HOST": host}) is allowed


@pytest.mark.parametrize("listed", ["*", "shop.example", "https://", "https://shop.example/path", "ftp://shop.example"])
def test_what_is_no_origin_is_named(listed: str) -> None:
    with pytest.raises(ValueError, match="WEB_ORIGINS"):
        Origins([listed])
