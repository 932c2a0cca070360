"""A catalogue fetched from a server of its own: what is new goes in, what is not whole changes nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.models import utc_now
from bot.store.repository import ProductRepository
from bot.store.sync.fetching import FetchError, Limits, Validators, fetch, shown
from bot.store.sync.state import OLD, SyncState, read_state
from bot.store.sync.syncing import Outcome, Source, sync_once

HEAD = "handle,title,price,stock\n"
Reply = Callable[[BaseHTTPRequestHandler], None]


def rows(count: int, price: str = "10.00", stock: int = 5) -> bytes:
    return (HEAD + "".join(f"p{n},Rice Toner {n},{price},{stock}\n" for n in range(count))).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test put on its server, and remembers what it was asked."""

    server: Shop

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self.server.asked.append(dict(self.headers))
        self.server.reply(self)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


class Shop(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, str]] = []
        self.reply: Reply = whole(rows(10))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/products.csv"


def whole(body: bytes, etag: str = "", says: int | None = None, slowly: float = 0.0) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        if etag and handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
            return
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) if says is None else says))
        if etag:
            handler.send_header("ETag", etag)
        handler.end_headers()
        for start in range(0, len(body), 40):
            handler.wfile.write(body[start : start + 40])
            handler.wfile.flush()
            time.sleep(slowly)

    return reply


def status(code: int, **headers: str) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return reply


@pytest.fixture
def shop() -> Iterator[Shop]:
    server = Shop()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    address = f"sqlite:///{tmp_path / 'shop.sqlite'}"
    upgrade(address)
    found = Database(address)
    yield found
    found.dispose()


def look(shop: Shop, database: Database, var: Path, **limits: float) -> Outcome:
    chosen = Limits(private=True, silent_s=limits.get("silent_s", 5.0), whole_s=limits.get("whole_s", 10.0),
                    most_bytes=int(limits.get("most_bytes", 1_000_000)))
    return sync_once(database, var, Source(shop.address, "USD", chosen))


def prices(database: Database) -> dict[str, int]:
    with database.session() as session:
        repository = ProductRepository(session)
        return {handle: found.price_min for handle, *_ in repository.titles() if (found := repository.by_handle(handle))}


def test_what_is_new_goes_in_and_what_is_gone_goes_off_sale(shop: Shop, database: Database, tmp_path: Path) -> None:
    look(shop, database, tmp_path)
    shop.reply = whole(rows(9, price="12.00"))
    outcome = look(shop, database, tmp_path)
    assert outcome.report is not None and outcome.report.deactivated == ["p9"]
    assert prices(database) == {f"p{n}": 1200 for n in range(9)}


def test_an_unchanged_file_is_not_fetched_again(shop: Shop, database: Database, tmp_path: Path) -> None:
    shop.reply = whole(rows(3), etag='"a1"')
    look(shop, database, tmp_path)
    first = read_state(tmp_path).good_at
    outcome = look(shop, database, tmp_path)
    assert outcome == Outcome() and shop.asked[-1]["If-None-Match"] == '"a1"'
    assert read_state(tmp_path).good_at > first


def test_a_failed_import_is_tried_again_though_the_source_has_not_changed(shop: Shop, database: Database, tmp_path: Path) -> None:
    shop.reply = whole(HEAD.encode(), etag='"empty"')
    assert look(shop, database, tmp_path).failure
    look(shop, database, tmp_path)
    assert "If-None-Match" not in shop.asked[-1]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (whole(rows(10)[:120], says=len(rows(10))), "broke off after 120 of"),
        (status(500), "answers HTTP 500"),
        (status(429, Retry_After="7"), "asks to wait"),
        (status(302, Location="ftp://elsewhere/x.csv"), "https://"),
        (whole(rows(1)), "more than a fifth|fifth"),
        (whole(HEAD.encode()), "product"),
        (whole(b"<html><body>Log in</body></html>"), "product"),
    ],
    ids=["cut off", "500", "429", "sent elsewhere", "too many gone", "only a header", "a page"],
)
def test_what_is_no_whole_catalogue_changes_nothing(shop: Shop, database: Database, tmp_path: Path, reply: Reply, why: str) -> None:
    look(shop, database, tmp_path)
    before, good = prices(database), read_state(tmp_path).good_at
    shop.reply = reply
    outcome = look(shop, database, tmp_path)
    state = read_state(tmp_path)
    assert outcome.report is None and any(part in outcome.failure for part in why.split("|"))
    assert prices(database) == before and len(before) == 10
    assert state.good_at == good and state.failure == outcome.failure and state.failed_at > good


def test_the_source_says_how_long_to_wait(shop: Shop, database: Database, tmp_path: Path) -> None:
    shop.reply = status(429, Retry_After="7")
    assert look(shop, database, tmp_path).wait == 7
    shop.reply = status(503)
    assert look(shop, database, tmp_path).wait == 60


def test_a_slow_or_silent_source_is_given_up(shop: Shop, database: Database, tmp_path: Path) -> None:
    shop.reply = whole(rows(200), slowly=0.05)
    assert "takes longer" in look(shop, database, tmp_path, whole_s=0.3).failure
    shop.reply = lambda handler: time.sleep(1)
    assert "no answer in time" in look(shop, database, tmp_path, silent_s=0.2).failure


def test_a_file_that_is_too_large_is_refused(shop: Shop, database: Database, tmp_path: Path) -> None:
    assert "larger" in look(shop, database, tmp_path, most_bytes=50).failure
    assert prices(database) == {}


def test_a_file_of_unknown_length_takes_nothing_off_sale(shop: Shop, database: Database, tmp_path: Path) -> None:
    look(shop, database, tmp_path)

    def unmeasured(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(rows(9))

    shop.reply = unmeasured
    outcome = look(shop, database, tmp_path)
    assert outcome.report is not None and not outcome.report.deactivated and len(prices(database)) == 10
    assert any("length" in one for one in outcome.report.notices)


def test_private_and_unencrypted_addresses_need_a_setting(shop: Shop, tmp_path: Path) -> None:
    for address in (shop.address, "https://127.0.0.1/x.csv", "https://169.254.169.254/latest", "https://[::1]/x", "file:///etc/passwd"):
        with pytest.raises(FetchError):
            fetch(address, tmp_path / "x", Validators(), Limits())
    assert shop.asked == []


def test_a_redirect_into_a_private_network_is_looked_at_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def resolved(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        seen.append(host)
        return [(2, 1, 6, "", ("10.0.0.8", port))]

    monkeypatch.setattr("bot.store.sync.fetching.socket.getaddrinfo", resolved)
    with pytest.raises(FetchError, match="private network"):
        fetch("https://shop.example/x.csv", tmp_path / "x", Validators(), Limits())
    assert seen == ["shop.example"]


def test_secrets_of_the_address_are_sent_and_never_shown(shop: Shop, database: Database, tmp_path: Path) -> None:
    address = shop.address.replace("http://", "http://me:hush@") + "?key=hidden"
    sync_once(database, tmp_path, Source(address, "USD", Limits(private=True)))
    assert shop.asked[-1]["Authorization"] == "Basic bWU6aHVzaA=="
    assert "hush" not in shown(address) + (tmp_path / "sync.json").read_text()
    assert "hidden" not in shown(address) + (tmp_path / "sync.json").read_text()


def test_another_address_does_not_inherit_what_the_first_one_said(shop: Shop, database: Database, tmp_path: Path) -> None:
    shop.reply = whole(rows(3), etag='"a1"')
    look(shop, database, tmp_path)
    sync_once(database, tmp_path, Source(f"{shop.address}?b", "USD", Limits(private=True)))
    assert "If-None-Match" not in shop.asked[-1]


def test_a_damaged_state_is_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "sync.json").write_text("{no")
    assert read_state(tmp_path) == SyncState()


def test_stock_is_old_after_a_day() -> None:
    fresh = SyncState().succeeded("https://shop.example/x.csv", Validators())
    assert not fresh.is_old() and fresh.is_old(utc_now() + OLD + timedelta(minutes=1))
    assert fresh.failed("https://shop.example/x.csv", "why").good_at == fresh.good_at
