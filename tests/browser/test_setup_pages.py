"""An owner sets the shop up in real browsers, and the assistant speaks for it at once; axe-core has nothing to say against the pages, and nothing
sticks out of a phone.

With SCREENSHOTS set to a folder each page is also put there as a picture.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.home.folder import Home
from bot.set_up.draft import Draft
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE
from tests.browser.test_desk import JOON, MINA, Shop, shop, signed_in
from tests.browser.test_review import SIZES, _sticking_out
from tests.conftest import Assistant

__all__ = ["shop"]
TRUST = "Why can customers trust that everything is original?"
PRODUCTS = "title,price,brand,stock\nDew Ampoule,24.00,Haneul,5\nBroken,free,Haneul,1\nLost,,Haneul,\n"
ORIGINAL = "We buy from the brands alone, and keep every invoice."


@pytest.fixture(autouse=True)
def home(server_folder: Path) -> Iterator[Home]:
    """The owner's folder of the server, as it was before once a test is over."""
    found = Home(server_folder / "var" / "home")
    before = found.text("shop.yml")
    yield found
    found.put("shop.yml", before)
    Draft(found).forget()


def test_an_owner_sets_the_shop_up(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    mina = signed_in(new_visitor(server, DESKTOP), shop, MINA)
    mina.get_by_label(f"{MINA}: menu").click()
    mina.get_by_role("link", name="Set up your shop").click()
    mina.get_by_role("link", name="Begin with Your shop").click()
    mina.get_by_label("What is your shop called?").fill("Testari")
    mina.get_by_label("What is it, in a sentence?").fill("Testari sells skincare.")
    mina.get_by_label("Which currency").fill("dollars")
    mina.get_by_role("button", name="Save and go on").click()
    expect(mina.get_by_text("dollars is no currency")).to_be_visible()
    expect(mina.get_by_label("Which currency")).to_be_focused()
    expect(mina.get_by_label("What is your shop called?")).to_have_value("Testari")
    mina.get_by_label("Which currency").fill("usd")
    mina.keyboard.press("Enter")
    expect(mina.get_by_role("heading", name="Delivery", level=1)).to_be_visible()
    expect(mina.get_by_role("status")).to_contain_text("Saved.")
    mina.get_by_role("navigation", name="Steps").get_by_role("link", name="Payment and ordering").click()
    mina.get_by_label(TRUST).fill(ORIGINAL)
    mina.get_by_role("button", name="Save, and all steps").click()
    expect(mina.get_by_role("link", name="Payment and ordering")).to_contain_text("5 of 5 answered")
    assert ORIGINAL in Assistant(server).text("are your products authentic?")
    mina.get_by_role("link", name="What customers may ask").click()
    mina.get_by_role("link", name="Discounts and codes").click()
    gifts = mina.get_by_role("group", name="gift card")
    gifts.get_by_label("Your answer").fill("From 10 USD, under Gifts.")
    gifts.get_by_label("Yes or no").select_option("Yes")
    mina.get_by_role("button", name="Save, and all steps").click()
    expect(mina.get_by_role("link", name="Discounts and codes")).to_contain_text("1 of 11")
    assert "From 10 USD, under Gifts." in Assistant(server).text("do you sell gift cards?")


def test_an_owner_sees_the_line_for_their_pages_change(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    mina = signed_in(new_visitor(server, DESKTOP, permissions=["clipboard-read", "clipboard-write"]), shop, MINA)
    mina.goto(f"{server}/desk/setup-page")
    mina.get_by_label("Language of the chat’s own words").select_option("Korean")
    expect(mina.locator("#snippet")).to_contain_text('data-lang="ko"')
    mina.get_by_label("Your colour", exact=True).fill("#6b3fa0")
    expect(mina.locator("#snippet")).to_contain_text("light-dark(#6b3fa0,")
    mina.get_by_label("Address of your shop").fill("shop")
    mina.get_by_label("Address of your shop").press("Enter")
    expect(mina.get_by_role("alert")).to_contain_text("https://shop.example")
    mina.get_by_label("Address of your shop").fill("https://testari.example")
    mina.get_by_label("Address of your shop").press("Enter")
    expect(mina.locator("#origin-line")).to_contain_text("https://testari.example")
    mina.get_by_role("button", name="Copy").first.click()
    expect(mina.get_by_role("button", name="Copied")).to_be_visible()
    assert 'data-lang="ko"' in mina.evaluate("navigator.clipboard.readText()")


def test_no_agent_sets_up(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    joon = signed_in(new_visitor(server, DESKTOP), shop, JOON)
    joon.goto(f"{server}/desk/setup")
    expect(joon.get_by_role("alert")).to_contain_text("Only an owner")


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_objection_and_nothing_sticks_out_of_the_set_up(server: str, shop: Shop, new_visitor: NewVisitor, theme: str, size: tuple[int, int]) -> None:
    page = signed_in(new_visitor(server, size, color_scheme=theme), shop, MINA)
    found: dict[str, list[str]] = {}
    for name in ("setup", "setup-shop", "setup-delivery", "setup-topics", "setup-topics?group=returns", "setup-products", "setup-page", "setup-page?colour=%23ffcc00&shop=x",
                 "setup-orders", "setup-orders?engine=shopify", "setup-telegram", "setup-staff"):  # fmt: skip
        page.goto(f"{server}/desk/{name}")
        _look(page, name, theme, size, found)
    page.goto(f"{server}/desk/setup-shop")
    page.get_by_label("Which currency").fill("dollars")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("This is needed.").first).to_be_visible()
    _look(page, "setup_wrong", theme, size, found)
    page.goto(f"{server}/desk/setup-orders")
    page.get_by_role("button", name="Check the connection").click()
    expect(page.get_by_role("status", name="What the check says")).to_be_visible()
    page.get_by_label("Yes, by these rules").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Name a country at least.")).to_be_visible()
    _look(page, "setup_rules", theme, size, found)
    page.goto(f"{server}/desk/setup-products")
    page.get_by_label("file of products").set_input_files({"name": "products.csv", "mimeType": "text/csv", "buffer": PRODUCTS.encode()})
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("button", name="Import it")).to_be_visible()
    _look(page, "setup_looked", theme, size, found)
    assert {name: one for name, one in found.items() if one} == {}


def test_the_forms_work_without_script(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    page = signed_in(new_visitor(server, PHONE, java_script_enabled=False), shop, MINA)
    page.goto(f"{server}/desk/setup-delivery")
    page.get_by_label("How long does delivery take?").fill("Three days.")
    page.get_by_role("button", name="Save, and all steps").click()
    expect(page.get_by_text("Kept. It counts as soon as")).to_be_visible()
    expect(page.get_by_role("link", name="Delivery", exact=False).first).to_contain_text("5 of 5 answered")


def _look(page: Page, name: str, theme: str, size: tuple[int, int], found: dict[str, list[str]]) -> None:
    found[name] = [*violations(page), *_sticking_out(page)]
    if os.environ.get("SCREENSHOTS"):
        plain = name.replace("?", "_").replace("=", "_")
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"desk_{plain}_{theme}_{size[0]}.png", full_page=True)
