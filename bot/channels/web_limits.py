"""How much one visitor, one address and all together may ask of the web channel."""

from __future__ import annotations

import ipaddress
import time
from collections import Counter, OrderedDict
from typing import Callable, Mapping, Optional

IPV6_HOME = 64
MOST_KEYS = 20_000


class TokenBuckets:
    """A token bucket for each key: `burst` at once, then `per_minute`.

    Keys unused for the longest time are forgotten first when there are too many, which can only be kind to them.
    """

    def __init__(self, per_minute: float, burst: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, at: Optional[float] = None) -> bool:
        """Takes a token for `key`, of the moment `at` where that was before now; False when there is none left."""
        now = self._now() if at is None else min(at, self._now())
        tokens, filled = self._buckets.pop(key, (float(self._burst), now))
        now = max(now, filled)  # what came out of order fills nothing
        tokens = min(self._burst, tokens + (now - filled) * self._rate)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MOST_KEYS:
            self._buckets.popitem(last=False)
        return allowed


class Connections:
    """Counts open connections, in all and for each address."""

    def __init__(self, most: int, most_per_address: int) -> None:
        self._most = most
        self._most_per_address = most_per_address
        self._open: dict[str, str] = {}
        self._of_address: Counter[str] = Counter()

    def open(self, connection: str, address: str) -> bool:
        """Counts a connection in; False, and not counted, when there are too many."""
        if len(self._open) >= self._most or self._of_address[address] >= self._most_per_address:
            return False
        self._open[connection] = address
        self._of_address[address] += 1
        return True

    def close(self, connection: str) -> None:
        """Counts a connection out; one that was never let in changes nothing."""
        address = self._open.pop(connection, None)
        if address is None:
            return
        self._of_address[address] -= 1
        if not self._of_address[address]:
            del self._of_address[address]


def client_address(peer: str, headers: Mapping[str, str], proxies: int) -> str:
    """Whom to count a request for: the client's IPv4 address, or its IPv6 network, of which a home has a whole one.

    Args:
        peer: the address that the connection comes from.
        headers: the request's headers, names in lower case.
        proxies: how many proxies of ours stand in front; each appends to X-Forwarded-For whom it heard from, so
            that only so many entries, counted from the end, can be believed.
    """
    heard_from = [part.strip() for part in headers.get("x-forwarded-for", "").split(",") if part.strip()]
    address = heard_from[-proxies] if 0 < proxies <= len(heard_from) else peer
    return _network(address) or _network(peer) or peer


def _network(address: str) -> Optional[str]:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if parsed.version == 6 and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, IPV6_HOME), strict=False))
    return str(parsed)
