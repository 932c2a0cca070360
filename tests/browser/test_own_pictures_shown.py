"""The widget shows the shop's own picture, and one beside an answer without folding the words away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.home.folder import Home
from bot.settings import settings
from tests.browser.conftest import NewVisitor
from tests.browser.peer import Peer
from tests.pictures import photo

LONG = "Five ways lead here.\nBy train.\nBy bus.\nBy boat.\nBy bike.\nOn foot."


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield Home(tmp_path / "home")
    monkeypatch.undo()
    settings.cache_clear()


def test_the_shops_picture_and_one_beside_an_answer(peer: Peer, new_visitor: NewVisitor, home: Home) -> None:
    home.put_bytes("pictures/shop.png", photo((90, 60), kind="PNG"))
    home.put_bytes("pictures/map.png", photo((120, 80), kind="PNG"))
    image = {"src": "/widget/pictures/map.png", "alt": "The way to us"}
    peer.replies["where"] = [{"text": LONG, "custom": {"body": LONG, "image": {**image, "beside": True}}}]
    peer.replies["week"] = [{"text": LONG, "custom": {"body": LONG, "image": image}}]
    chat = new_visitor(peer.address).visit("/page/shop").open()
    expect(chat.panel.locator("img").first).to_have_js_property("naturalWidth", 90)
    answer = chat.ask("where")
    expect(answer.get_by_role("img", name="The way to us")).to_have_js_property("naturalWidth", 120)
    expect(answer.get_by_text("On foot.")).to_be_visible()
    expect(chat.ask("week").get_by_text("On foot.")).to_be_hidden()
