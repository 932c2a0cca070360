"""The line for a shop's own pages: what was chosen stands in it, colours can be read, nothing foreign gets in."""

from __future__ import annotations

import html
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.desk import channel
from bot.desk.members import Role
from bot.desk.sessions import csrf
from bot.desk.setup.placing import LARGEST, is_origin
from bot.home.pictures import MOST_BYTES
from bot.paths import ROOT
from bot.set_up.shades import READABLE, USUAL_SHADES, ColourError, Shades, contrast, parsed, shades
from tests.desk.conftest import Browser, Rooms
from tests.desk.test_review import HOSTILE
from tests.pictures import SECRET, photo


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


def snippet(page: str) -> str:
    """What is to be copied."""
    found = re.search(r'<code id="snippet">(.*?)</code>', page, re.S)
    assert found is not None
    return html.unescape(found[1])


def test_the_usual_line(desk: Rooms, owner: Browser) -> None:
    page = owner.get("setup-page").text
    assert snippet(page) == f'<script type="module" src="http://127.0.0.1:{desk.server.port}/widget/glasskin.js"></script>'
    assert "WEB_ORIGINS=https://shop.example" in page and "None may so far" in page
    assert 'src="https://' in snippet(owner.get("setup-page", X_Forwarded_Proto="https").text)


def test_what_was_chosen_stands_in_it(owner: Browser) -> None:
    query = "setup-page?server=https://bot.testari.example/&shop=https://testari.example&colour=%236b3fa0&lang=ko&side=start&theme=dark&prompts=on"
    page = owner.get(query).text
    assert snippet(page).startswith(
        '<script type="module" src="https://bot.testari.example/widget/glasskin.js" data-lang="ko" data-side="start" data-theme="dark" data-prompts="on"></script>\n<style>'
    )
    assert "--gs-accent: light-dark(#6b3fa0, " in snippet(page) and "WEB_ORIGINS=https://testari.example" in page and 'fill="#6b3fa0"' in page
    assert "{{ product.handle | escape }}" in snippet(owner.get(f"{query}&kind=shopify").text)
    woo = snippet(owner.get(f"{query}&kind=woocommerce").text)
    assert woo.startswith("add_action(") and woo.count("%s></script>") == 1 and woo.count("{") == woo.count("}")


def test_who_may_show_it_already_is_told(desk: Rooms, owner: Browser) -> None:
    chosen = channel.settings()  # type: ignore[attr-defined]
    chosen.web_origins = "https://testari.example https://www.testari.example"
    assert "https://testari.example may." in owner.get("setup-page?shop=https://TESTARI.example").text.replace("TESTARI", "testari")
    assert "WEB_ORIGINS=https://testari.example https://www.testari.example https://other.example" in owner.get("setup-page?shop=https://other.example").text
    assert "2 addresses may show it" in owner.get("setup").text


@pytest.mark.parametrize(
    "query", ["server=bot.example", "server=javascript:alert(1)", "shop=https://shop.example/page", "colour=red", f"server=https://a\"{HOSTILE}", "shop=https://[", "colour=%2312"]
)
def test_what_cannot_be_used_is_told_and_makes_no_line(owner: Browser, query: str) -> None:
    page = owner.get(f"setup-page?{query}")
    assert page.status_code == 422 and 'role="alert"' in page.text and 'id="snippet"' not in page.text and "<script>alert" not in page.text


def test_odd_choices_count_as_none(owner: Browser) -> None:
    page = owner.get(f"setup-page?lang={HOSTILE}&side=up&theme=%00&kind=x")
    assert page.status_code == 200 and "data-" not in snippet(page.text)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffff00", "#6b3fa0", "#ff0066", "#0b6b63", "#808080", "#0000ff"])
def test_every_colour_can_be_read(colour: str) -> None:
    for one in shades(colour):
        for words, on in ((one.accent, one.tile), (one.accent_ink, one.accent), (one.accent_ink, one.accent_deep), (one.person_ink, one.person), (one.person_ink, one.person_lit)):
            assert contrast(parsed(words), parsed(on)) >= READABLE, (colour, words, on)


def test_a_colour_is_left_as_it_is_where_it_can_be_read() -> None:
    assert shades("#6B3FA0")[0].accent == "#6b3fa0" and shades("7cd9c6")[1].accent == "#7cd9c6"
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    for wrong in ("", "red", "#12345", "#12345g", "#١٢٣٤٥٦"):
        with pytest.raises(ColourError):
            parsed(wrong)


def test_the_usual_shades_are_the_widgets() -> None:
    theme = (ROOT / "bot/web/widget/src/theme.css").read_text(encoding="utf-8")
    light, dark = USUAL_SHADES
    for one in fields(Shades):
        assert f"--gs-{one.name.replace('_', '-')}: light-dark({getattr(light, one.name)}, {getattr(dark, one.name)});" in theme, one.name


def test_an_origin_is_scheme_and_host() -> None:
    assert is_origin("https://shop.example") and is_origin("http://127.0.0.1:5005")
    assert not any(map(is_origin, ("https://", "https://u@shop.example", "https://shop.example/", "https://shop.example?x", "ftp://shop.example", "https://shop.example:x")))


def send(browser: Browser, content: bytes | None, act: str = "put", **fields: str) -> requests.Response:
    """Sends the form of the shop's picture, without a file where there is no content."""
    files: Any = {"none": (None, "")} if content is None else {"file": ("../../evil.svg", content)}
    sent = {"csrf": csrf(browser.token), "act": act, **fields}
    return browser.requests.post(f"{browser.base}setup-picture", data=sent, files=files, allow_redirects=False, timeout=20)


def there(var: Path) -> list[str]:
    """The files of the owner's folder of pictures."""
    folder = var / "home/pictures"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_the_shops_picture_is_put_in_its_place_and_taken_away(owner: Browser, tmp_path: Path) -> None:
    assert "Show Glasskin’s drop again" not in owner.get("setup-page").text
    assert send(owner, photo()).headers["Location"] == "setup-page?told=picture" and there(tmp_path) == ["shop.jpg"]
    assert send(owner, photo(kind="PNG")).headers["Location"] == "setup-page?told=picture" and there(tmp_path) == ["shop.png"]
    kept = (tmp_path / "home/pictures/shop.png").read_bytes()
    assert kept.startswith(b"\x89PNG") and SECRET not in kept
    page = owner.get("setup-page?told=picture").text
    assert "shows your picture from now on" in page and "Show Glasskin’s drop again" in page
    assert send(owner, None, act="drop").headers["Location"] == "setup-page?told=dropped" and there(tmp_path) == []


@pytest.mark.parametrize(("content", "why"), [
    (None, "Choose a file."), (b"", "Choose a file."), (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "is no PNG, JPEG or WebP"),
    (photo(kind="GIF"), "is no PNG"), (photo() + b"0" * MOST_BYTES, "is too large"),
], ids=["nothing", "empty", "svg", "gif", "large"])  # fmt: skip
def test_what_is_no_picture_is_told_and_the_one_before_stays(owner: Browser, tmp_path: Path, content: bytes | None, why: str) -> None:
    send(owner, photo())
    answer = send(owner, content)
    assert answer.status_code == 422 and why in answer.text and 'role="alert"' in answer.text and there(tmp_path) == ["shop.jpg"]


def test_only_an_owner_gives_the_picture(desk: Rooms, owner: Browser, tmp_path: Path) -> None:
    agent = desk.browser("Joon")
    assert send(agent, b"0" * (LARGEST + 1)).status_code == 403, "they are told before anything is received"
    assert (send(agent, photo()).status_code, send(desk.stranger(), photo()).headers["Location"]) == (403, "login")
    assert send(owner, photo(), csrf="wrong").status_code == 403 and send(owner, b"0" * (LARGEST + 1)).status_code == 413
    assert there(tmp_path) == []
