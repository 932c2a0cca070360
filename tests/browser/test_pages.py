"""The widget and the page it stands on: pages that swap their content without loading, that move or scroll, that listen to the
keyboard, that load the script in their own way, and that send people to the chat."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import SHOP_PAGE, NewVisitor
from tests.browser.driving import PHONE, Chat
from tests.browser.peer import Peer

LONG_PAGE = "<div style='height: 7000px'></div>"
GO = "path => history.pushState(null, '', path)"


def served(peer: Peer, name: str, html: str) -> str:
    """A page of the shop; its path."""
    peer.pages[name] = html
    return f"/page/{name}"


def lower_edge(page: Page, one: Locator) -> float:
    """How far above the window's lower edge something ends, in px."""
    box = one.bounding_box()
    assert box
    height: float = page.evaluate("innerHeight")
    return height - box["y"] - box["height"]


def test_the_product_follows_a_shop_on_one_page(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address).visit("/products/dew-ampoule")
    expect(chat.launcher).to_contain_text("Ask about this product")
    chat.page.evaluate(GO, "/products/rice-toner?size=2")
    chat.open()
    expect(chat.answers.first).to_contain_text("Rice Toner")
    chat.ask("Is it in stock?")
    # Another product while the talk is open; its questions name it.
    chat.page.evaluate(GO, "/products/barrier-cream")
    expect(chat.log.get_by_text("About Barrier Cream", exact=True)).to_be_visible()
    chat.suggestions.filter(has_text="What is in it?").click()
    expect(chat.answers.last).to_contain_text("Barrier Cream")
    chat.page.go_back()
    expect(chat.log.get_by_text("About Rice Toner", exact=True)).to_be_visible()
    chat.ask("and now?")
    chat.page.evaluate(GO, "/about-us")
    expect(chat.log.get_by_text("About Rice Toner", exact=True)).to_be_hidden()
    chat.ask("and here?")
    # The shop knows best: by the module, or by an event for those who load none.
    chat.page.evaluate("async () => (await import('/widget/glasskin.js')).page({ product: 'p-1', title: 'Snail Cream' })")
    expect(chat.log.get_by_text("About Snail Cream")).to_be_visible()
    chat.ask("this one?")
    chat.page.evaluate("document.dispatchEvent(new CustomEvent('glasskin:page', { detail: { product: 'p-2' } }))")
    expect(chat.log.get_by_text("About P 2")).to_be_visible()
    chat.ask("and that one?")
    told = [data["metadata"]["product"] for event, data in peer.heard if event == "user_uttered"]
    assert told == ["rice-toner", "barrier-cream", "rice-toner", None, "p-1", "p-2"]


def test_a_product_page_after_an_earlier_talk_names_its_product(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["hello"] = [{"text": "Hi.", "quick_replies": [{"title": "Dry", "payload": "dry"}]}]
    chat = new_visitor(peer.address).visit("/page/shop").open()
    chat.ask("hello")
    chat.button("Minimise chat").click()
    chat.page.goto(f"{peer.address}/products/dew-ampoule")
    chat.open()
    expect(chat.log.get_by_text("About Dew Ampoule")).to_be_visible()
    expect(chat.suggestions.filter(has_text="Is it in stock?")).to_be_visible()


def test_a_page_that_swaps_its_content_keeps_it_once(peer: Peer, new_visitor: NewVisitor) -> None:
    """Reported of others: chatwoot 4742 (Turbo) and 11219 (morphing)."""
    chat = new_visitor(peer.address).visit("/page/shop").open()
    chat.ask("hello")
    host = chat.page.locator("glasskin-chat")
    for swap in (
        "document.body.replaceWith(document.createElement('body'))",
        "document.body.innerHTML = '<a href=\"#glasskin\">Ask us</a>'",
        "document.querySelector('glasskin-chat').remove()",
        "document.documentElement.replaceChildren(document.head, document.body)",
    ):
        chat.page.evaluate(swap)
        chat.page.evaluate("import('/widget/glasskin.js?again=' + Math.random())")
        expect(host).to_have_count(1)
        expect(chat.panel).to_be_visible()
    expect(chat.answers.last).to_be_in_viewport()
    chat.button("Minimise chat").click()
    chat.page.evaluate("document.body.innerHTML = '<a href=\"#glasskin\">Ask us</a>'")
    chat.page.get_by_role("link", name="Ask us").click()
    chat.ask("still there?")

    # The filling of an element comes back with it, and waits for one that is not there yet.
    path = served(peer, "filled", SHOP_PAGE.replace("></script>", ' data-container="#later"></script>'))
    page = chat.page.context.new_page()
    page.goto(peer.address + path)
    page.wait_for_timeout(100)
    for _ in range(2):
        page.evaluate("document.querySelector('main').innerHTML = '<section id=\"later\" style=\"height: 500px\"></section>'")
        expect(Chat(page).answers.last).to_contain_text("still there?")
    expect(page.locator("#later glasskin-chat")).to_have_count(1)


def test_every_way_to_load_the_script(peer: Peer, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(peer.address)
    tag = '<script type="module" src="/widget/glasskin.js"></script>'
    bare = SHOP_PAGE.replace(tag, "")
    ways = {
        "async": bare.replace("<main>", '<script async type="module" src="/widget/glasskin.js" data-lang="ko"></script><main>'),
        "removed": bare.replace("</main>", """</main><script>const one = document.createElement("script"); one.type = "module";
            one.src = "/widget/glasskin.js?lang=ko"; document.head.append(one); one.remove();</script>"""),
        "imported": bare.replace("</main>", "</main><script>import('/widget/glasskin.js?lang=ko')</script>"),
        "manager": bare.replace("</main>", """</main><script>setTimeout(() => { const one = document.createElement("script");
            one.type = "module"; one.src = "/widget/glasskin.js"; one.dataset.lang = "ko"; document.body.append(one); }, 50)</script>"""),
    }
    for name, html in ways.items():
        page = visitor.visit(served(peer, name, html)).page
        expect(page.get_by_role("button", name=re.compile("Glasskin과 채팅하기"))).to_be_visible()
        page.close()
    page = visitor.context.new_page()
    with page.expect_console_message(lambda message: "its script tag is not on the page" in message.text):
        page.goto(peer.address + served(peer, "silent", bare.replace("</main>", "</main><script>import('/widget/glasskin.js')</script>")))
    expect(Chat(page).launcher).to_be_visible()


def test_shortcuts_of_the_page_never_see_what_is_typed(peer: Peer, new_visitor: NewVisitor) -> None:
    """Reported of another: context7 3189."""
    keys = """<script>window.seen = []; for (const [target, capture] of [[document, false], [document, true], [window, false]])
        for (const kind of ["keydown", "keypress", "keyup"]) target.addEventListener(kind, event => {
            if (event.target.localName === "input") return;
            window.seen.push(event.key); if ("sk/".includes(event.key)) event.preventDefault(); }, capture);</script>"""
    chat = new_visitor(peer.address).visit(served(peer, "keys", SHOP_PAGE.replace("</main>", f"</main>{keys}"))).open()
    chat.page.keyboard.type("ask / serums")
    chat.page.keyboard.press("Enter")
    expect(chat.mine).to_contain_text("ask / serums")
    assert chat.page.evaluate("window.seen") == []
    chat.page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    chat.page.get_by_role("link", name="Ask").focus()
    chat.page.keyboard.press("x")
    assert "x" in chat.page.evaluate("window.seen")


def test_the_page_moves_nothing_and_is_not_moved(peer: Peer, new_visitor: NewVisitor) -> None:
    moved = SHOP_PAGE.replace("</main>", f"</main>{LONG_PAGE}<style>body {{ transform: translateZ(0); filter: blur(0); }}</style>")
    path = served(peer, "moved", moved)
    chat = new_visitor(peer.address, reduced_motion="reduce").visit(path)
    assert lower_edge(chat.page, chat.launcher) == 20
    chat.open()
    chat.ask("hello")
    for part in (chat.page.get_by_role("heading", name="Glasskin"), chat.log, chat.input):
        part.hover()
        chat.page.mouse.wheel(0, 400)
    chat.page.wait_for_timeout(150)
    assert chat.page.evaluate("scrollY") == 0
    chat.page.mouse.move(100, 100)
    chat.page.mouse.wheel(0, 400)
    chat.page.wait_for_function("scrollY > 0")

    phone = new_visitor(peer.address, PHONE, has_touch=True).visit(path).open()
    touch = phone.page.context.new_cdp_session(phone.page)
    for y in (25, 690, 725):
        touch.send("Input.synthesizeScrollGesture", {"x": 100, "y": y, "yDistance": -200, "speed": 3000})
    assert phone.page.evaluate("scrollY") == 0


def test_it_steps_aside_for_a_banner(peer: Peer, new_visitor: NewVisitor) -> None:
    banner = '<div id="cookies" style="position: fixed; inset: auto 0 0 0; height: 90px; background: #eee"><button onclick="this.parentNode.remove()">Accept</button></div>'
    chat = new_visitor(peer.address, PHONE, reduced_motion="reduce").visit(served(peer, "banner", SHOP_PAGE.replace("</main>", f"</main>{banner}")))
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_timeout(500)
    assert lower_edge(chat.page, chat.launcher) == 110
    chat.button("Accept").click()
    chat.page.wait_for_timeout(500)
    assert lower_edge(chat.page, chat.launcher) == 20


def test_the_page_can_ask(peer: Peer, new_visitor: NewVisitor) -> None:
    asking = SHOP_PAGE.replace("</main>", """</main><button data-glasskin-ask="Is this ok with retinol?"><span>With retinol?</span></button>
        <a href="#glasskin?ask=How%20much%20of%20it%3F">How much?</a><div id="tree"></div>
        <script>document.querySelector("#tree").attachShadow({mode: "open"}).innerHTML = '<a href="#glasskin">Inside</a>';</script>""")
    path = served(peer, "asking", asking)
    visitor = new_visitor(peer.address)
    chat = visitor.visit(path)
    expect(chat.launcher).to_be_visible()
    chat.page.get_by_text("With retinol?").click()
    expect(chat.answers.last).to_contain_text("You said: Is this ok with retinol?")
    chat.page.get_by_role("link", name="How much?").click()
    expect(chat.answers.last).to_contain_text("You said: How much of it?")
    chat.button("Minimise chat").click()
    chat.page.get_by_role("link", name="Inside").click()
    expect(chat.input).to_be_focused()
    chat.button("Minimise chat").click()
    chat.page.evaluate("location.hash = 'glasskin'")
    expect(chat.panel).to_be_visible()
    # From outside a question is only put before the person.
    fresh = visitor.visit(f"{path}#glasskin?ask=Hello%20there")
    expect(fresh.input).to_have_value("Hello there")
    assert peer.said() == ["Is this ok with retinol?", "How much of it?"]


def test_help_is_offered_once_and_refused_for_good(peer: Peer, new_visitor: NewVisitor) -> None:
    assert not new_visitor(peer.address).visit("/page/shop").page.evaluate("performance.getEntriesByType('resource').some(one => one.name.includes('prompts'))")
    own = """data-prompts='[{"page": "/page/prompt*", "seconds": 0, "text": "Which one is mine?", "ask": "Help me choose"}]'></script>"""
    first, other = served(peer, "prompting", SHOP_PAGE.replace("></script>", f" {own}")), served(peer, "other", SHOP_PAGE.replace("></script>", f" {own}"))
    peer.pages["prompted"] = peer.pages["prompting"].replace("</main>", f"</main>{LONG_PAGE}").replace('"seconds": 0', '"seconds": 60, "scroll": 30')
    visitor = new_visitor(peer.address, PHONE, reduced_motion="reduce")
    quiet = visitor.visit(other)
    chat = visitor.visit(first)
    prompt = chat.page.get_by_role("group", name="A suggestion from Glasskin")
    expect(prompt).to_be_visible()
    assert not violations(chat.page)
    box, button = prompt.bounding_box(), chat.launcher.bounding_box()
    assert box and button and box["x"] >= 0 and box["y"] + box["height"] < button["y"]
    chat.page.reload()
    expect(chat.launcher).to_be_visible()
    chat.page.wait_for_timeout(1300)
    expect(prompt).to_be_hidden()
    expect(quiet.page.get_by_role("group", name="A suggestion from Glasskin")).to_be_hidden()
    # Another visit, far enough down the page; refused for good there.
    again = visitor.visit("/page/prompted")
    expect(again.launcher).to_be_visible()
    again.page.mouse.wheel(0, 4000)
    again.button("Close, and suggest nothing any more").click()
    expect(again.launcher).to_be_focused()
    third = visitor.visit(first)
    third.page.wait_for_timeout(1500)
    expect(third.page.get_by_role("group", name="A suggestion from Glasskin")).to_be_hidden()
    pressed = new_visitor(peer.address).visit(first)
    pressed.button("Which one is mine?").click()
    expect(pressed.answers.last).to_contain_text("You said: Help me choose")
    assert pressed.page.get_by_role("group", name="A suggestion from Glasskin").count() == 0
