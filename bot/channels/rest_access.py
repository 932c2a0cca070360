"""Who may use REST, and how much: keys for whoever is not a program on this machine, and limits by sender and address.

REST lets the caller say who is talking, so whoever may call it may speak for every person of REST. On an address that other
machines reach it is off until there is a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Optional

from bot.channels.keys import Keys, Refusal, is_local, is_of_this_machine
from bot.channels.web_limits import TokenBuckets, client_address

AT_ONCE = 1 / 3
"""So much of a minute's messages may come at once."""
OFF = "REST is off, because other machines reach it and there is no key. {make_one}, or HOST=127.0.0.1, and start again."
TOO_MANY = "Too many messages. Wait some seconds, then send again."


class Access:
    """Decides on requests by their headers and where they come from."""

    def __init__(self, keys: Iterable[str], per_minute: float, per_minute_of_address: float, proxies: int) -> None:
        """
        Args:
            keys: one of them must come with every request; empty: only programs on this machine are let in.
            per_minute: messages of one sender, on average.
            per_minute_of_address: the same for one address. A program on this machine itself is not counted.
            proxies: how many proxies of ours stand in front.
        """
        self._keys = Keys(keys, "REST_KEYS", "REST is")
        self._senders = TokenBuckets(per_minute, _at_once(per_minute))
        self._addresses = TokenBuckets(per_minute_of_address, _at_once(per_minute_of_address))
        self._proxies = proxies

    def off_at(self, host: str) -> Optional[str]:
        """Why REST is off on a server that listens on this address, None when it is on."""
        return None if self._keys or is_of_this_machine(host) else OFF.format(make_one=self._keys.make_one)

    def refusal(self, peer: str, headers: Mapping[str, str]) -> Optional[Refusal]:
        """Why this request may not be answered, whoever it speaks for; None when it may (see `Keys.refusal`)."""
        return self._keys.refusal(peer, headers)

    def too_many(self, sender: str, peer: str, headers: Mapping[str, str]) -> Optional[Refusal]:
        """Counts a message; why it is one too many, None when it is not."""
        if is_local(peer, headers):
            return None
        if self._addresses.take(client_address(peer, headers, self._proxies)) and self._senders.take(sender):
            return None
        return Refusal(429, TOO_MANY, {"Retry-After": "5"})

    def address_of(self, peer: str, headers: Mapping[str, str]) -> str:
        """The address by which limits on guesses count a request; empty for a program on this machine, which speaks for many."""
        return "" if is_local(peer, headers) else client_address(peer, headers, self._proxies)


def _at_once(per_minute: float) -> int:
    return max(1, round(per_minute * AT_ONCE))
