"""What the staff see: the inbox in its order and by its filters, a conversation as the customer sees it, and nothing of a stranger's
words taken for markup."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from bot.channels.files import WEB
from bot.desk.lines import shown_lines
from bot.desk.members import Role
from bot.desk.wishes import Wish
from bot.support.handoff import Author, Line, Summary
from bot.support.handoff.thread import reading
from tests.desk.conftest import Browser, Clock, Rooms

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def rows(browser: Browser, query: str = "") -> list[str]:
    """The conversations of the inbox, in its order."""
    return re.findall(r'class="row[^"]*" href="talk\?[^"]*?id=([^"&]+)"', browser.get(f"inbox{query}").text)


def test_who_waits_in_the_chat_comes_first_and_mail_last(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    for name, days in (("web-mail-new", 1), ("web-mail-old", 3)):
        desk.clock.back(days=days)
        desk.talks.leave_message(name, "web", "asked", Summary(wish="later"), "sofia@example.com")
    desk.talks.take(desk.waiting("web-mine", minutes=50), "Mina", 2)
    desk.talks.reply("web-mine", "Mina", "hello", "r")
    for name, minutes in (("web-b", 5), ("web-c", 1), ("web-a", 30)):
        desk.waiting(name, minutes=minutes)
    assert rows(browser) == ["web-a", "web-b", "web-c", "web-mine", "web-mail-old", "web-mail-new"]
    desk.talks.close("web-mail-old", "Mina")
    desk.talks.close("web-mine", "Mina")
    assert rows(browser, "?view=waiting") == ["web-a", "web-b", "web-c", "web-mail-new"]
    page = browser.get().text
    assert ">30 min<" in page and "wait-late" in page and 'data-waiting="4"' in page


def test_views_show_what_they_say(desk: Rooms) -> None:
    mina, joon = desk.browser("Mina"), desk.browser("Joon")
    for name in ("web-mine", "web-joons", "web-waits", "web-closed"):
        desk.waiting(name)
    desk.talks.take("web-mine", "Mina", desk.version("web-mine"))
    desk.talks.take("web-joons", "Joon", desk.version("web-joons"))
    desk.talks.close("web-closed", "Joon")
    desk.talks.leave_message("web-mail", "web", "asked", Summary(wish="later"), "sofia@example.com")
    assert set(rows(mina)) == {"web-mine", "web-joons", "web-waits", "web-mail"}
    assert set(rows(mina, "?view=waiting")) == {"web-waits", "web-mail"}
    assert rows(mina, "?view=mine") == ["web-mine"] and rows(joon, "?view=mine") == ["web-joons"]
    assert rows(mina, "?view=closed") == ["web-closed"]
    assert "sofia@example.com" in mina.get("inbox?view=waiting").text


def test_search_and_filters_go_together(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    desk.waiting("web-1", "my parcel is broken")
    desk.waiting("web-2", "do you ship to Norway")
    desk.talks.ask_for_person("telegram:5", "telegram", "asked", Summary(wish="hello", order_number="10432"))
    assert rows(browser, "?q=norway") == ["web-2"]
    assert rows(browser, "?q=10432") == ["telegram%3A5"]
    assert rows(browser, "?channel=telegram") == ["telegram%3A5"]
    assert set(rows(browser, "?unread=1")) == {"web-1", "web-2"}
    assert rows(browser, "?unread=1&q=norway&channel=telegram") == []
    assert "Nothing found" in browser.get("inbox?q=zzzz").text


def test_an_inbox_that_a_page_has_already_is_not_sent_again(desk: Rooms) -> None:
    mina, joon = desk.browser("Mina"), desk.browser("Joon")
    desk.waiting("web-1")

    def stamp(browser: Browser, query: str = "") -> str:
        return str(re.findall(r'data-stamp="(\w+)"', browser.get(f"inbox?{query}").text)[0])

    seen = stamp(mina)
    again = mina.get(f"inbox?stamp={seen}")
    assert again.status_code == 204 and not again.text
    assert len({seen, stamp(joon), stamp(mina, "id=web-1"), stamp(mina, "view=mine")}) == 4, "who looks, at what"
    desk.talks.heard("web-1", "are you there?", "k")
    changed = mina.get(f"inbox?stamp={seen}")
    assert changed.status_code == 200 and "are you there?" in changed.text


def test_a_long_inbox_comes_in_pages(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    for number in range(53):
        desk.talks.ask_for_person(f"web-{number:02}", "web", "asked")
    assert len(rows(browser)) == 50 and "skip=50" in browser.get().text
    assert len(rows(browser, "?skip=50")) == 3


QUERIES = ["view=x", "skip=-1", "skip=99999999999", "skip=²", "channel=none", "q=" + "x" * 5000, "q=%25", "unread=2", "view=&view=open"]


def test_odd_addresses_are_no_wishes(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    assert {browser.get(f"?{query}").status_code for query in QUERIES} == {200}


def test_a_wish_says_itself_back() -> None:
    wish = Wish(view="mine", channel="web", q="a&b", unread=True, skip=50)
    assert wish.query() == "?view=mine&channel=web&q=a%26b&unread=1"
    assert wish.query(skip=100, view="open") == "?channel=web&q=a%26b&unread=1&skip=100"
    assert Wish().query() == ""


def test_words_of_strangers_are_words(desk: Rooms) -> None:
    browser = desk.browser(HOSTILE[:40], Role.OWNER)
    desk.talks.ask_for_person(
        "web-1", "web", HOSTILE[:40], Summary(wish=HOSTILE, order_number=HOSTILE[:50], person=(HOSTILE,), page="javascript:alert(1)")
    )
    desk.talks.heard("web-1", HOSTILE, "k")
    desk.talks.note("web-1", HOSTILE[:40], HOSTILE, "n")
    for path in ("", "talk?id=web-1", f"inbox?q={HOSTILE}", f"canned?q={HOSTILE}", f"picks?q={HOSTILE}", "staff", "account"):
        text = browser.get(path).text
        assert "<script>alert" not in text and "<img src=x" not in text and 'href="javascript:' not in text, path


def test_a_conversation_shows_all_sides_and_is_read(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    desk.waiting("web-1", "my parcel is broken")
    desk.talks.reply("web-1", "Mina", "I'm sorry!", "r")
    desk.talks.note("web-1", "Mina", "second time", "n")
    desk.talks.heard("web-1", "thanks", "k2")
    text = browser.get("talk?id=web-1").text
    for words in ("my parcel is broken", "I&#39;m sorry!", "private note", "second time", "Mina joined the chat."):
        assert words in text, words
    talk = desk.talks.talk("web-1")
    assert talk is not None and talk.unread == 0


def test_looking_at_what_is_not_ones_own_reads_nothing(desk: Rooms) -> None:
    desk.waiting("web-1")
    assert desk.browser("Mina").get("talk?id=web-1").status_code == 200
    talk = desk.talks.talk("web-1")
    assert talk is not None and talk.unread == 1


def test_what_is_not_there(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    for conversation in ("", "none", "../x", "%00", "web-" + "x" * 300):
        assert browser.get(f"talk?id={conversation}").status_code == 404, conversation
        assert browser.get(f"lines?id={conversation}").status_code == 404, conversation


def line(author: Author, text: str, **more: Any) -> Line:
    clock = Clock()
    return Line(id="u1", author=author, text=text, at=clock(), **more)


def test_the_reading_stands_beside_the_customers_words() -> None:
    frames = [
        {"text": "retinol and x", "intent": "ask_together", "confidence": 0.83, "kind": "together", "band": "unsure", "runner_up": "ask_order",
         "mentions": [["ingredient", "retinol", "retinol", 0, 7, ""], ["ingredient", "vitamin_c", "vit c", 8, 9, "used"]],
         "rules": ["both_named"], "unknown": ["x"]},
        {"text": "and at night?", "intent": "ask_when", "confidence": 0.4, "kind": "when", "band": "lost"},
    ]
    parsed = {"intent": {"name": "ask_together", "confidence": 0.83}, "frames": frames}
    first, second = shown_lines([line(Author.CUSTOMER, "...", reading=reading(parsed))], "Visitor")[0].readings
    assert first.short == "together · retinol, uses vitamin c · unsure"
    assert (first.intent, first.confidence, first.rules, first.runner_up, first.unknown) == ("ask_together", 83, ("both_named",), "order", ("x",))
    assert second.doubt == "not understood"


def test_what_was_read_while_a_person_had_the_talk_stands_there_too() -> None:
    kept = {"intent": "ask_return", "confidence": 0.913, "kind": "return", "subjects": ["sheet_mask"], "rules": ["sends_back"]}
    (one,) = shown_lines([line(Author.CUSTOMER, "...", data={"reading": kept})], "Visitor")[0].readings
    assert (one.short, one.intent, one.confidence, one.rules) == ("return · sheet mask", "ask_return", 91, ("sends_back",))


@pytest.mark.parametrize("frames", [[{"mentions": [["one"]]}], [{"ranking": [["x", "y"]]}], ["x"], "x", {}, [{}]])
def test_a_reading_of_another_version_is_left_out(frames: Any) -> None:
    assert shown_lines([line(Author.CUSTOMER, "hi", reading=reading({"frames": frames}))], "Visitor")[0].text == "hi"


def test_an_answer_is_shown_as_the_widget_shows_it() -> None:
    custom = {
        "verdict": "no", "body": "**Not** together.\n- a\n- [b](https://example.com/x)\n\n<b>x</b> [c](javascript:x)",
        "products": [{"title": "Ampoule", "price": "24.00 USD", "image": "javascript:x"}], "table": {"head": ["", "A"], "rows": [["Price", "1"]]},
        "image": {"src": "/plans/x.png", "alt": "Plan"},
    }
    shown = shown_lines([line(Author.ASSISTANT, "plain", data={"custom": custom, "buttons": [{"title": "More"}]})], "Visitor")[0]
    assert shown.html.startswith("<p><strong>Not</strong> together.</p><ul><li>a</li><li><a href=\"https://example.com/x\"")
    assert "&lt;b&gt;x&lt;/b&gt; [c](javascript:x)" in shown.html
    assert shown.verdict == "no" and shown.buttons == ["More"] and shown.pictures == [{"src": "/plans/x.png", "alt": "Plan"}]
    assert shown.products[0]["image"] == "" and shown.table is not None


def test_canned_answers_are_the_staffs_wording_and_the_shops(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    text = browser.get("canned").text
    assert "Hello, this is Mina from Moonjar Skin." in text and "Delivery time" in text
    assert "I can&#39;t cancel it myself" not in text
    found = browser.get("canned?q=password").text
    assert "Signing in or a new password" in found and "Mina from" not in found


def test_products_are_found_by_words(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    assert 'data-handle="haneul-dew-hyaluronic-ampoule"' in browser.get("picks?q=haneul hyaluronic").text
    assert "No product has these words." in browser.get("picks?q=zzzz").text


def test_a_page_with_everything_it_loads_is_small(desk: Rooms) -> None:
    browser = desk.browser("Mina")
    for number in range(50):
        desk.waiting(f"web-{number}", "where is my parcel, it was to come on Monday")
    for number in range(30):
        desk.talks.reply("web-1", "Mina", f"One moment please, I look into it ({number}).", f"r{number}")
    page = browser.get("talk?id=web-1").content
    static = WEB / "desk" / "static"
    files = [path.read_bytes() for path in static.rglob("*") if path.suffix in (".js", ".css")]
    assert sum(len(gzip.compress(one)) for one in (page, *files)) < 60_000
    assert len(page) < 100_000
