"""What an oscar shop tells leaves it one after the other, by one thread."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from types import ModuleType

import pytest

from bot.paths import ROOT
from tests.peers.behind import Ear


@pytest.fixture
def posting() -> ModuleType:
    """The app's module, which needs no shop, with a queue of its own."""
    wanted = importlib.util.spec_from_file_location("oscar_posting", ROOT / "deploy" / "oscar" / "glasskin_orders" / "posting.py")
    assert wanted is not None and wanted.loader is not None
    module = importlib.util.module_from_spec(wanted)
    wanted.loader.exec_module(module)
    return module


@pytest.fixture
def ear() -> Iterator[Ear]:
    """What is told."""
    made = Ear()
    yield made
    made.stop()


def workers() -> list[threading.Thread]:
    """The threads that post."""
    return [one for one in threading.enumerate() if one.name == "glasskin-events"]


def test_many_are_posted_in_their_order_by_one_thread(posting: ModuleType, ear: Ear) -> None:
    before = len(workers())
    for number in range(60):
        posting.post_later(ear.address, "a secret", {"number": number})
        assert len(workers()) == before + 1
    posting._leave()  # as a process that ends
    assert [json.loads(body)["number"] for body, _ in ear.heard] == list(range(60))


def test_what_cannot_be_posted_holds_up_nothing(posting: ModuleType, ear: Ear, caplog: pytest.LogCaptureFixture) -> None:
    for address in ("http://127.0.0.1:9/", "no address", ear.address):
        posting.post_later(address, "a secret", {"number": 7})
    posting._leave()
    assert len(ear.heard) == 1 and len([one for one in caplog.records if "did not take" in one.getMessage()]) == 2


def test_where_too_many_wait_one_is_left_out_and_a_dead_worker_is_followed(posting: ModuleType, ear: Ear, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(posting, "_waiting", posting.queue.Queue(1))
    with monkeypatch.context() as still:
        still.setattr(posting, "_work", lambda: None)  # as in a process that was forked from the one with the thread
        for number in (1, 2):
            posting.post_later(ear.address, "a secret", {"number": number})
    assert caplog.text.count("was not told") == 1
    posting.post_later(ear.address, "a secret", {"number": 3})
    posting._leave()
    assert json.loads(ear.heard[0][0])["number"] == 1
