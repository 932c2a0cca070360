"""The shop's own pictures over HTTP: the logo with Glasskin's in its place, those beside answers, and nothing else of the owner's folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.page import LOGO, WIDGET, ChatPage
from bot.home.folder import Home
from bot.settings import settings
from tests.channels.serving import Server, running
from tests.pictures import SECRET, photo


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    monkeypatch.setenv("SHOP_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield Home(tmp_path / "home")
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def server(home: Home) -> Iterator[Server]:
    with running(ChatPage()) as found:
        yield found


def test_the_logo_is_the_shops_as_soon_as_there_is_one(server: Server, home: Home) -> None:
    before = server.ask("/widget/logo")
    assert before.headers["content-type"] == "image/svg+xml" and before.body == (WIDGET / LOGO).read_bytes()
    home.put_bytes("pictures/shop.jpg", photo())
    after = server.ask("/widget/logo")
    assert after.headers["content-type"] == "image/jpeg" and after.body[:2] == b"\xff\xd8" and SECRET not in after.body
    assert after.headers["cache-control"] == "no-cache" and after.headers["access-control-allow-origin"] == "*"
    assert server.ask("/widget/logo", If_None_Match=after.headers["etag"]).status == 304
    home.put_bytes("pictures/shop.jpg", b"<svg><script>1</script></svg>")
    assert server.ask("/widget/logo").body == before.body


def test_a_picture_is_handed_out_harmless_and_kept(server: Server, home: Home) -> None:
    home.put_bytes("pictures/map.png", photo(kind="PNG"))
    answer = server.ask("/widget/pictures/map.png")
    assert (answer.status, answer.headers["content-type"], answer.headers["x-content-type-options"]) == (200, "image/png", "nosniff")
    assert "max-age" in answer.headers["cache-control"] and "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin" and SECRET not in answer.body
    again = server.ask("/widget/pictures/map.png", If_None_Match=answer.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = server.ask("/widget/pictures/map.png", method="HEAD")
    assert head.status == 200 and head.body == b""


@pytest.mark.parametrize("path", [
    "/widget/pictures/", "/widget/pictures", "/widget/pictures/none.png", "/widget/pictures/evil.svg", "/widget/pictures/page.html", "/widget/pictures/../shop.yml",
    "/widget/pictures/..%2fshop.yml", "/widget/pictures/%2e%2e%2fshop.yml", "/widget/pictures/%252e%252e%252fshop.yml", "/widget/pictures/..\\shop.yml",
    "/widget/pictures/map.png%00", "/widget/pictures//map.png", "/widget/pictures/map.png/", "/widget/pictures/%2e/map.png", "/widget/pictures/outside.png/../map.png",
    "/widget/logo/", "/widget/logo/../pictures",
])  # fmt: skip
def test_nothing_else_of_the_folder_is(server: Server, home: Home, path: str) -> None:
    home.put("shop.yml", "name: SECRET\n")
    for name in ("map.png", "evil.svg", "page.html"):
        home.put_bytes(f"pictures/{name}", photo(kind="PNG") if name == "map.png" else b"<svg><script>1</script></svg>")
    answer = server.ask(path)
    assert answer.status == 404 and b"SECRET" not in answer.body and b"<script" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_taken_there(server: Server, method: str) -> None:
    assert server.ask("/widget/pictures/map.png", method=method).status == 405
