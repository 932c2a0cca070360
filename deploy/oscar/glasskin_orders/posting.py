"""Posts events to the assistant, signed, one after the other: one thread takes them from a queue, so that an import of a whole price list
opens no thread and no connection for each record, and what was told first arrives first."""

import atexit
import hashlib
import hmac
import json
import logging
import queue
import threading
import time
import urllib.request
from http.client import HTTPException
from typing import Any

logger = logging.getLogger(__name__)
TIMEOUT_S = 5
MOST_WAITING = 10_000
LEAVE_S = 10
"""So long a process that ends, such as a command of manage.py, waits for what is still to be posted."""

_waiting: "queue.Queue[tuple[str, str, dict[str, Any]]]" = queue.Queue(MOST_WAITING)
_starting = threading.Lock()
_workers: list[threading.Thread] = []


def post_later(url: str, secret: str, event: dict[str, Any]) -> None:
    """Has an event posted. Where too many wait it is left out, and the log says so."""
    try:
        _waiting.put_nowait((url, secret, event))
    except queue.Full:
        logger.warning("the assistant was not told of an event: %d wait already", MOST_WAITING)
    with _starting:
        if not any(one.is_alive() for one in _workers):  # none yet, or it stayed in the process that this one was forked from
            _workers[:] = [threading.Thread(target=_work, name="glasskin-events", daemon=True)]
            _workers[0].start()


def _work() -> None:
    while True:
        url, secret, event = _waiting.get()
        try:
            _post(url, secret, event)
        except (OSError, HTTPException, ValueError) as error:  # ValueError: the address is none
            logger.warning("the assistant did not take an event: %s", error)
        finally:
            _waiting.task_done()


def _post(url: str, secret: str, event: dict[str, Any]) -> None:
    body, at = json.dumps(event).encode(), int(time.time())
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Glasskin-Signature": f"t={at},v1={digest}"}
    urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=TIMEOUT_S).close()


@atexit.register
def _leave() -> None:
    until = time.monotonic() + LEAVE_S
    while _waiting.unfinished_tasks and time.monotonic() < until:
        time.sleep(0.05)
    if _waiting.unfinished_tasks:
        logger.warning("the assistant was not told of %d events: the process ended", _waiting.unfinished_tasks)
