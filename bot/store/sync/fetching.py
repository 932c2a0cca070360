"""Fetches a catalogue file over https: only from public addresses, only when it changed, only whole, and no more than is allowed.

A file that was cut off, is too large or comes too slowly is no file: `FetchError` says why. A source that asks for patience
raises `TryLater`.
"""

from __future__ import annotations

import base64
import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO, NoReturn, Optional
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from bot.store.models import utc_now

MIB = 1024 * 1024
MOST_BYTES = 200 * MIB
CONNECT_S, WHOLE_S = 20.0, 600.0
MOST_REDIRECTS = 3
CHUNK = 64 * 1024
LONGEST_PATIENCE_S = 3600.0
DEFAULT_PATIENCE_S = 60.0
REDIRECTS = frozenset((301, 302, 303, 307, 308))
BUSY = frozenset((429, 503))
USER_AGENT = "Glasskin-sync/1"


class FetchError(Exception):
    """The file could not be fetched; the message says why, without the address's user, password and query."""


class TryLater(FetchError):
    """The source asks to be left alone for `seconds`."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


@dataclass(frozen=True)
class Limits:
    """What a source may take: bytes, seconds for all of it, seconds without a sign of life; and whether it may lie in a private
    network and without https."""

    most_bytes: int = MOST_BYTES
    whole_s: float = WHOLE_S
    silent_s: float = CONNECT_S
    private: bool = False


@dataclass(frozen=True)
class Validators:
    """What the source said of the file that was imported last."""

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Fetched:
    """What came. `changed` False: the source says that the file is as before, and nothing was written. `measured`: the source told
    its length, or sent it in counted pieces, so that it is known to be whole."""

    changed: bool
    validators: Validators = Validators()
    measured: bool = True
    size: int = 0


def shown(address: str) -> str:
    """An address as it may be printed: without user, password and query."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def fetch(address: str, to: Path, known: Validators, limits: Limits, clock: Callable[[], float] = time.monotonic) -> Fetched:
    """Writes the file at `address` to `to`, unless it is as `known` says.

    Raises:
        TryLater: when the source answers 429 or 503.
        FetchError: for every other reason for which there is no whole file.
    """
    end = clock() + limits.whole_s
    here, sent_to = address, urlsplit(address)
    for _ in range(MOST_REDIRECTS + 1):
        parts = _checked(here, limits)
        connection = _connection(parts, limits)
        try:
            connection.request("GET", _path(parts), headers=_headers(parts, known, secret=parts.netloc == sent_to.netloc))
            response = connection.getresponse()
            if response.status in REDIRECTS:
                here = _next(here, response, limits)
                continue
            return _read(response, here, to, known, limits, end, clock)
        except (OSError, http.client.HTTPException) as error:
            _refuse(here, error)
        finally:
            connection.close()
    raise FetchError(f"{shown(address)} sends on to other addresses more than {MOST_REDIRECTS} times.")


def _refuse(address: str, error: Exception) -> NoReturn:
    if isinstance(error, TimeoutError):
        raise FetchError(f"{shown(address)} gave no answer in time.") from error
    if isinstance(error, http.client.IncompleteRead):
        raise FetchError(f"{shown(address)} broke off in the middle of the file.") from error
    raise FetchError(f"{shown(address)} could not be read: {str(error) or type(error).__name__}.") from error


def _checked(address: str, limits: Limits) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"The address is not well formed: {error}.") from error
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0:
        raise FetchError("The address must be one of https://, such as https://shop.example/products.csv.")
    if parts.scheme == "http" and not limits.private:
        raise FetchError(f"{shown(address)} is not https. SYNC_PRIVATE=true allows http, for addresses in your own network.")
    return parts


def _connection(parts: SplitResult, limits: Limits) -> http.client.HTTPConnection:
    """A connection to the number that was looked at, so that no other is behind the name a moment later."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    number = _resolved(host, port, limits.private)
    if parts.scheme == "http":
        return _Pinned(number, host, port, timeout=limits.silent_s)
    return _PinnedTls(number, host, port, timeout=limits.silent_s, context=ssl.create_default_context())


def _resolved(host: str, port: int, private: bool) -> str:
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise FetchError(f"The name {host} is not known: {error}.") from error
    barred = [one for one in found if not ip_address(one.partition("%")[0]).is_global]
    if barred and not private:
        raise FetchError(f"{host} lies in a private network ({barred[0]}). SYNC_PRIVATE=true allows that, for addresses of your own.")
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """Connects to a number, whatever the name means by then."""

    def __init__(self, number: str, host: str, port: int, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._number = number

    def connect(self) -> None:
        self.sock = socket.create_connection((self._number, self.port), self.timeout)


class _PinnedTls(http.client.HTTPSConnection):
    """The same with TLS; the certificate must be the name's."""

    def __init__(self, number: str, host: str, port: int, timeout: float, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=timeout, context=context)
        self._number, self._tls = number, context

    def connect(self) -> None:
        plain = socket.create_connection((self._number, self.port), self.timeout)
        self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)


def _path(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _headers(parts: SplitResult, known: Validators, secret: bool) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Accept": "*/*"}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.modified:
        headers["If-Modified-Since"] = known.modified
    if parts.username and secret:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return headers


def _next(here: str, response: http.client.HTTPResponse, limits: Limits) -> str:
    target = response.getheader("Location") or ""
    if not target:
        raise FetchError(f"{shown(here)} sends on, but not whereto.")
    found = urljoin(here, target)
    if urlsplit(here).scheme == "https" and urlsplit(found).scheme != "https":
        raise FetchError(f"{shown(here)} sends on to an address that is not https.")
    _checked(found, limits)
    return found


def _read(
    response: http.client.HTTPResponse, here: str, to: Path, known: Validators, limits: Limits, end: float, clock: Callable[[], float]
) -> Fetched:
    if response.status == 304:
        return Fetched(False, known)
    if response.status in BUSY:
        seconds = _patience(response.getheader("Retry-After"))
        raise TryLater(f"{shown(here)} asks to wait (HTTP {response.status}).", seconds)
    if response.status != 200:
        raise FetchError(f"{shown(here)} answers HTTP {response.status}.")
    told = _length(response.getheader("Content-Length"))
    if told is not None and told > limits.most_bytes:
        raise FetchError(f"{shown(here)} is larger than the {limits.most_bytes // MIB} MiB allowed.")
    counted = (response.getheader("Transfer-Encoding") or "").lower() == "chunked"
    with to.open("wb") as file:
        size = _copied(response, file, here, limits, end, clock)
    if told is not None and size != told:
        raise FetchError(f"{shown(here)} broke off after {size} of {told} bytes.")
    validators = Validators(response.getheader("ETag") or "", response.getheader("Last-Modified") or "")
    return Fetched(True, validators, told is not None or counted, size)


def _copied(
    response: http.client.HTTPResponse, file: BinaryIO, here: str, limits: Limits, end: float, clock: Callable[[], float]
) -> int:
    size = 0
    while piece := response.read1(CHUNK):
        size += len(piece)
        if size > limits.most_bytes:
            raise FetchError(f"{shown(here)} is larger than the {limits.most_bytes // MIB} MiB allowed.")
        if clock() > end:
            raise FetchError(f"{shown(here)} takes longer than {limits.whole_s:.0f} seconds.")
        file.write(piece)
    return size


def _length(told: Optional[str]) -> Optional[int]:
    return int(told) if told and told.isascii() and told.isdigit() else None


def _patience(told: Optional[str]) -> float:
    """The seconds of a Retry-After header, which are a number or a date."""
    seconds = _length(told.strip()) if told else None
    if seconds is None and told:
        try:
            seconds = int((parsedate_to_datetime(told) - utc_now()).total_seconds())
        except (TypeError, ValueError):
            seconds = None
    return min(LONGEST_PATIENCE_S, max(1.0, DEFAULT_PATIENCE_S if seconds is None else float(seconds)))
