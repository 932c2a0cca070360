"""Hostile text in every place where text can come from: none of it runs, and all of it is shown as what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOP_PAGE, NewVisitor
from tests.browser.driving import Chat
from tests.browser.peer import Peer

PAYLOADS = [line for line in Path(__file__).with_name("payloads.txt").read_text(encoding="utf-8").splitlines() if line]
AT_ONCE = 20
SCHEMES = ["http:", "https:", "mailto:", "tel:"]

# Whatever runs is caught, even if the page's policy would have stopped its effect. Pictures from elsewhere are stopped by
# the demo's policy as they should be: their addresses are harmless.
ALARM = "window.alert = text => { window.__ran = text; }; window.addEventListener('securitypolicyviolation', event => {" \
    " if (event.violatedDirective !== 'img-src') (window.__blocked ??= []).push(event.violatedDirective + event.blockedURI); });"
EVERYTHING = """() => {
    const found = [];
    const walk = root => { for (const node of root.querySelectorAll("*")) {
        found.push(node);
        if (node.shadowRoot) walk(node.shadowRoot);
    } };
    walk(document);
    const chat = found.filter(node => node.getRootNode() instanceof ShadowRoot);
    return {
        tags: [...new Set(chat.map(node => node.localName))],
        handlers: chat.flatMap(node => node.getAttributeNames().filter(name => name.startsWith("on") || name === "srcdoc" ||
            (name === "style" && node.localName !== "textarea"))),
        addresses: chat.flatMap(node => [node.href, node.src].filter(one => typeof one === "string" && one).map(one => new URL(one, location).protocol)),
        ran: window.__ran ?? null, blocked: window.__blocked ?? [],
    };
}"""
TAGS = {
    "a", "b", "br", "button", "details", "dialog", "div", "form", "h1", "h2", "h3", "header", "img", "label", "li", "p",
    "path", "section", "span", "strong", "summary", "svg", "table", "tbody", "td", "textarea", "th", "thead", "time", "tr",
    "ul",
}


def everywhere(payload: str) -> list[dict[str, Any]]:
    """Replies with the payload in each of their parts."""
    return [
        {"text": payload},
        {"text": payload, "custom": {
            "body": f"before {payload} after", "verdict": payload,
            "sources": [{"publisher": payload, "kind": payload, "address": payload}],
            "products": [{"handle": payload, "title": payload, "brand": payload, "price": payload, "in_stock": payload,
                          "url": payload, "image": payload, "reason": payload, "cart": [{"size": payload, "url": payload}] * 2}] * 2,
            "table": {"head": [payload, payload], "rows": [[payload, payload]]},
            "image": {"src": payload, "alt": payload}, "files": [{"title": payload, "href": payload}],
        }},
        {"text": "x", "id": payload, "attachment": {"type": "image", "payload": {"src": payload}},
         "quick_replies": [{"title": payload, "payload": payload}]},
    ]


def assert_nothing_ran(page: Page) -> None:
    seen = page.evaluate(EVERYTHING)
    assert seen["ran"] is None and not seen["blocked"], (seen["ran"], seen["blocked"])
    assert not seen["handlers"]
    assert set(seen["addresses"]) <= set(SCHEMES)
    assert set(seen["tags"]) <= TAGS, set(seen["tags"]) - TAGS


@pytest.fixture
def chat(peer: Peer, new_visitor: NewVisitor) -> Chat:
    visitor = new_visitor(peer.address)
    visitor.context.add_init_script(ALARM)
    return visitor.visit("/products/x").open()


def test_there_are_enough() -> None:
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("start", range(0, len(PAYLOADS), AT_ONCE))
def test_hostile_replies(peer: Peer, chat: Chat, start: int) -> None:
    payloads = PAYLOADS[start : start + AT_ONCE]
    peer.replies["go"] = [reply for payload in payloads for reply in everywhere(payload)]
    chat.say("go")
    # A message without anything that could be shown is left out; the plain one of each payload is not.
    expect(chat.answers).not_to_have_count(1)
    chat.page.wait_for_function("n => true", arg=len(payloads))
    for payload in payloads:
        text = " ".join(payload.replace("**", "").removeprefix("- ").split())
        if "](" not in payload:
            expect(chat.log).to_contain_text(text)
    for link in chat.answers.last.get_by_role("link").all():
        link.dispatch_event("click")
    assert_nothing_ran(chat.page)
    chat.page.reload()
    expect(chat.mine).to_have_count(1)
    assert_nothing_ran(chat.page)


def test_what_a_person_types_is_shown_as_typed(peer: Peer, chat: Chat) -> None:
    for payload in PAYLOADS[::6]:
        chat.say(payload)
        expect(chat.mine.last).to_contain_text(" ".join(payload.split()))
    assert_nothing_ran(chat.page)


def test_hostile_events_do_not_stop_the_chat(peer: Peer, chat: Chat) -> None:
    odd: list[Any] = [
        {"text": None}, {"text": 5}, {"text": ["x"]}, {"text": {"toString": 1}}, {"custom": []}, {"custom": "x"},
        {"custom": {"products": {"length": 3}}}, {"custom": {"products": [None, 5, "x", {"title": {}}]}},
        {"custom": {"products": [{"title": "t", "cart": 5}, {"title": "u", "cart": [None, {"size": {}}, {"url": "/cart"}]}]}},
        {"custom": {"sources": [None, "x", 5, {}]}}, {"custom": {"table": {"head": 5, "rows": [5, None, [None]]}}},
        {"custom": {"files": [None, {"title": None, "href": 5}]}}, {"custom": {"image": 5}}, {"quick_replies": "x"},
        {"quick_replies": [None, 5, {"title": None}]}, {"attachment": 5}, {"at": "never", "text": "when"},
        {"custom": {"verdict": "__proto__"}, "text": "p"}, {"custom": {"verdict": {"a": 1}}, "text": "q"},
    ]
    peer.replies["odd"] = odd
    chat.say("odd")
    expect(chat.answers.filter(has_text="when")).to_be_visible()
    chat.ask("still here?")
    assert_nothing_ran(chat.page)


def test_the_page_s_own_values(peer: Peer, new_visitor: NewVisitor) -> None:
    """A shop's page may be built carelessly: what it says of its product is text, too."""
    visitor = new_visitor(peer.address)
    visitor.context.add_init_script(ALARM)
    for number, payload in enumerate(PAYLOADS[::8]):
        quoted = payload.replace("&", "&amp;").replace('"', "&quot;")
        peer.pages[f"own{number}"] = SHOP_PAGE.replace(
            "></script>", f' data-product="{quoted}" data-product-title="{quoted}" data-lang="{quoted}" data-theme="{quoted}"></script>'
        )
        chat = visitor.visit(f"/page/own{number}").open()
        expect(chat.suggestions).to_have_count(4)
        assert_nothing_ran(chat.page)
        chat.page.close()
