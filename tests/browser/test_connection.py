"""Bad lines: reloads in mid-answer, a server that dies, no network, long silences. Nothing is lost, nothing twice."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.peer import Peer
from tests.conftest import free_port, running_server


def test_a_reload_in_mid_answer(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.hold.add("slow")
    chat = new_visitor(peer.address).visit("/products/x").open()
    chat.say("slow")
    expect(chat.page.get_by_role("status").filter(has_text="is writing")).to_have_count(1)
    chat.page.reload()
    expect(chat.mine).to_have_count(1)
    peer.hold.clear()
    expect(chat.answers.filter(has_text="You said: slow")).to_have_count(1)
    expect(chat.mine).to_have_count(1)


def test_answers_that_came_while_the_page_was_closed(peer: Peer, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(peer.address)
    chat = visitor.visit("/page/shop").open()
    chat.ask("first")
    chat.button("Minimise chat").click()
    chat.page.goto("about:blank")
    peer.say({"text": "News for you"})
    peer.say({"text": "And more"})
    chat = visitor.visit("/page/shop")
    expect(chat.launcher).to_have_attribute("aria-label", re.compile("2 new"))
    chat.open()
    expect(chat.answers.last).to_contain_text("And more")
    chat.button("Minimise chat").click()
    expect(chat.launcher).not_to_have_attribute("aria-label", re.compile("new"))


def test_messages_wait_while_offline_and_are_sent_once(peer: Peer, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(peer.address)
    chat = visitor.visit("/page/shop").open()
    chat.ask("before")
    visitor.context.set_offline(True)
    expect(chat.page.get_by_text("You are offline")).to_be_visible()
    chat.say("one").say("two")
    expect(chat.log.get_by_text("Waiting to be sent")).to_have_count(2)
    visitor.context.set_offline(False)
    expect(chat.answers.last).to_contain_text("You said: two")
    expect(chat.log.get_by_text("Waiting to be sent")).to_have_count(0)
    expect(chat.page.get_by_text("You are offline")).to_be_hidden()
    assert peer.said() == ["before", "one", "two"]


def test_unsent_messages_survive_a_reload(peer: Peer, new_visitor: NewVisitor) -> None:
    chat = new_visitor(peer.address).visit("/page/shop").open()
    chat.ask("before")
    peer.cut()
    expect(chat.page.get_by_text("Connection lost")).to_be_visible()
    chat.say("kept")
    chat.page.reload()
    expect(chat.mine.filter(has_text="kept")).to_be_visible()
    peer.down = False
    expect(chat.answers.last).to_contain_text("You said: kept")
    assert peer.said() == ["before", "kept"]


def test_a_refused_message_says_why_and_can_be_changed(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.refusals["no"] = {"error": "too_long", "text": "That is too long for me."}
    chat = new_visitor(peer.address).visit("/page/shop").open()
    chat.say("no")
    expect(chat.log).to_contain_text("That is too long for me.")
    chat.button("Edit message").click()
    expect(chat.input).to_have_value("no")
    expect(chat.mine).to_have_count(0)
    chat.say("no")
    expect(chat.button("Try again")).to_be_visible()
    peer.refusals.clear()
    chat.button("Try again").click()
    expect(chat.answers.last).to_contain_text("You said: no")
    expect(chat.mine).to_have_count(1)


def test_the_server_is_killed_and_comes_back_in_mid_conversation(tmp_path: Path, new_visitor: NewVisitor) -> None:
    port = free_port()
    visitor = new_visitor(f"http://127.0.0.1:{port}")
    with running_server(tmp_path, port) as process:
        chat = visitor.visit("/").open()
        chat.ask("Can I use an ampoule every day?")
        process.kill()
        process.wait(10)
    expect(chat.page.get_by_text("Connection lost")).to_be_visible()
    chat.say("How long does delivery take?")
    expect(chat.log.get_by_text("Waiting to be sent")).to_be_visible()
    with running_server(tmp_path, port):
        expect(chat.answers).to_have_count(3, timeout=40_000)
        expect(chat.answers.last).to_contain_text("days")
        expect(chat.mine).to_have_count(2)
        chat.page.reload()
        expect(chat.answers).to_have_count(2)
        expect(chat.mine).to_have_count(2)


def test_two_hundred_messages(peer: Peer, new_visitor: NewVisitor) -> None:
    visitor = new_visitor(peer.address)
    peer.remember("long", [
        {"from": "user" if place % 2 == 0 else "bot", "text": f"message {place} " + "and so on " * (place % 7)}
        for place in range(200)
    ])
    visitor.context.add_init_script("try { localStorage.setItem('glasskin.session', 'long') } catch {}")
    chat = visitor.visit("/page/shop").open()
    expect(chat.log.locator("> div").filter(has_text="message ")).to_have_count(200)
    expect(chat.answers.last).to_be_in_viewport()
    chat.log.hover()
    chat.page.mouse.wheel(0, -100_000)
    expect(chat.button("More below")).to_be_visible()
    peer.say({"text": "one more"})
    expect(chat.answers.filter(has_text="one more")).not_to_be_in_viewport()
    chat.button("More below").click()
    expect(chat.answers.filter(has_text="one more")).to_be_in_viewport()
    chat.ask("still quick")


def test_a_long_answer_is_read_from_its_top(peer: Peer, new_visitor: NewVisitor) -> None:
    peer.replies["long"] = [{"text": "\n\n".join(f"Paragraph {number} of a long answer." for number in range(60))}]
    chat = new_visitor(peer.address).visit("/page/shop").open()
    for text in ("one", "two", "three", "long"):
        chat.ask(text)
    expect(chat.mine.last).to_be_in_viewport()
    expect(chat.answers.last.get_by_text("Paragraph 0 of")).to_be_in_viewport()
    expect(chat.answers.last.get_by_text("Paragraph 59 of")).not_to_be_in_viewport()
