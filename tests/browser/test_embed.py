"""The widget on other people's pages: nothing of theirs reaches it, nothing of it reaches them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import SHOP_PAGE, NewVisitor
from tests.browser.driving import DESKTOP, PHONE, Chat
from tests.browser.peer import Peer

GLOBALS = "() => Object.getOwnPropertyNames(window)"
OWN_TOKEN = "() => Object.keys(localStorage)"
HOSTILE_CSS = """<style>
html { font-size: 62.5%; } body { transform: none; letter-spacing: 4px; line-height: 3; text-transform: uppercase; direction: ltr; }
* { font-family: "Comic Sans MS", cursive !important; color: red !important; background: yellow !important; margin: 9px !important;
    display: block !important; visibility: hidden; float: left !important; box-sizing: content-box !important; }
button { all: unset !important; position: static !important; } dialog { display: none !important; } div { width: 5px !important; }
glasskin-chat { opacity: 0; pointer-events: none; position: absolute; left: -9999px; filter: blur(9px); }
</style>"""


def page_with(peer: Peer, name: str, attributes: str = "", extra: str = "", html: str = SHOP_PAGE) -> str:
    """A page whose script has these attributes; its path."""
    peer.pages[name] = html.replace("></script>", f" {attributes}></script>{extra}")
    return f"/page/{name}"


def look(page: Page) -> dict[str, object]:
    """How the launcher looks, as computed."""
    styles: dict[str, object] = page.get_by_role("button", name=re.compile("Chat with")).evaluate(
        """button => { const style = getComputedStyle(button); return Object.fromEntries(
        ["color", "backgroundColor", "fontSize", "fontFamily", "letterSpacing", "textTransform", "margin", "display", "float",
         "visibility", "position", "width", "height", "lineHeight"].map(name => [name, style[name]])); }"""
    )
    return styles


def test_no_style_of_the_page_reaches_in(peer: Peer, new_visitor: NewVisitor) -> None:
    plain = new_visitor(peer.address).visit("/page/shop")
    hostile = new_visitor(peer.address, reduced_motion="reduce").visit(page_with(peer, "css", extra=HOSTILE_CSS))
    assert look(hostile.page) == look(plain.page)
    hostile.open().ask("hello")
    box = hostile.panel.bounding_box()
    assert box and (round(box["width"]), round(box["x"] + box["width"])) == (400, DESKTOP[0] - 20)


def test_nothing_of_it_reaches_the_page(peer: Peer, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(peer.address, closed=True)
    page = visitor.context.new_page()
    page.goto(f"{peer.address}/page/shop")
    page.wait_for_function("document.querySelector('glasskin-chat')")
    host = page.locator("glasskin-chat")
    assert host.evaluate("host => host.shadowRoot") is None
    assert host.evaluate("host => host.attributes.length + host.childNodes.length") == 0
    page.get_by_role("link", name="Ask").click()
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    _until_said(peer, page)
    page_globals = set(page.evaluate(GLOBALS))
    blank = visitor.context.new_page()
    peer.pages["blank"] = "<!doctype html><title>x</title><p>x"
    blank.goto(f"{peer.address}/page/blank")
    assert page_globals - set(blank.evaluate(GLOBALS)) == set()
    assert all(name.startswith("glasskin.") for name in page.evaluate(OWN_TOKEN))


def _until_said(peer: Peer, page: Page) -> None:
    for _ in range(100):
        if peer.said() == ["hello"]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(peer.said())


def test_a_strict_policy_allows_it(peer: Peer, new_visitor: NewVisitor) -> None:
    """A page that allows our server's files and connections, and nothing inline."""
    peer.policies["strict"] = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'"
    peer.pages["strict"] = SHOP_PAGE
    chat = new_visitor(peer.address).visit("/page/strict").open()
    chat.ask("hello")


def test_on_a_page_of_another_origin(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.pages["foreign"] = SHOP_PAGE.replace("/widget/", f"{peer.address.replace('127.0.0.1', 'localhost')}/widget/")
    chat = new_visitor(peer.address).visit("/page/foreign").open()
    chat.ask("hello")
    logo = chat.panel.locator("img").first
    assert logo.evaluate("image => new URL(image.src).hostname") == "localhost"
    expect(logo).not_to_have_js_property("naturalWidth", 0)


def test_twice_on_a_page_is_once(peer: Peer, new_visitor: NewVisitor) -> None:
    twice = SHOP_PAGE.replace("</main>", '<script type="module" src="/widget/glasskin.js?again"></script></main>')
    peer.pages["twice"] = twice
    chat = new_visitor(peer.address).visit("/page/twice").open()
    expect(chat.page.locator("glasskin-chat")).to_have_count(1)


def test_korean(peer: Peer, new_visitor: NewVisitor) -> None:
    page = new_visitor(peer.address).visit(page_with(peer, "ko", 'data-lang="ko"')).page
    page.get_by_role("button", name=re.compile("Glasskin과 채팅하기")).click()
    expect(page.get_by_role("log")).to_contain_text("답변은 아직 영어로만 드려요")
    expect(page.get_by_role("textbox", name="메시지")).to_have_attribute("placeholder", "스킨케어에 대해 물어보세요")
    page.get_by_role("button", name="앰플은 매일 써도 되나요?").click()
    expect(page.get_by_role("log")).to_contain_text("You said: Can I use an ampoule every day?")
    assert not violations(page)


def test_both_languages_say_everything(peer: Peer, new_visitor: NewVisitor) -> None:
    page = new_visitor(peer.address).visit("/page/shop").page
    loaded = "() => performance.getEntriesByType('resource').map(one => one.name).find(name => name.includes('/strings/'))"
    version = str(page.wait_for_function(loaded).json_value())
    keys = page.evaluate(
        """async address => { const all = ["en", "ko"].map(async one => ({ ...(await import(address.replace("en.js", one + ".js"))).default,
            ...(await import(address.replace("en.js", "answers/" + one + ".js"))).default }));
        const flat = (value, path = "") => Array.isArray(value) || typeof value === "string" ? [path] :
            Object.entries(value).flatMap(([key, inner]) => flat(inner, path + "." + key));
        return (await Promise.all(all)).map(one => flat(one).sort()); }""",
        version,
    )
    assert set(keys[0]) - set(keys[1]) == set()
    assert set(keys[1]) - set(keys[0]) == set()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
def test_right_to_left_with_own_strings(peer: Peer, new_visitor: NewVisitor, size: tuple[int, int]) -> None:
    own = '{"openShort": "اسأل", "open": "الدردشة", "send": "أرسل", "inputLabel": "رسالتك", "name": "غلاسكن", "reasons": ["طويل"], "verdicts": {"yes": "نعم"}}'
    chat = new_visitor(peer.address, size, reduced_motion="reduce").visit(page_with(peer, "ar", f"data-lang=\"ar\" data-strings='{own}'"))
    chat.page.get_by_role("button", name=re.compile("الدردشة")).click()
    log = chat.page.get_by_role("log")
    expect(log).to_have_css("direction", "rtl")
    chat.page.get_by_role("textbox", name="رسالتك").fill("hello")
    chat.page.get_by_role("button", name="أرسل").click()
    expect(log).to_contain_text("You said: hello")
    box = chat.page.get_by_role("dialog").bounding_box()
    assert box and box["x"] == (0 if size == PHONE else 20)
    assert not violations(chat.page)


def test_themable(peer: Peer, new_visitor: NewVisitor) -> None:
    theme = "<style>glasskin-chat { --gs-accent: rgb(80, 20, 120); --gs-radius: 4px; }</style>"
    chat = new_visitor(peer.address, color_scheme="dark", reduced_motion="reduce").visit(page_with(peer, "theme", 'data-theme="light" data-side="start"', theme))
    expect(chat.launcher).to_have_css("background-color", "rgb(80, 20, 120)")
    chat.open()
    expect(chat.panel).to_have_css("border-radius", "4px")
    expect(chat.input).to_have_css("color", "rgb(22, 48, 45)")
    box = chat.panel.bounding_box()
    assert box and box["x"] == 20


def test_everything_by_keyboard(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address).visit("/page/shop")
    chat.launcher.focus()
    chat.page.keyboard.press("Enter")
    expect(chat.input).to_be_focused()
    chat.page.keyboard.type("hello")
    chat.page.keyboard.press("Enter")
    expect(chat.answers.last).to_contain_text("You said: hello")
    expect(chat.input).to_be_focused()
    chat.page.get_by_label("More options").focus()
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Tab")
    chat.page.keyboard.press("Enter")
    expect(chat.page.get_by_role("heading", name="Privacy")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.input).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    expect(chat.launcher).to_be_focused()


def test_on_a_phone_the_page_behind_is_out_of_reach(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit("/page/shop").open()
    assert chat.panel.evaluate("dialog => dialog.matches(':modal')")
    box = chat.panel.bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE)
    chat.page.keyboard.press("Escape")
    expect(chat.launcher).to_be_focused()


def test_at_twice_the_size_everything_is_still_there(peer: Peer, new_visitor: NewVisitor) -> None:
    """A 1280 px window at 200 % has 640 px, at 400 % 320 px; nothing may need scrolling sideways (WCAG 1.4.10)."""
    for size in ((640, 400), (320, 256)):
        chat = new_visitor(peer.address, size).visit("/page/shop").open()
        chat.ask("hello")
        for control in (chat.button("Start over"), chat.button("Minimise chat"), chat.button("Send message"), chat.input):
            expect(control).to_be_in_viewport()
        assert chat.log.evaluate("log => log.scrollWidth <= log.clientWidth")


def test_targets_are_large_enough(peer: Peer, new_visitor: NewVisitor) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 px at least."""
    chat = new_visitor(peer.address, PHONE).visit("/page/shop").open()
    chat.ask("hello").get_by_role("button", name="Not helpful").click()
    for target in chat.panel.get_by_role("button").all():
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= 24, target.inner_html()


def test_motion_stops_for_those_who_ask(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.hold.add("slow")
    chat = new_visitor(peer.address, reduced_motion="reduce").visit("/page/shop").open()
    chat.say("slow")
    expect(chat.page.get_by_role("status").filter(has_text="is writing")).to_have_count(1)
    running_now = chat.page.evaluate("() => document.getAnimations().length")
    assert running_now == 0


def test_sound_can_be_turned_off_and_stays_off(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address).visit("/page/shop").open()
    chat.button("Turn sound off").click()
    chat.page.reload()
    expect(chat.button("Turn sound on")).to_be_visible()


def test_new_answers_are_announced(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address).visit("/page/shop").open()
    expect(chat.log).to_have_attribute("aria-live", "polite")
    chat.ask("hello")
    chat.button("Minimise chat").click()
    peer.say({"text": "By the way"})
    expect(chat.page.get_by_role("status").filter(has_text="New message from Glasskin: By the way")).to_have_count(1)
    expect(Chat(chat.page).launcher).to_have_attribute("aria-label", re.compile("1 new"))
