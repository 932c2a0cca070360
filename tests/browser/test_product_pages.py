"""The owner mends a product and takes it back in a real browser, and what the assistant says follows at once; axe-core has nothing to say against the
pages, and nothing sticks out of a phone.

With SCREENSHOTS set to a folder each page is also put there as a picture.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.home.folder import Home
from bot.settings import Settings
from bot.store.importers import stored
from bot.store.mends.mending import Mending
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE
from tests.browser.test_desk import JOON, MINA, Shop, shop, signed_in
from tests.browser.test_review import SIZES, _sticking_out
from tests.conftest import Assistant

__all__ = ["shop"]
HANDLE, TITLE = "haneul-dew-hyaluronic-ampoule", "Haneul Dew Hyaluronic Ampoule"
PASTED = "Water, Glycerin, Niacinamide, Retinol, Butylene Glycol, Oddleafium Extractum, Limonene, Phenoxyethanol"


def test_the_owner_mends_a_list_and_the_assistant_follows(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    question = f"is there retinol in the {TITLE}?"
    before = Assistant(server).text(question)
    mina = signed_in(new_visitor(server, DESKTOP), shop, MINA)
    mina.get_by_label(f"{MINA}: menu").click()
    mina.get_by_role("link", name="Products").click()
    mina.get_by_role("searchbox", name="Title, brand, handle or SKU").fill("haneul hyaluronic")
    mina.get_by_role("link", name=TITLE).click()
    mina.get_by_text("Give another list").click()
    mina.get_by_label("The whole list as printed on the pack").fill("It makes you glow.")
    mina.get_by_role("button", name="Show how it is read").click()
    expect(mina.get_by_role("alert")).to_contain_text("no whole ingredient list")
    mina.get_by_label("The whole list as printed on the pack").fill(PASTED)
    mina.get_by_role("button", name="Show how it is read").click()
    expect(mina.get_by_role("status")).to_contain_text("Read as 8 names")
    mina.get_by_role("button", name="Save this list").click()
    expect(mina.get_by_text("It counts from now on")).to_be_visible()
    after = Assistant(server).text(question)
    assert before != after and "retinol" in after.lower(), (before, after)
    mina.get_by_role("button", name="Take back your list").click()
    expect(mina.get_by_text("Taken back")).to_be_visible()
    assert Assistant(server).text(question) == before


def test_no_agent_mends(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    joon = signed_in(new_visitor(server, DESKTOP), shop, JOON)
    joon.goto(f"{server}/desk/products")
    expect(joon.get_by_role("alert")).to_contain_text("Only an owner")


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_objection_and_nothing_sticks_out_of_the_products(
    server: str, shop: Shop, server_folder: Path, new_visitor: NewVisitor, theme: str, size: tuple[int, int]
) -> None:
    page = signed_in(new_visitor(server, size, color_scheme=theme), shop, MINA)
    found: dict[str, list[str]] = {}
    mending = Mending(Settings(var=server_folder / "var"), shop.database)
    with shop.database.session() as session:
        record = stored.by_handles(session, [HANDLE])[HANDLE].record
    mending.mend(record, MINA, kind="serum")
    mending.mend(record, MINA, ingredients=PASTED.split(", "))
    for name, address in {"products": "products", "nothing": "products?q=zzzz", "gap": "products?gap=mended", "product": f"product?handle={HANDLE}"}.items():
        page.goto(f"{server}/desk/{address}")
        _look(page, name, theme, size, found)
    page.get_by_text("Give another list").click()
    page.get_by_label("The whole list as printed on the pack").fill("niacinamide, panthenol")
    page.get_by_role("button", name="Show how it is read").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _look(page, "product_refused", theme, size, found)
    page.get_by_label("The whole list as printed on the pack").fill(PASTED)
    page.get_by_role("button", name="Show how it is read").click()
    expect(page.get_by_role("button", name="Save this list")).to_be_visible()
    _look(page, "product_read", theme, size, found)
    Home(server_folder / "var" / "home").put("products.yml", None)
    mending.settle()
    assert {name: one for name, one in found.items() if one} == {}


def test_the_pages_work_without_script(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    page = signed_in(new_visitor(server, PHONE, java_script_enabled=False), shop, MINA)
    page.goto(f"{server}/desk/products")
    page.get_by_role("searchbox", name="Title, brand, handle or SKU").fill("haneul hyaluronic")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("combobox", name="It is").select_option("serum")
    page.get_by_role("button", name="Mend the kind").click()
    expect(page.get_by_text("The kind is mended")).to_be_visible()
    page.get_by_role("button", name="Take back your kind").click()
    expect(page.get_by_text("Taken back")).to_be_visible()


def _look(page: Page, name: str, theme: str, size: tuple[int, int], found: dict[str, list[str]]) -> None:
    page.evaluate("document.fonts.ready")
    found[name] = [*violations(page), *_sticking_out(page)]
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"desk_{name}_{theme}_{size[0]}.png", full_page=True)
