"""An owner finds what is asked in vain, teaches it and takes it back, in real browsers; the customer gets the answer at once. axe-core has nothing to say
against the pages, and nothing sticks out of a phone.

With SCREENSHOTS set to a folder each page is also put there as a picture.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.answers.reviewing import meaning
from bot.settings import settings
from bot.store.models import utc_now
from bot.store.reviews import Looking, ReviewStore, Wanted
from bot.teaching.at_home import encode
from bot.teaching.kept import kept_questions
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE
from tests.browser.test_desk import JOON, MINA, Shop, shop, signed_in
from tests.browser.test_review import SIZES, _sticking_out
from tests.conftest import Assistant
from tests.store.reviews.turns import turn

__all__ = ["shop"]
ASKED = (
    "do you have an ambassador program", "how do i become an affiliate of your shop", "can I get commission if I recommend your products", "is there an affiliate program I can join",
    "would you send me pr packages for my channel", "do you sponsor small beauty youtubers",
)
SAY = "We work with creators of every size: write to us with a link to your page."


@pytest.fixture(scope="module", autouse=True)
def kept() -> None:
    """The kept questions are looked up before anybody waits for a page."""
    kept_questions(settings().models, encode)


def test_the_owner_teaches_and_the_customer_is_answered(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    _ask(shop)
    customer = new_visitor(server, PHONE).visit("/chat/")
    customer.ask("are you looking for ambassadors right now")
    expect(customer.page.get_by_text(SAY)).to_have_count(0)
    mina = signed_in(new_visitor(server, DESKTOP), shop, MINA)
    mina.get_by_label(f"{MINA}: menu").click()
    mina.get_by_role("link", name="What customers ask").click()
    mina.get_by_role("link", name="Unanswered").click()
    group = mina.locator(".group").filter(has_text="ambassador program").first
    group.get_by_role("link", name="Teach").click()
    mina.get_by_label("How people say it, a line each").fill("\n".join(ASKED))
    mina.get_by_label("What it is about, in a few words").fill("our ambassador programme")
    answer = mina.get_by_label("The answer, as customers read it")
    answer.fill("Our creators’ serum cures acne.")
    mina.get_by_role("button", name="Show what would change").click()
    expect(mina.get_by_role("alert")).to_contain_text("medical claim")
    expect(mina.get_by_role("button", name="Make it live")).to_have_count(0)
    answer.fill(SAY)
    mina.get_by_role("button", name="Show what would change").click()
    trial = mina.get_by_role("status", name="What would change")
    expect(trial).to_contain_text("would have got an answer who got none")
    expect(trial).to_contain_text("none would change")
    mina.get_by_role("button", name="Make it live").click()
    expect(mina.get_by_text("It counts from now on.")).to_be_visible()
    customer.ask("can I apply to your affiliate program")
    expect(customer.page.get_by_text(SAY)).to_be_visible()
    assert SAY in Assistant(server).text("can I apply to be one of your affiliates")
    mina.get_by_role("link", name="Unanswered").click()
    expect(mina.locator(".group").filter(has_text="ambassador program").first.get_by_text("You have taught an answer")).to_be_visible()
    mina.get_by_role("link", name="Taught").click()
    mina.get_by_role("button", name="Undo").click()
    expect(mina.get_by_text("Taken back.")).to_be_visible()
    assert SAY not in Assistant(server).text("can I apply to be one of your affiliates")


def test_no_agent_teaches(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    joon = signed_in(new_visitor(server, DESKTOP), shop, JOON)
    joon.goto(f"{server}/desk/teach")
    expect(joon.get_by_role("alert")).to_contain_text("Only an owner")


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_objection_and_nothing_sticks_out_of_the_lessons(server: str, shop: Shop, new_visitor: NewVisitor, theme: str, size: tuple[int, int]) -> None:
    _ask(shop)
    page = signed_in(new_visitor(server, size, color_scheme=theme), shop, MINA)
    found: dict[str, list[str]] = {}
    page.goto(f"{server}/desk/teach?q={ASKED[0].replace(' ', '+')}")
    _look(page, "teach", theme, size, found)
    page.get_by_label("How people say it, a line each").fill("\n".join(ASKED))
    page.get_by_label("What it is about, in a few words").fill("our ambassador programme")
    page.get_by_label("The answer, as customers read it").fill("It cures acne.")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("alert")).to_be_visible()
    _look(page, "teach_refused", theme, size, found)
    page.get_by_label("The answer, as customers read it").fill(SAY)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("button", name="Make it live")).to_be_visible()
    _look(page, "teach_tried", theme, size, found)
    page.get_by_role("button", name="Make it live").click()
    expect(page.get_by_text("It counts from now on.")).to_be_visible()
    _look(page, "lessons", theme, size, found)
    page.get_by_role("button", name="Take back").first.click()
    expect(page.get_by_text("The lesson is taken back.")).to_be_visible()
    assert {name: one for name, one in found.items() if one} == {}


def test_the_form_works_without_script(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    page = signed_in(new_visitor(server, PHONE, java_script_enabled=False), shop, MINA)
    page.goto(f"{server}/desk/teach")
    page.get_by_label("How people say it, a line each").fill("\n".join(ASKED))
    page.get_by_label("Not for us").check()
    expect(page.get_by_label("The answer, as customers read it")).to_be_hidden()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("button", name="Make it live")).to_be_visible()


def _ask(shop: Shop) -> None:
    """Questions asked in vain, each by somebody else."""
    store, now = ReviewStore(shop.database), utc_now()
    for number, text in enumerate(ASKED):
        store.keep(turn(number, sender=f"web-teach{number}", text=text, vector=meaning(text), outcome="lost", band="lost", confidence=0.2, kind="discount", at=now))
    deadline = time.monotonic() + 10
    while not Looking(shop.database).turns(Wanted(words="ambassador"), 1):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _look(page: Page, name: str, theme: str, size: tuple[int, int], found: dict[str, list[str]]) -> None:
    found[name] = [*violations(page), *_sticking_out(page)]
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"desk_{name}_{theme}_{size[0]}.png", full_page=True)
