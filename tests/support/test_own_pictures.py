"""An owner's pictures: which names count, that each is made anew, and that what is wrong with one is said in a line."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.home.folder import Home
from bot.home.pictures import MOST_BYTES, is_picture_name, shops_picture
from bot.support.own_pictures import SHOPS_EDGE, find, find_shops, mistakes
from tests.pictures import SECRET, photo, png_that_says

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=("PNG", "JPEG"))


def drawn(mode: str, kind: str = "PNG") -> bytes:
    """A small logo of which a part shines through."""
    image = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 20, 20))
    out = BytesIO()
    image.convert(mode).save(out, kind, lossless=True)
    return out.getvalue()


@pytest.mark.parametrize("name", ["map.png", "Size-Chart_2.JPG", "a.jpeg", "shop.webp"])
def test_names_that_count(name: str) -> None:
    assert is_picture_name(name)


@pytest.mark.parametrize("name", [
    "", ".png", "map", "map.svg", "map.gif", "../map.png", "a/map.png", "..\\map.png", "/etc/map.png", "m p.png", "map.png\n", "map.svg.png", "mäp.png", "map.png.",
    "map.png/", "a" * 90 + ".png", "map.png\0", "map.html",
])  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not is_picture_name(name)


@pytest.mark.parametrize(("kind", "becomes"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/jpeg")])
def test_nothing_of_the_file_is_handed_out(home: Home, kind: str, becomes: str) -> None:
    raw = photo(kind=kind) + b"PK\x03\x04 an archive behind the picture"
    home.put_bytes("pictures/map.png", raw)
    shown = find(home, "map.png")
    assert shown is not None and shown.kind == becomes == Image.MIME[opened(shown.body).format or ""]
    assert SECRET in raw and SECRET not in shown.body and b"PK\x03\x04" not in shown.body and not opened(shown.body).getexif()


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "PNG"), ("RGBA", "WEBP"), ("LA", "PNG"), ("P", "PNG")])
def test_what_shines_through_still_does(home: Home, mode: str, kind: str) -> None:
    raw = drawn(mode, kind)
    if mode == "P":
        image = Image.open(BytesIO(raw))
        out = BytesIO()
        image.save(out, "PNG", transparency=image.getpixel((30, 10)))
        raw = out.getvalue()
    home.put_bytes("pictures/shop.png", raw)
    shown = find_shops(home)
    assert shown is not None and shown.kind == "image/png"
    alpha = opened(shown.body).convert("RGBA").getchannel("A")
    assert alpha.getpixel((30, 10)) == 0 and alpha.getpixel((10, 10)) == 255


def test_the_shops_is_made_small_and_a_new_one_shows_at_once(home: Home) -> None:
    assert find_shops(home) is None and shops_picture(home) is None
    home.put_bytes("pictures/shop.jpg", photo((1600, 900)))
    first = find_shops(home)
    assert first is not None and max(opened(first.body).size) == SHOPS_EDGE
    home.put_bytes("pictures/shop.jpg", photo((90, 160)))
    second = find_shops(home)
    assert second is not None and opened(second.body).size == (90, 160)
    home.put_bytes("pictures/shop.png", drawn("RGBA"))
    assert (found := shops_picture(home)) is not None and found.name == "shop.png"


@pytest.mark.parametrize("raw", [SVG, b"", b"<html>", photo()[:300], photo(kind="GIF"), photo(kind="TIFF"), png_that_says(60_000, 60_000), photo() + b"0" * MOST_BYTES])
def test_what_cannot_be_shown_is_not_and_named(home: Home, raw: bytes) -> None:
    home.put_bytes("pictures/map.png", raw)
    home.put_bytes("pictures/shop.png", raw)
    assert find(home, "map.png") is None and find_shops(home) is None
    told = mistakes(home, {})
    assert [one.split(" is ")[0] for one in told] == ["pictures/map.png", "pictures/shop.png"] and all("\n" not in one for one in told)


def test_nothing_but_the_folders_pictures_is_found(home: Home) -> None:
    home.put("shop.yml", "name: x\n")
    home.put_bytes("map.png", photo())
    home.put_bytes("pictures/more/map.png", photo())
    home.put_bytes("pictures/map.svg", SVG)
    for name in ("../shop.yml", "../map.png", "map.png", "more/map.png", "map.svg", "", ".", "..", "%2e%2e/map.png", str(home.folder / "map.png")):
        assert find(home, name) is None, name


def test_each_mistake_is_a_line(home: Home) -> None:
    assert mistakes(home, {}) == []
    for name in ("shop.png", "shop.jpg", "map.png", ".hidden", "plan.svg", "two words.png"):
        home.put_bytes(f"pictures/{name}", photo())
    (home.folder / "pictures" / os.fsdecode(b"\xff.png")).write_bytes(photo())
    told = mistakes(home, {"topics.store.picture": "map.png", "topics.hours.picture": "gone.png"})
    assert len(told) == 5 and "pictures/shop.jpg is not shown beside shop.png" in told and "topics.hours.picture: there is no pictures/gone.png among your own files" in told
    assert {one.split(" is not shown")[0] for one in told} >= {"pictures/plan.svg", "pictures/two words.png", "pictures/?.png"}
