"""A customer with the widget and the staff at their desk, side by side in real browsers: what one writes the other reads at once, and
axe-core has nothing to say against any page, in both themes, on a phone and a desktop.

With SCREENSHOTS set to a folder each page is also put there as a picture.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from bot.desk.members import Members, Role
from bot.desk.sessions import Sessions
from bot.store.database import Database, make_engine
from bot.store.requests import RequestStore
from bot.support.handoff import Author, Conversations, Summary
from bot.support.tickets import Tickets
from tests.browser.axe import violations
from tests.browser.conftest import NewVisitor
from tests.browser.driving import DESKTOP, PHONE, Visitor

PASSWORD = "a long password"
MINA, JOON = "Mina Park", "Joon"
QUESTION = "Can I use retinol with vitamin C?"
HELLO = "Hello, I am looking at your parcel now."


class Shop:
    """What the test knows of the server's databases."""

    def __init__(self, var: Path) -> None:
        self.database = Database(f"sqlite:///{var / 'shop.sqlite'}")
        self.talks = Conversations(self.database)
        self._said = make_engine(f"sqlite:///{var / 'conversations.sqlite'}")

    def sender_of(self, words: str) -> str:
        """Whose conversation these words were written in last."""
        wanted = text("SELECT sender_id FROM events WHERE type_name = 'user' AND data LIKE :words ORDER BY id DESC LIMIT 1")
        with self._said.connect() as connection:
            return str(connection.execute(wanted, {"words": f"%{words}%"}).scalar_one())

    def close(self) -> None:
        """Closes the databases."""
        self.database.dispose()
        self._said.dispose()


@pytest.fixture(scope="module")
def shop(server: str, server_folder: Path) -> Iterator[Shop]:
    """The server's databases, with two of the staff as long as these tests last."""
    found = Shop(server_folder / "var")
    staff = Members(found.database)
    for name, role in ((MINA, Role.OWNER), (JOON, Role.AGENT)):
        staff.add(name, PASSWORD, role)
    yield found
    for name in (JOON, MINA):
        staff.remove(name, last=True)
    found.close()


def at_desk(visitor: Visitor, name: str) -> Page:
    """The desk of one of the staff, who signs in."""
    page = visitor.visit("/desk/").page
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    if name == MINA:  # nobody has set this shop up, which its owner is shown first
        page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("navigation", name="Which conversations")).to_be_visible()
    return page


def signed_in(visitor: Visitor, shop: Shop, name: str) -> Page:
    """The desk of one of the staff, who signed in before: the door lets nobody try again and again."""
    member = next(one for one in Members(shop.database).members() if one.name == name)
    token = Sessions(shop.database, 12).begin(member)
    visitor.context.add_cookies([{"name": "glasskin_desk", "value": token, "url": f"{visitor.base}/desk/", "httpOnly": True, "sameSite": "Strict"}])
    return visitor.visit("/desk/").page


def test_customer_and_staff_side_by_side(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    customer = new_visitor(server, PHONE).visit("/chat/")
    customer.ask(QUESTION)
    sender = shop.sender_of(QUESTION)
    mina, joon = at_desk(new_visitor(server, DESKTOP), MINA), at_desk(new_visitor(server, PHONE), JOON)

    shop.talks.ask_for_person(sender, "web", "asked", Summary(wish="my parcel is broken"))
    expect(mina).to_have_title(re.compile(r"^\(1\) Inbox"))
    for page in (mina, joon):
        page.get_by_role("link", name="my parcel is broken").click()
        expect(page.get_by_role("log").get_by_text(QUESTION)).to_be_visible()
        expect(page.get_by_text("together · retinol, ascorbic acid")).to_be_visible()
        page.wait_for_load_state()  # until its scripts ran, Enter only begins a new line

    mina.get_by_role("textbox", name="Your reply").fill(HELLO)
    mina.keyboard.press("Enter")
    expect(customer.log.get_by_text(HELLO)).to_be_visible()
    expect(customer.log.get_by_text(f"{MINA} joined the chat.")).to_be_visible()
    expect(mina.get_by_text("on its way")).to_have_count(0)
    expect(joon.get_by_text(f"{MINA} has this conversation")).to_be_visible()
    expect(joon.get_by_role("textbox", name="Private note")).to_be_visible()

    customer.input.press_sequentially("thank")
    expect(mina.get_by_text("The customer is writing")).to_be_visible()
    mina.get_by_role("textbox", name="Your reply").press_sequentially("A mo")
    expect(customer.page.get_by_role("status").filter(has_text="is writing")).to_have_count(1)
    customer.say("thank you, it is order 10432")
    for page in (mina, joon):
        expect(page.get_by_role("log").get_by_text("it is order 10432")).to_be_visible()
    joon.get_by_role("textbox", name="Private note").fill("second time this month")
    joon.get_by_role("button", name="Send").click()
    expect(mina.get_by_role("log").get_by_text("second time this month")).to_be_visible()

    mina.get_by_role("textbox", name="Your reply").fill("")
    mina.get_by_role("button", name="Product").click()
    mina.get_by_role("searchbox", name="Find a product").fill("haneul hyaluronic")
    mina.get_by_role("button", name="Haneul Dew Hyaluronic Ampoule").click()
    mina.get_by_role("button", name="Send").click()
    expect(customer.log.get_by_role("link", name="Hyaluronic Ampoule")).to_be_visible()

    mina.locator("h1").click()
    mina.keyboard.press("b")
    expect(customer.log.get_by_text(f"{MINA} left the chat.")).to_be_visible()
    expect(mina.get_by_role("button", name="Take over")).to_be_visible()
    customer.ask("How do I return a product?")
    assert "second time" not in customer.log.inner_text()
    replies = [line.text for line in shop.talks.lines(sender) if line.author is Author.AGENT]
    assert len(replies) == 2 and replies[0] == HELLO


def test_forms_stay_usable_when_the_conversation_has_another_owner(server: str, shop: Shop, new_visitor: NewVisitor) -> None:
    shop.talks.ask_for_person("web-versions", "web", "asked", Summary(wish="about versions"))
    mina = at_desk(new_visitor(server, DESKTOP), MINA)
    mina.goto(f"{server}/desk/talk?id=web-versions")
    shop.talks.reply("web-versions", MINA, "one moment", "v1")
    expect(mina.get_by_role("button", name="Give back")).to_be_visible()
    shop.talks.back("web-versions")
    expect(mina.get_by_role("button", name="Take over")).to_be_visible()
    talk = shop.talks.talk("web-versions")
    assert talk is not None
    held = "wanted => [...document.querySelectorAll('#talk [name=version]')].every(field => field.value === wanted)"
    mina.wait_for_function(held, arg=str(talk.version))
    mina.get_by_role("textbox", name="Your reply").fill("still here")
    mina.keyboard.press("Enter")
    expect(mina.get_by_role("log").get_by_text("still here")).to_be_visible()


OF_BUBBLE = """words => { const walk = root => [...root.querySelectorAll("*")].flatMap(one => [one, ...(one.shadowRoot ? walk(one.shadowRoot) : [])]);
  const found = walk(document).filter(one => one.children.length === 0 && one.textContent.includes(words)).at(-1);
  for (let one = found; one; one = one.parentElement) {
    const { backgroundColor, backgroundImage, borderColor } = getComputedStyle(one);
    if (parseFloat(getComputedStyle(one).borderTopWidth)) return [backgroundColor, backgroundImage, borderColor].join();
  } }"""
"""How the bubble looks in which these words stand."""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_the_staff_write_looks_like_nobody_elses(server: str, shop: Shop, new_visitor: NewVisitor, theme: str) -> None:
    customer = new_visitor(server, PHONE, color_scheme=theme).visit("/chat/")
    question = f"How often can I use an ampoule in {theme}?"
    answer = customer.ask(question).inner_text().splitlines()[-2]
    sender = shop.sender_of(question)
    shop.talks.ask_for_person(sender, "web", "asked")
    shop.talks.reply(sender, MINA, HELLO, "hello")
    shop.talks.heard(sender, "thank you", "thanks")
    expect(customer.log.get_by_text(HELLO)).to_be_visible()
    expect(customer.log.get_by_text(MINA, exact=True)).to_be_visible()
    desk = signed_in(new_visitor(server, DESKTOP, color_scheme=theme), shop, MINA)
    desk.goto(f"{server}/desk/talk?id={sender}")
    answered = customer.page.evaluate(OF_BUBBLE, answer[:30])
    assert len({answered, customer.page.evaluate(OF_BUBBLE, HELLO), customer.page.evaluate(OF_BUBBLE, question)}) == 3
    assert len({desk.evaluate(OF_BUBBLE, words) for words in (HELLO, answer[:30], question)}) == 3
    for page, name in ((customer.page, "widget"), (desk, "said")):
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"{name}_{theme}.png")
        assert violations(page) == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
def test_the_tabs_hold_their_words_however_many_wait(server: str, shop: Shop, new_visitor: NewVisitor, size: tuple[int, int]) -> None:
    for number in range(110):
        asked = shop.talks.ask_for_person(f"rest:many{number}", "rest", "asked")
        if number % 2:
            shop.talks.take(f"rest:many{number}", MINA, asked.version)
    page = signed_in(new_visitor(server, size), shop, MINA)
    tabs = page.get_by_role("navigation", name="Which conversations")
    outer = tabs.bounding_box()
    assert outer is not None and "99+" in tabs.inner_text()
    for tab in tabs.get_by_role("link").all():
        box = tab.bounding_box()
        wide = tab.evaluate("tab => tab.scrollWidth - tab.clientWidth")
        assert box is not None and box["x"] + box["width"] <= outer["x"] + outer["width"] and wide <= 0, tab.inner_text()
    for number in range(110):
        shop.talks.close(f"rest:many{number}", MINA)


PAGES = {
    "tickets": ("tickets", "", ""), "ticket": ("talk?id=web-ticket", "", ""),
    "inbox": ("./", "", ""), "empty": ("./?view=closed&q=zzz", "", ""), "talk": ("talk?id=web-axe", "", ""),
    "canned": ("talk?id=web-axe", "c", ".pick"), "picks": ("talk?id=web-axe", "p", ".pick"),
    "shortcuts": ("./", "?", "dialog[open]"), "account": ("account", "", ""), "staff": ("staff", "", ""),
}
"""Pages by name: address, a key to press there, and what opens with it."""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_no_objection_to_any_page(server: str, shop: Shop, new_visitor: NewVisitor, theme: str, size: tuple[int, int]) -> None:
    shop.talks.ask_for_person("web-axe", "web", "anger", Summary(wish="it is broken", order_number="10432", person=("sensitive skin",)))
    shop.talks.heard("web-axe", "hello?", "first")
    shop.talks.note("web-axe", JOON, "a note", "note")
    Tickets(RequestStore(shop.database), shop.talks).make("web-ticket", "token", "return", "Return of order 10432", "10432", "a@b.example")
    found: dict[str, list[str]] = {}
    visitor = new_visitor(server, size, color_scheme=theme)

    def look(name: str, page: Page) -> None:
        page.evaluate("document.fonts.ready")
        found[name] = violations(page)
        if os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(os.environ["SCREENSHOTS"]) / f"desk_{name}_{theme}_{size[0]}.png")

    look("door", visitor.visit("/desk/login").page)
    page = at_desk(visitor, MINA)
    for name, (address, key, opens) in PAGES.items():
        page.goto(f"{server}/desk/{address}")
        if key:
            page.keyboard.press(key)
            page.locator(opens).first.wait_for()
        look(name, page)
    assert {name: one for name, one in found.items() if one} == {}
