"""The owner switches a statement off and on again in a real browser, and a customer hears it no more; axe-core has nothing to say against the pages, and
nothing sticks out of a phone.

With SCREENSHOTS set to a folder each page is also put there as a picture.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.home.folder import STATEMENTS, Home
from bot.statements.at_home import LOOK_AGAIN_S
from bot.statements.changing import Changing
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE
from tests.browser.test_desk import JOON, MINA, Shop, shop, signed_in
from tests.browser.test_review import SIZES, _sticking_out
from tests.conftest import Assistant
from tests.knowledge import knowledge
from tests.statements.test_allowed import CERAMIDE, MIST, of

__all__ = ["shop"]
ASKED = "What is the difference between a mist and a toner?"
WORDS = "Pat a toner on after washing; spray a mist whenever you like."


def test_the_owner_changes_what_is_said(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    (text,) = of(MIST).texts
    assert text in Assistant(server).text(ASKED)
    mina = signed_in(new_visitor(server, DESKTOP), shop, MINA)
    mina.get_by_label(f"{MINA}: menu").click()
    mina.get_by_role("link", name="What it says of skincare").click()
    mina.get_by_role("searchbox", name="Words of a statement or a source").fill("mist fine spray toner patted")
    mina.get_by_role("link", name="Difference mist toner").click()
    mina.get_by_label("Your words").fill("A mist cures acne.")
    mina.get_by_role("button", name="Say it so").click()
    expect(mina.get_by_role("alert")).to_contain_text("medical claim")
    mina.get_by_label("Your words").fill(WORDS)
    mina.get_by_role("button", name="Say it so").click()
    expect(mina.get_by_text("Your words are said from now on.")).to_be_visible()
    time.sleep(2 * LOOK_AGAIN_S)
    assert WORDS in Assistant(server).text(ASKED)
    mina.get_by_role("button", name="Never say it").click()
    expect(mina.get_by_text("From now on it is never said.")).to_be_visible()
    time.sleep(2 * LOOK_AGAIN_S)
    said = Assistant(server).text(ASKED)
    assert WORDS not in said and text not in said
    mina.get_by_role("button", name="Put back the project’s words").click()
    expect(mina.get_by_text("It is said as the project has it.")).to_be_visible()
    time.sleep(2 * LOOK_AGAIN_S)
    assert text in Assistant(server).text(ASKED)


def test_safety_stays_as_it_is_and_no_agent_changes_anything(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    mina = signed_in(new_visitor(server, PHONE), shop, MINA)
    mina.goto(f"{server}/desk/knowledge?part=safety")
    mina.locator(".shelf-title a").first.click()
    expect(mina.get_by_text("This can't be switched off or reworded, since it keeps people safe.")).to_be_visible()
    expect(mina.get_by_role("button", name="Never say it")).to_have_count(0)
    joon = signed_in(new_visitor(server, DESKTOP), shop, JOON)
    joon.goto(f"{server}/desk/knowledge")
    expect(joon.get_by_role("alert")).to_contain_text("Only an owner")


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_objection_and_nothing_sticks_out_of_the_statements(
    server: str, shop: Shop, server_folder: Path, new_visitor: NewVisitor, theme: str, size: tuple[int, int]
) -> None:
    home = Home(server_folder / "var" / "home")
    changing = Changing(home, knowledge)
    assert not changing.switch_off(of(MIST), MINA) and not changing.reword(of(CERAMIDE), ["Ceramides round a retinoid cushion it."], MINA)
    page = signed_in(new_visitor(server, size, color_scheme=theme), shop, MINA)
    found: dict[str, list[str]] = {}
    for name, address in {
        "knowledge": "knowledge", "changed": "knowledge?part=changed", "unknown": "knowledge?q=zzzz", "off": f"statement?id={MIST}", "reworded": f"statement?id={CERAMIDE}",
        "safe": "statement?id=safety.pregnancy", "situation": "statement?id=situations.comedogenic_scores.fact",
    }.items():
        page.goto(f"{server}/desk/{address}")
        _look(page, name, theme, size, found)
    page.get_by_role("textbox").first.fill("It cures acne.")
    page.get_by_role("button", name="Say it so").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _look(page, "statement_refused", theme, size, found)
    home.put(STATEMENTS, None)
    assert {name: one for name, one in found.items() if one} == {}


def test_the_pages_work_without_script(server: str, shop: Shop, server_folder: Path, new_visitor: NewVisitor) -> None:
    page = signed_in(new_visitor(server, PHONE, java_script_enabled=False), shop, MINA)
    page.goto(f"{server}/desk/knowledge")
    page.get_by_role("searchbox", name="Words of a statement or a source").fill("fine spray toner patted")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Difference mist toner").click()
    page.get_by_role("button", name="Never say it").click()
    expect(page.get_by_text("From now on it is never said.")).to_be_visible()
    Home(server_folder / "var" / "home").put(STATEMENTS, None)


def _look(page: Page, name: str, theme: str, size: tuple[int, int], found: dict[str, list[str]]) -> None:
    page.evaluate("document.fonts.ready")
    found[name] = [*violations(page), *_sticking_out(page)]
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"desk_{name}_{theme}_{size[0]}.png", full_page=True)
