"""A customer asks and the shop's owner finds it, in real browsers: filtered, grouped, counted, on a phone and a desktop, in both themes;
axe-core has nothing to say against any page, and nothing sticks out of a phone.

With SCREENSHOTS set to a folder each page is also put there as a picture.
"""

from __future__ import annotations

import os
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.answers.reviewing import meaning
from bot.store.models import utc_now
from bot.store.reviews import Looking, ReviewStore, Wanted
from bot.support.handoff import Summary
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE
from tests.browser.test_desk import JOON, MINA, Shop, shop, signed_in
from tests.conftest import Assistant
from tests.store.reviews.turns import turn

__all__ = ["shop"]
VAIN = ("do you have a podcast", "is there a podcast of yours", "podcast?", "where can I listen to your podcast", "do you have an app for phones", "is there an app")
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])


def test_the_owner_finds_what_a_customer_asked(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    customer = new_visitor(server, PHONE).visit("/chat/")
    customer.ask("Do you sell gift cards for sofia@example.com?")
    customer.ask("Can I use retinol with vitamin C?")
    answer = customer.answers.filter(has_text="Better at different times of day")
    answer.get_by_role("button", name="Not helpful").click()
    customer.page.get_by_role("group", name="What was wrong?").get_by_role("button").first.click()
    _wait_for_reason(shop)
    mina = signed_in(new_visitor(server, DESKTOP), shop, MINA)
    mina.get_by_label(f"{MINA}: menu").click()
    mina.get_by_role("link", name="What customers ask").click()
    turns = mina.locator(".turn")
    gifts = turns.filter(has_text="Do you sell gift cards for [e-mail]?").first
    expect(gifts.get_by_text("You have not said: gift cards")).to_be_visible()
    rated = turns.filter(has_text="Can I use retinol with vitamin C?").first
    expect(rated.get_by_text("Thumb down:")).to_be_visible()
    rated.get_by_text("Answer").first.click()
    expect(rated.get_by_text("Better at different times of day")).to_be_visible()

    mina.get_by_role("link", name="You have not said").click()
    expect(gifts).to_be_visible()
    expect(turns.filter(has_text="Can I use retinol")).to_have_count(0)
    mina.get_by_role("searchbox", name="Words in the message").fill("gift")
    expect(mina).to_have_url(re.compile("q=gift.*only=unsaid|only=unsaid.*q=gift"))
    mina.get_by_role("link", name="Unanswered").click()
    expect(mina.get_by_role("heading", name="Do you sell gift cards")).to_be_visible()
    mina.get_by_role("link", name="Figures").click()
    expect(mina.get_by_role("heading", name="Messages by week")).to_be_visible()
    with mina.expect_download() as loading:
        mina.get_by_role("link", name="Weeks as CSV").click()
    assert Path(loading.value.path()).read_text(encoding="utf-8").startswith("week,messages,people")

    joon = signed_in(new_visitor(server, DESKTOP), shop, JOON)
    joon.get_by_label(f"{JOON}: menu").click()
    expect(joon.get_by_role("link", name="What customers ask")).to_have_count(0)


@SIZES
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_objection_and_nothing_sticks_out(server: str, shop: Shop, new_visitor: NewVisitor, theme: str, size: tuple[int, int]) -> None:
    _ask_much(server, shop)
    page = signed_in(new_visitor(server, size, color_scheme=theme), shop, MINA)
    found: dict[str, list[str]] = {}
    for name, address, opens in (
        ("review", "review", ".turn-answer summary"), ("review_down", "review?only=thumb_down", ""), ("review_empty", "review?q=zzzz", ""),
        ("groups", "groups", ".turn-answer summary"), ("insight", "insight", ""), ("updates", "updates", ""),
    ):
        page.goto(f"{server}/desk/{address}")
        if opens:
            page.locator(opens).first.click()
        found[name] = [*violations(page), *_sticking_out(page)]
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"desk_{name}_{theme}_{size[0]}.png", full_page=name != "review")
    assert {name: one for name, one in found.items() if one} == {}


def test_the_pages_work_without_script(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    _ask_much(server, shop)
    page = signed_in(new_visitor(server, PHONE, java_script_enabled=False), shop, MINA)
    page.goto(f"{server}/desk/review")
    page.get_by_role("searchbox", name="Words in the message").fill("podcast")
    page.get_by_role("button", name="Show").click()
    assert {"podcast" in text for text in page.locator(".turn-text").all_inner_texts()} == {True}


def _wait_for_reason(shop: Shop) -> None:
    """Until the reason beside the thumb has come."""
    deadline = time.monotonic() + 20
    while not any(one.reason for one in Looking(shop.database).turns(Wanted(only="thumb_down"), 9)):
        assert time.monotonic() < deadline, "no vote came"
        time.sleep(0.05)


def _ask_much(server: str, shop: Shop) -> None:
    """Messages of weeks, of many sorts."""
    store, now = ReviewStore(shop.database), utc_now()
    shop.talks.ask_for_person("web-review", "web", "anger", Summary(wish="a person"))
    for number, text in enumerate(VAIN):
        store.keep(turn(number, sender=f"web-vain{number}", text=text, vector=meaning(text), outcome="lost", band="lost", confidence=0.21, kind="contact", at=now - timedelta(days=3 * number)))
    store.keep(turn(50, sender="web-review", text="Where is my parcel? It is [number].", kind="order_status", handed="anger", at=now, vector=meaning("parcel")))
    store.keep(turn(51, sender="web-review2", text="", sight="health", kind="for_concern", red_flag=True, answer="", vector=None, at=now))
    for week in range(9):
        for number in range(6 + week * 3 % 7):
            outcome = ("answered", "answered", "answered", "asked_back", "unknown", "beyond")[number % 6]
            store.keep(turn(
                number, sender=f"web-w{week}-{number}", at=now - timedelta(days=7 * week, minutes=number), outcome=outcome, kind=("together", "stock", "can_use")[number % 3],
                text=f"Is question {number} of these one to be read?", subjects=["ingredient:retinol", "product_type:ampoule"][: number % 3], product="haneul-dew-hyaluronic-ampoule" if number == 4 else "",
                vector=meaning(f"question {number} {week}"), channel=("web", "rest", "telegram")[number % 3],
            ))  # fmt: skip
    store.vote("web-w1-0", now, "down", "Not what I asked")
    Assistant(server).say("do you ship to Norway")


def _sticking_out(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} pixels wider than the window"] if wide > 0 else []
