"""The demo shop over HTTP: what it shows of the catalogue, and what it makes of odd addresses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timezone
from xml.etree import ElementTree

import pytest
import requests
from jinja2 import Environment, FileSystemLoader

from bot.channels.demo import SHOP
from bot.channels.demo_pictures import SHAPES, TUB, drawing
from bot.channels.demo_shelf import Wish, money, public_address
from bot.store.views import ProductView, VariantView

HOSTILE = '"><script>alert(1)</script>'
HANDLE = "haneul-dew-hyaluronic-ampoule"


def page(server: str, path: str) -> str:
    answer = requests.get(server + path, timeout=10)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def cards(html: str) -> list[str]:
    return re.findall(r'href="/products/([^"]+)"', html)


def test_the_front_page_shows_shop_and_widget(server: str) -> None:
    html = page(server, "/")
    assert "Moonjar Skin" in html
    assert '<script type="module" src="/widget/glasskin.js"></script>' in html
    assert len(cards(html)) == 24


def test_filters_by_type(server: str) -> None:
    html = page(server, "/?type=serum")
    found = set(cards(html))
    assert len(found) == 12
    assert all("serum" in requests.get(f"{server}/products/{handle}", timeout=10).text.lower() for handle in sorted(found)[:3])
    assert 'aria-current="true">Serum' in html


def test_filters_search_and_order_go_together(server: str) -> None:
    prices = [float(one) for one in re.findall(r"card-price[^$]*\$([0-9.]+)", page(server, "/?skin=dry&sort=price"))]
    assert len(prices) == 24 and prices == sorted(prices)
    assert HANDLE in cards(page(server, "/?q=hyaluronic&type=ampoule"))
    assert "Nothing here fits that" in page(server, "/?q=zzzz")


def test_pages_hold_everything_once(server: str) -> None:
    found = [handle for number in range(1, 5) for handle in cards(page(server, f"/?page={number}"))]
    assert len(found) == len(set(found)) == 83


def test_a_product_page_tells_what_the_row_says(server: str) -> None:
    html = page(server, f"/products/{HANDLE}")
    for wanted in ("Hyaluronic Ampoule", "$24.00", "$36.00", "30 ml", "Sodium Hyaluronate", "In stock", "cruelty free"):
        assert wanted in html, wanted
    assert f'data-product="{HANDLE}"' in html


def test_every_product_has_a_picture(server: str) -> None:
    for handle in cards(page(server, "/")):
        answer = requests.get(f"{server}/pictures/{handle}.svg", timeout=10)
        assert answer.headers["content-type"] == "image/svg+xml"
        ElementTree.fromstring(answer.text)
        assert "style=" not in answer.text and "<script" not in answer.text


@pytest.mark.parametrize("path", ["/products/none", "/products/%00", "/products/..%2f..%2fetc", "/pictures/none.svg", f"/pictures/{HANDLE}", "/shop/base.html", "/shop/../templates/base.html"])
def test_what_is_not_there(server: str, path: str) -> None:
    assert requests.get(server + path, timeout=10).status_code == 404


QUERIES = [
    *(f"{name}={HOSTILE}" for name in ("q", "type", "skin", "sort", "page")),
    "page=-1", "page=999", "page=²", "page=" + "9" * 40, "q=%00", "q=" + "x" * 5000, "type=serum&type=cream",
]


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_any_query_is_answered(server: str, query: str) -> None:
    html = page(server, f"/?{query}")
    assert "<script>alert" not in html


def test_policy_of_the_pages(server: str) -> None:
    headers = requests.get(server + "/", timeout=10).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


VARIANT = VariantView("S", "30 ml", 30, "ml", 2400, None, "USD", 3, True)
PRODUCT = ProductView(
    "x", "Dew", "Dew", "toner", "Toner", "", "/products/x", None, 2400, 2400, "USD", True, 3, (), (VARIANT,), (), (), (), (), (),
    datetime(2026, 1, 1, tzinfo=timezone.utc), None,
)


@pytest.mark.parametrize("kind", [*(types[0] for types in SHAPES.values()), "unknown"])
def test_drawings_are_well_formed_whatever_the_names(kind: str) -> None:
    template = Environment(loader=FileSystemLoader(SHOP / "templates"), autoescape=True).get_template("picture.svg")
    product = replace(PRODUCT, title=HOSTILE, brand=HOSTILE, product_type=kind, product_type_text=HOSTILE)
    drawn = template.render(drawing(product, [HOSTILE]))
    ElementTree.fromstring(drawn)
    assert "<script" not in drawn


def test_an_unknown_kind_is_a_tub() -> None:
    assert drawing(replace(PRODUCT, product_type="soap bar"), ["Dew"])["shape"] == TUB


def test_a_brand_keeps_its_colours() -> None:
    brands = [f"brand {number}" for number in range(20)]
    colours = [drawing(replace(PRODUCT, brand=brand), brands)["palette"] for brand in brands]
    assert colours[0] == colours[9] and colours[0] != colours[1]


@pytest.mark.parametrize(("amount", "currency", "shown"), [(2400, "USD", "$24.00"), (1800, "KRW", "₩1,800"), (0, "USD", "$0.00")])
def test_money(amount: int, currency: str, shown: str) -> None:
    assert money(amount, currency) == shown


@pytest.mark.parametrize(("address", "shown"), [("https://a.example/x.jpg", True), ("/pictures/x.svg", True), ("javascript:alert(1)", False), ("data:image/png,x", False), ("x.png", False)])
def test_addresses_of_pictures(address: str, shown: bool) -> None:
    assert bool(public_address(address)) is shown


def test_a_wish_keeps_the_others() -> None:
    wish = Wish.of({"type": "serum", "skin": "dry", "page": "2"})
    assert wish.address(page=3) == "/?type=serum&skin=dry&page=3#shelf"
    assert wish.address(type="") == "/?skin=dry#shelf"
