"""What people do: the widget on the demo shop, over the real assistant."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE, TABLET

SIZES = pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["360", "768", "1280"])
PRODUCT = "/products/haneul-dew-hyaluronic-ampoule"


@SIZES
def test_a_whole_conversation(server: str, new_visitor: NewVisitor, size: tuple[int, int]) -> None:
    chat = new_visitor(server, size).visit("/").open()
    expect(chat.log).to_contain_text("the assistant of Moonjar Skin")
    expect(chat.suggestions.first).to_have_text("Find my product")
    chat.suggestions.filter(has_text="ampoule every day").click()
    expect(chat.mine).to_have_count(1)
    answer = chat.answers.nth(1)
    expect(answer.locator("time")).to_be_visible()

    sources = answer.locator("details")
    expect(sources.get_by_role("link").first).to_be_hidden()
    sources.locator("summary").click()
    expect(sources.get_by_role("link").first).to_be_visible()
    expect(sources.get_by_role("link").first).to_have_attribute("href", re.compile("^https?:"))

    chat.say("Show me serums for dry skin")
    cards = chat.page.get_by_role("list", name="Products").last.get_by_role("listitem")
    expect(cards.first).to_contain_text("$")
    expect(cards.first).to_contain_text("In stock")
    expect(cards.first.locator("img")).to_be_visible()
    expect(chat.suggestions).to_have_text(["Show more", "Compare them", "Help me choose"])
    overflow = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert chat.page.evaluate(overflow) == 0
    cards.first.get_by_role("link").click()
    chat.page.wait_for_url("**/products/**")


def test_a_card_that_is_followed_counts_once(server: str, server_folder: Path, new_visitor: NewVisitor) -> None:
    def counted() -> int:
        with sqlite3.connect(server_folder / "var" / "shop.sqlite") as shop:
            found = shop.execute("SELECT coalesce(sum(number), 0) FROM week_count WHERE what = 'followed_page' AND name = ?", [PRODUCT.rsplit("/", 1)[1]])
            return int(found.fetchone()[0])

    chat, before = new_visitor(server).visit("/").open(), counted()
    chat.ask("Show me the Haneul Dew Hyaluronic Ampoule").get_by_role("link", name="View: Haneul Dew Hyaluronic Ampoule").click()
    chat.page.wait_for_url(f"**{PRODUCT}")
    for _ in range(50):
        if counted() > before:
            break
        chat.page.wait_for_timeout(100)
    assert counted() == before + 1


@SIZES
def test_a_product_page_asks_about_that_product(server: str, new_visitor: NewVisitor, size: tuple[int, int]) -> None:
    chat = new_visitor(server, size).visit(PRODUCT)
    expect(chat.launcher).to_contain_text("Ask about this product")
    chat.open()
    expect(chat.answers.first).to_contain_text("Haneul Dew Hyaluronic Ampoule")
    chat.suggestions.filter(has_text="Is it in stock?").click()
    expect(chat.mine.last).to_contain_text("Is Haneul Dew Hyaluronic Ampoule in stock?")
    expect(chat.answers.last).to_contain_text(re.compile("in stock", re.I))


def test_any_link_of_the_page_can_open_it(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/")
    chat.page.get_by_role("link", name="Ask Glasskin").click()
    expect(chat.input).to_be_focused()


def test_a_conversation_goes_on_over_pages_and_reloads(server: str, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(server)
    chat = visitor.visit("/").open()
    chat.ask("Can I use retinol with vitamin C?")
    chat.page.goto(server + PRODUCT)
    expect(chat.panel).to_be_visible()
    expect(chat.mine).to_have_text(re.compile("retinol with vitamin C"))
    expect(chat.answers).to_have_count(1)
    expect(chat.suggestions.first).to_be_visible()
    chat.page.reload()
    expect(chat.answers).to_have_count(1)


def test_votes_stay(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/").open()
    answer = chat.ask("Can I use an ampoule every day?")
    answer.get_by_role("button", name="Not helpful").click()
    answer.get_by_role("button", name="Hard to understand").click()
    expect(answer).to_contain_text("Thank you, noted.")
    chat.page.reload()
    expect(chat.answers.last.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "true")
    chat.answers.last.get_by_role("button", name="Helpful", exact=True).click()
    expect(chat.answers.last.get_by_role("button", name="Not helpful")).to_have_attribute("aria-pressed", "false")


def test_starting_over(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/").open()
    chat.ask("Can I use an ampoule every day?")
    chat.button("Start over").click()
    chat.button("Yes, start over").click()
    expect(chat.mine).to_have_count(0)
    expect(chat.suggestions.first).to_be_visible()
    chat.page.reload()
    expect(chat.answers.first).to_be_visible()
    expect(chat.mine).to_have_count(0)


def test_deleting_the_conversation(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/").open()
    chat.ask("Can I use an ampoule every day?")
    chat.choose("Privacy")
    expect(chat.page.get_by_role("region", name="Privacy")).to_contain_text("stored by this shop")
    chat.button("Delete my conversation").click()
    chat.button("Keep it").click()
    chat.button("Delete my conversation").click()
    chat.button("Yes, delete").click()
    expect(chat.log).to_contain_text("Your conversation has been deleted.")
    expect(chat.mine).to_have_count(0)
    assert chat.page.evaluate("localStorage.getItem('glasskin.session')") is None
    chat.page.reload()
    expect(chat.suggestions.first).to_be_visible()
    expect(chat.mine).to_have_count(0)
    chat.ask("Can I use an ampoule every day?")


def test_the_conversation_as_a_file(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/").open()
    chat.ask("Can I use an ampoule every day?")
    with chat.page.expect_download() as waiting:
        chat.choose("Download conversation")
    assert re.fullmatch(r"glasskin-[0-9-]{10}\.txt", waiting.value.suggested_filename)
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "You:\nCan I use an ampoule every day?" in text
    assert len(text.split("Glasskin:\n", 1)[1]) > 40
    assert "**" not in text


def test_two_tabs_show_the_same(server: str, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(server)
    one = visitor.visit("/").open()
    one.ask("Can I use an ampoule every day?")
    other = visitor.visit("/").open()
    expect(other.answers).to_have_count(1)
    other.ask("And how long does delivery take?")
    expect(one.mine.last).to_contain_text("delivery")
    expect(one.answers).to_have_count(3)
    assert one.answers.last.inner_text() == other.answers.last.inner_text()
    one.button("Start over").click()
    one.button("Yes, start over").click()
    expect(other.mine).to_have_count(0)


def test_the_chat_page_is_the_same_widget(server: str, new_visitor: NewVisitor) -> None:
    chat = new_visitor(server).visit("/chat/")
    expect(chat.input).to_be_focused()
    expect(chat.button("Minimise chat")).to_have_count(0)
    chat.ask("Can I use an ampoule every day?")
    chat.page.reload()
    expect(chat.mine).to_have_count(1)
