"""What a person reads in the chat and how they write: long questions and answers, pictures, clocks that are wrong, small windows, paper,
a keyboard that composes, and lines that are dead without a sign."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.axe import violations
from tests.browser.conftest import SHOP_PAGE, NewVisitor
from tests.browser.driving import PHONE, Chat
from tests.browser.peer import Peer

WITHIN_MS = 10_500
TALL = "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='900'/>"
EMERGENCY = {"body": "Stop using it now. Call your local emergency number.", "verdict": "doctor", "urgency": "emergency"}
BEHIND = "window.Date = class extends Date { constructor(...given) { if (given.length) super(...given); else super(Date.now()); } };" \
    "const real = Date.now; Date.now = () => real() - 26 * 3600 * 1000;"


class Relay:
    """Lines between a browser and the server. Those that were there when `dead` became true carry nothing any more and do not
    break; new ones work."""

    def __init__(self) -> None:
        self.dead = False

    def between(self, line: WebSocketRoute) -> None:
        """Carries what one says to the other."""
        server, new = line.connect_to_server(), self.dead
        line.on_message(lambda data: self._carry(new, server, data))
        server.on_message(lambda data: self._carry(new, line, data))

    def _carry(self, new: bool, to: WebSocketRoute, data: str | bytes) -> None:
        if new or not self.dead:
            to.send(data)


def top_in_view(page: Page, chat: Chat) -> bool:
    """Whether the beginning of the last answer is in the visible part of the log."""
    inside: bool = chat.answers.last.evaluate(
        "answer => { const log = answer.closest('[role=log]').getBoundingClientRect(), { top } = answer.getBoundingClientRect();"
        " return top >= log.top - 1 && top < log.bottom - 40; }"
    )
    return inside


def test_the_answer_to_a_long_question_is_in_view(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["picture"] = [{"text": "Look:", "attachment": {"type": "image", "payload": {"src": "/tall.svg"}}}]
    visitor = new_visitor(peer.address, PHONE, reduced_motion="reduce")
    visitor.context.route("**/tall.svg", lambda route: route.fulfill(content_type="image/svg+xml", body=TALL))
    chat = visitor.visit("/page/shop").open()
    for text in ("one", "two", "word " * 400):
        chat.ask(text)
    chat.page.wait_for_timeout(100)
    assert top_in_view(chat.page, chat)

    # "Not helpful" on the last message: what is asked then is seen.
    chat.answers.last.get_by_role("button", name="Not helpful").click()
    expect(chat.button("Too long")).to_be_in_viewport(ratio=1)

    # Too much to be sent is said, and stays.
    chat.input.fill("x" * 7000)
    expect(chat.page.get_by_text("1000 characters too many to send")).to_be_visible()
    chat.input.press("Enter")
    expect(chat.input).to_have_value("x" * 7000)
    chat.input.fill("")

    # A talk with pictures is reopened at its end.
    chat.ask("picture")
    chat.ask("after it")
    chat.page.reload()
    chat.open()
    expect(chat.log.locator("img").last).to_have_js_property("complete", True)
    expect(chat.answers.last).to_be_in_viewport(ratio=1)
    assert len(peer.said()) == 5


def test_the_server_s_clock_and_times_by_the_minute(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["two"] = [{"text": "First."}, {"text": "Second."}]
    peer.remember("old", [{"from": "user", "text": "before"}, {"from": "bot", "text": "said before"}])
    visitor = new_visitor(peer.address)
    visitor.context.add_init_script(BEHIND + "try { localStorage.setItem('glasskin.session', 'old') } catch {}")
    chat = visitor.visit("/page/shop").open()
    for text in ("two", "again"):
        chat.ask(text)
    expect(chat.log.get_by_text("Today")).to_have_count(0)
    expect(chat.answers.filter(has_text="Second.").locator("time")).to_have_count(1)
    first = chat.answers.filter(has_text="First.")
    assert first.locator("time").count() == 0 or first.locator("time").inner_text() != chat.answers.filter(has_text="Second.").locator("time").inner_text()


def test_older_messages_come_as_one_scrolls_up(peer: Peer, new_visitor: NewVisitor) -> None:
    """Wanted of another: deep-chat 158."""
    begun = datetime.now(timezone.utc) - timedelta(days=3)
    said = [{"from": ("user", "bot")[place % 2], "text": f"line {place}", "at": (begun + timedelta(minutes=place)).isoformat(timespec="milliseconds").replace("+00:00", "Z")}
            for place in range(430)]
    peer.remember("long", said)
    visitor = new_visitor(peer.address, PHONE, reduced_motion="reduce")
    visitor.context.add_init_script("try { localStorage.setItem('glasskin.session', 'long') } catch {}")
    chat = visitor.visit("/page/shop").open()
    expect(chat.answers.last).to_be_in_viewport(ratio=1)
    assert chat.mine.count() == 100 and chat.answers.count() == 100
    assert not violations(chat.page)
    # By keyboard, and whoever reads keeps their place.
    opener = chat.page.get_by_role("button", name="Earlier messages")
    line = chat.log.get_by_text("line 236", exact=True)
    chat.log.evaluate("log => { log.scrollTo({ top: 300, behavior: 'instant' }); }")
    place = line.bounding_box()
    chat.page.wait_for_function("log => log.childElementCount > 400", arg=chat.log.element_handle())
    chat.page.wait_for_timeout(100)
    assert place and abs((line.bounding_box() or place)["y"] - place["y"]) < 2 and 50 < place["y"] < 700
    opener.focus()
    expect(chat.mine.first).to_contain_text("line 0")
    expect(opener).to_have_count(0)
    expect(chat.log).to_be_focused()
    texts = [one.split("line ")[1].split("\n")[0] for one in chat.log.locator("> div").all_inner_texts() if "line " in one]
    assert texts == [str(place) for place in range(430)]
    assert chat.log.get_by_text(re.compile(f"^{begun:%A}")).count() <= 1
    assert [event for event, _ in peer.heard] == ["earlier", "earlier"]
    chat.ask("still there?")
    expect(chat.answers.last).to_be_in_viewport(ratio=1)
    assert not violations(chat.page)


def test_small_windows_and_paper(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["table"] = [{"text": "Compared.", "custom": {"body": "Side by side:", "table": {
        "head": ["", "Haneul Dew Dew Ampoule", "Rice Toner", "Barrier Cream"],
        "rows": [["Price", "$24.00", "$18.00", "$30.00"], ["For", "dry skin", "dry skin", "dry skin"], ["Size", "30 ml", "150 ml", "50 ml"]]},
        "products": [{"title": "Haneul Dew Dew Ampoule", "brand": "Haneul Dew"}]}}]
    chat = new_visitor(peer.address, (320, 200), reduced_motion="reduce").visit("/page/shop").open()
    chat.ask("hello")
    box = chat.log.bounding_box()
    assert box and box["height"] >= 80
    expect(chat.input).to_be_in_viewport(ratio=1)
    chat.page.set_viewport_size({"width": 360, "height": 740})
    table = chat.ask("table").get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(3)
    expect(table).not_to_contain_text("dry skin")
    table.get_by_text("$30.00").scroll_into_view_if_needed()
    for cell in ("$30.00", "Price"):
        expect(table.get_by_text(cell)).to_be_in_viewport(ratio=0.95)
    expect(table.get_by_role("columnheader")).to_have_text(["Dew Ampoule", "Rice Toner", "Barrier Cream"])
    assert not violations(chat.page)

    paper = new_visitor(peer.address).visit("/chat/")
    for number in range(3):
        paper.ask(f"question {number} " + "and so on " * 150)
    paper.page.emulate_media(media="print")
    assert paper.log.evaluate("log => log.scrollHeight <= log.clientHeight + 1")
    expect(paper.mine.first).to_be_visible()
    expect(paper.input).to_be_hidden()
    assert paper.page.evaluate("document.scrollingElement.scrollHeight") > 1000


def test_enter_while_a_syllable_is_composed(peer: Peer, new_visitor: NewVisitor) -> None:
    """Reported of another: chatkit-js 213."""
    chat = new_visitor(peer.address).visit("/page/shop").open()
    keyboard = chat.page.context.new_cdp_session(chat.page)

    def compose(text: str, then: str = "Enter") -> None:
        """As an input method does: a composition, then a key that it takes itself, and what was composed."""
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        key = {"key": "Process", "code": then, "windowsVirtualKeyCode": 229}
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
        keyboard.send("Input.insertText", {"text": text})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})

    compose("앰플은 매일", then="Space")
    expect(chat.input).to_have_value("앰플은 매일")
    compose("요")
    expect(chat.mine).to_contain_text("앰플은 매일요")
    expect(chat.input).to_have_value("")
    compose("美容")
    chat.page.wait_for_timeout(100)
    expect(chat.input).to_have_value("美容")
    assert peer.said() == ["앰플은 매일요"]


def test_starting_over_asks_first(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address).visit("/page/shop").open()
    chat.ask("hello")
    chat.button("Start over").click()
    expect(chat.button("Yes, start over")).to_be_focused()
    assert not violations(chat.page)
    chat.button("Go on here").click()
    expect(chat.mine).to_have_count(1)
    chat.button("Start over").click()
    chat.button("Yes, start over").click()
    expect(chat.mine).to_have_count(0)
    expect(chat.answers.first).to_contain_text("Hello again.")


def test_an_emergency_looks_like_one(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies.update({
        "swollen": [{"text": EMERGENCY["body"], "custom": EMERGENCY}],
        "careful": [{"text": "With care. Begin with two nights.", "custom": {"verdict": "careful", "body": "With care. Begin with two nights."}}],
        "open": [{"text": "I can look that up. What is your order number?"}],
        "who": [{"text": "Customer care: care@moonjar.example or +1 555 0142."}],
        "choose": [{"text": "What is your skin type?", "custom": {"body": "What is your skin type?", "finder": "skin_type", "progress": {"at": 2, "of": 6}}}],
    })
    visitor = new_visitor(peer.address, timezone_id="Asia/Seoul")
    chat = visitor.visit("/page/shop").open()
    answer = chat.ask("swollen")
    expect(answer).to_contain_text("Emergency")
    expect(answer).not_to_contain_text("Ask a doctor")
    expect(answer.get_by_role("link", name="Call 119")).to_have_attribute("href", "tel:119")
    # The verdict is said once, contact data can be pressed, a question tells how many there are and is not rated.
    expect(chat.ask("careful")).to_contain_text(re.compile(r"With care\s*Begin with two nights\."))
    contact = chat.ask("who")
    expect(contact.get_by_role("link", name="care@moonjar.example")).to_have_attribute("href", "mailto:care@moonjar.example")
    expect(contact.get_by_role("link", name="+1 555 0142")).to_have_attribute("href", "tel:+15550142")
    expect(contact.get_by_role("button", name="Helpful", exact=True)).to_have_count(1)
    expect(chat.ask("open").get_by_role("button", name="Helpful", exact=True)).to_have_count(0)
    asked = chat.ask("choose")
    expect(asked).to_contain_text("Question 2 of 6")
    expect(asked.get_by_role("button", name="Helpful")).to_have_count(0)
    assert not violations(chat.page)


def test_a_dark_chat_shows_the_dark_picture(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["plan"] = [{"text": "Your week.", "custom": {"body": "Your week:", "image": {"src": "/light.svg", "dark": "/dark.svg", "alt": "A week"}}}]
    for number, (scheme, theme, shown) in enumerate([("dark", "auto", "dark"), ("light", "auto", "light"), ("light", "dark", "dark"), ("dark", "light", "light")]):
        peer.pages[f"themed{number}"] = SHOP_PAGE.replace('type="module"', f'type="module" data-theme="{theme}"')
        visitor = new_visitor(peer.address, color_scheme=scheme)
        visitor.context.route(re.compile(r"/(dark|light)\.svg"), lambda route: route.fulfill(content_type="image/svg+xml", body=TALL))
        image = visitor.visit(f"/page/themed{number}").open().ask("plan").get_by_role("img", name="A week")
        expect(image).to_have_js_property("currentSrc", f"{peer.address}/{shown}.svg")


def test_sources_are_named_once(peer: Peer, new_visitor: NewVisitor) -> None:
    sources = [{"publisher": name, "kind": "medical", "address": f"https://{name}.example/x"} for name in ("one", "two")]
    named = "It is known.\n- [one](https://one.example/x) (medical)\n- [two](https://two.example/x) (medical)"
    peer.replies.update({
        "why": [{"text": "plain", "custom": {"body": named, "sources": sources}}],
        "half": [{"text": "plain", "custom": {"body": "See [one](https://one.example/x).", "sources": sources}}],
    })
    chat = new_visitor(peer.address).visit("/page/shop").open()
    answer = chat.ask("why")
    expect(answer.get_by_role("link")).to_have_text(["one", "two"])
    expect(answer.locator("summary")).to_have_count(0)
    expect(chat.ask("half").locator("summary")).to_have_text("Source")


def test_no_way_to_the_server_is_noticed(peer: Peer, new_visitor: NewVisitor) -> None:
    """A policy without connect-src, a library that changes how JSON is written (reported of another: socket.io-client 366), and a
    line that is dead without a sign."""
    peer.policies["shut"] = "default-src 'none'; script-src 'self'; img-src 'self'"
    old = "<script>Array.prototype.toJSON = function () { return '[' + this.join() + ']'; };</script>"
    peer.pages.update({"shut": SHOP_PAGE, "old": SHOP_PAGE.replace("</main>", f"</main>{old}")})
    visitor, cut = new_visitor(peer.address), new_visitor(peer.address)
    visitor.context.route("**/widget/shop.js", lambda route: route.fulfill(
        content_type="text/javascript", body='export default {"name": "Moonjar", "email": "care@moonjar.example", "phone": "+1 555 0142"};'))
    relay = Relay()
    cut.context.route_web_socket("**/socket.io/**", relay.between)
    chat = cut.visit("/page/shop").open()
    chat.ask("before")
    shut = [visitor.visit(f"/page/{name}").open() for name in ("shut", "old")]
    relay.dead = True
    chat.say("into the dark")
    for one in shut:
        expect(one.log).to_contain_text("the assistant of Moonjar")
        expect(one.page.get_by_text("cannot be reached from here")).to_be_visible(timeout=WITHIN_MS)
        expect(one.page.get_by_role("link", name="care@moonjar.example")).to_be_visible()
    assert not violations(shut[1].page)
    visitor.problems.clear()  # what the policy forbids is what is tried here
    expect(chat.answers.last).to_contain_text("You said: into the dark", timeout=WITHIN_MS)
    assert peer.said() == ["before", "into the dark"]
