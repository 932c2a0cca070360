"""Calls to a shop's engine over the network: bounded in time and size, reads tried twice, writes sent once.

What goes wrong is a `GatewayError` that names the host and what it answered; no message holds a key, a query or anything of an order.
After several calls without an answer the shop is left alone for a moment, and only so many calls wait for it at once, so that a slow shop
holds up no other answers.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import urlsplit

import requests

from bot.support.gateway import GatewayError

CONNECT_S, READ_S, WRITE_S = 3.0, 4.0, 10.0
LARGEST_ANSWER = 8 * 2**20
CHUNK = 64 * 1024
TRIES = 2
PAUSE_S, LONGEST_PAUSE_S = 0.2, 1.0
MOST_FAILURES, LEFT_ALONE_S = 4, 10.0
MOST_AT_ONCE = 6
BUSY = 429
REDIRECT, SERVER_FAULT = 300, 500
REQUEST_TIMEOUT, TOO_SLOW = 408, 499
KEY_STATUSES = frozenset((401, 403))
USER_AGENT = "Glasskin-orders/1"


class NoAnswer(GatewayError):
    """The shop could not be reached, or was too slow; what was written may have been done all the same."""


class Unreadable(GatewayError):
    """What the shop answered is not what its interface promises."""


class Refused(GatewayError):
    """The shop answered with an error of HTTP; `code` is its own word for it, empty where it told none."""

    def __init__(self, host: str, status: int, code: str = "") -> None:
        super().__init__(f"{host} answers HTTP {status}{f' ({code})' if code else ''}")
        self.status, self.code = status, code

    @property
    def is_final(self) -> bool:
        """Whether it surely did nothing: refused by itself, and not by something on the way that lost the answer."""
        return self.status < SERVER_FAULT and self.status not in (REQUEST_TIMEOUT, TOO_SLOW)

    @property
    def of_the_key(self) -> bool:
        """Whether it does not let the key do this."""
        return self.status in KEY_STATUSES


@dataclass
class Http:
    """An engine's interface at an address.

    Attributes:
        base: what every path is put behind, such as "https://shop.example/wp-json/wc/v3/".
        headers: what says who calls.
        user: name and secret of Basic authentication; None where a header says it.
        code_of: reads the engine's own word out of an error's JSON.
        clock, sleep: seconds that only go on, and waiting for some; for tests.
    """

    base: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    user: Optional[tuple[str, str]] = field(default=None, repr=False)
    code_of: Callable[[Any], str] = lambda body: ""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    read_s: float = READ_S
    write_s: float = WRITE_S
    _here: threading.local = field(default_factory=threading.local, init=False, repr=False)
    _places: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(MOST_AT_ONCE), init=False, repr=False)
    _failures: int = field(default=0, init=False)
    _failed_at: float = field(default=0.0, init=False)

    @property
    def host(self) -> str:
        """Whom it calls, as it may be told."""
        return urlsplit(self.base).hostname or self.base

    def read(self, method: str, path: str, params: Mapping[str, str] | None = None, body: Any = None) -> Any:
        """The JSON that a call answers which changes nothing; tried again once where it fails by chance.

        Raises:
            GatewayError: when there is no answer, or none that can be used.
        """
        for left in range(TRIES - 1, -1, -1):
            try:
                return self._once(method, path, params, body, self.read_s)
            except (NoAnswer, Refused) as error:
                by_chance = isinstance(error, NoAnswer) or error.status == BUSY or error.status >= SERVER_FAULT
                if not left or not by_chance or self._is_left_alone:
                    raise
                self.sleep(min(LONGEST_PAUSE_S, PAUSE_S if isinstance(error, NoAnswer) else self._asked_to_wait))
        raise AssertionError("a last try returns or raises")

    def write(self, method: str, path: str, body: Any) -> Any:
        """The JSON that a change answers; sent once, whatever comes back. Raises as `read`."""
        return self._once(method, path, None, body, self.write_s)

    @property
    def _is_left_alone(self) -> bool:
        return self._failures >= MOST_FAILURES and self.clock() - self._failed_at < LEFT_ALONE_S

    @property
    def _asked_to_wait(self) -> float:
        return float(getattr(self._here, "patience", PAUSE_S))

    def _once(self, method: str, path: str, params: Mapping[str, str] | None, body: Any, patience_s: float) -> Any:
        if self._is_left_alone:
            raise NoAnswer(f"{self.host} gave no answer several times, and is left alone for {LEFT_ALONE_S:.0f} seconds")
        if not self._places.acquire(blocking=False):
            raise NoAnswer(f"{self.host} has {MOST_AT_ONCE} calls to answer already, so it is not asked")
        try:
            return self._called(method, path, params, body, patience_s)
        finally:
            self._places.release()

    def _called(self, method: str, path: str, params: Mapping[str, str] | None, body: Any, patience_s: float) -> Any:
        end = self.clock() + CONNECT_S + patience_s
        try:
            with self._session.request(
                method, self.base + path, params=params, json=body, auth=self.user, timeout=(CONNECT_S, patience_s), allow_redirects=False, stream=True,
            ) as answer:
                raw = self._all_of(answer, end)
        except (requests.RequestException, UnicodeError) as error:
            self._failed()
            raise NoAnswer(f"{self.host} gives no answer: {type(error).__name__}") from None  # its message holds the address with the query
        if answer.status_code >= SERVER_FAULT or answer.status_code == BUSY:
            self._failed()
        else:
            self._failures = 0
        return self._told(answer, raw)

    def _all_of(self, answer: requests.Response, end: float) -> bytes:
        raw = b""
        for piece in answer.iter_content(CHUNK):
            raw += piece
            if len(raw) > LARGEST_ANSWER:
                raise Unreadable(f"{self.host} answers more than {LARGEST_ANSWER} bytes")
            if self.clock() > end:
                raise requests.Timeout
        return raw

    def _told(self, answer: requests.Response, raw: bytes) -> Any:
        self._here.patience = _seconds(answer.headers.get("Retry-After"))
        try:
            found = json.loads(raw)
        except ValueError:
            if answer.status_code < REDIRECT:
                raise Unreadable(f"{self.host} answers what is no JSON") from None
            raise Refused(self.host, answer.status_code) from None
        if answer.status_code >= REDIRECT:  # followed nowhere: the key is for this host
            raise Refused(self.host, answer.status_code, self.code_of(found))
        return found

    def _failed(self) -> None:
        self._failures, self._failed_at = self._failures + 1, self.clock()

    @property
    def _session(self) -> requests.Session:
        """A session of this thread: none of them is made for several."""
        found: requests.Session | None = getattr(self._here, "session", None)
        if found is None:
            found = self._here.session = requests.Session()
            found.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json", **self.headers})
        return found


def _seconds(told: str | None) -> float:
    return float(told) if told and told.isascii() and told.isdigit() else PAUSE_S
