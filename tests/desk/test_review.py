"""What the owner sees of what customers ask: turns without whose they are, the same questions together, counts by week. No agent sees it."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from bot.answers.reviewing import meaning
from bot.desk.members import Role
from bot.desk.review.groups import Groups
from bot.desk.review.wishes import ReviewWish
from bot.desk.review.words import kind_words
from bot.phrases import phrases
from bot.store.database import Database
from bot.store.follows import Follows
from bot.store.models import utc_now
from bot.store.openings import Openings
from bot.store.privacy import Privacy
from bot.store.reviews import Kept, Looking, ReviewStore, Wanted, Wordings
from bot.store.reviews.counts import FOLLOWED_CART, FOLLOWED_PAGE, WEEK, add, monday_of
from bot.support.handoff import Summary
from tests.desk.conftest import Browser, Rooms
from tests.store.reviews.turns import turn

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
PAGES = ("review", "groups", "insight", "weeks.csv", "asked.csv", "opened.csv", "review-talk?turn=1")


def asked(text: str, number: int, **changed: Any) -> Kept:
    """A turn of these words, a few minutes ago."""
    return turn(number, **{"text": text, "vector": meaning(text), "at": utc_now() - timedelta(minutes=100 - number), **changed})


def keep(desk: Rooms, *turns: Kept) -> None:
    """Has turns kept."""
    for one in turns:
        ReviewStore(desk.talks._database).keep(one)


def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


def shown(page: str) -> list[str]:
    """The messages on a page, in its order."""
    return re.findall(r'<p class="turn-text[^"]*"[^>]*>([^<]*)</p>', page)


def titles(page: str) -> list[str]:
    """The groups on a page, in its order."""
    return re.findall(r'<h2 dir="auto">([^<]*)</h2>', page)


def test_only_owners_see_it(desk: Rooms) -> None:
    keep(desk, asked("do you sell gift cards", 1))
    agent, stranger = desk.browser("Joon"), desk.stranger()
    for path in PAGES:
        assert agent.get(path).status_code == 403 and "gift" not in agent.get(path).text, path
        assert stranger.get(path).status_code == 303, path
    assert "What customers ask" not in agent.get().text and "What customers ask" in owner(desk).get().text


def test_turns_stand_with_what_came_of_them_and_nobodys_name(desk: Rooms) -> None:
    keep(
        desk, asked("do you sell gift cards", 1, sender="web-secret", kind="shop_topic", outcome="unsaid", topic="gift cards"),
        asked("can I use retinol with vitamin C", 2, sender="web-secret", kind="together", subjects=["ingredient:retinol"], handed="anger"),
        asked("", 3, sender="web-secret", sight="health", answer="", vector=None, red_flag=True),
    )  # fmt: skip
    page = owner(desk).get("review").text
    assert shown(page)[1:] == ["can I use retinol with vitamin C", "do you sell gift cards"] and "skin or health" in shown(page)[0]
    for words in ("You have not said: gift cards", "Can I use … with other products?", "sure, 98 %", "Passed to a person: upset", "Red flag", "· retinol", "<p>Yes.</p>"):
        assert words in page, words
    assert "secret" not in page and "together" not in page.replace("value=\"together\"", "")


def test_no_moment_stands_beside_words_that_are_read_without_whose_they_are(desk: Rooms) -> None:
    at = datetime(2026, 11, 16, 12, 34, 56, 789012, tzinfo=timezone.utc)
    keep(desk, asked("is there an app", 1, sight="apart", outcome="lost", at=at))
    for path in ("review", "groups"):
        page = owner(desk).get(path).text
        assert "is there an app" in page and '<time datetime="2026-11-16">16 Nov</time>' in page
        assert not re.search(r"12:3\d|56\.|789012|T00:00", page), path


def test_filters_and_counts_go_together(desk: Rooms) -> None:
    keep(desk, *(asked(f"question {number}", number, outcome="lost" if number % 2 else "answered", channel="rest") for number in range(1, 5)))
    browser = owner(desk)
    assert shown(browser.get("review?only=lost").text) == ["question 3", "question 1"]
    assert shown(browser.get("review?only=lost&q=3&channel=rest").text) == ["question 3"]
    assert 'Not understood <span class="count">2</span>' in browser.get("review?q=question").text
    assert "Nothing found" in browser.get("review?channel=telegram").text
    assert shown(browser.get("review?since=2000-01-01&until=2000-01-02").text) == []


def test_many_turns_come_in_pages(desk: Rooms) -> None:
    keep(desk, *(asked(f"question {number}", number) for number in range(1, 54)))
    browser = owner(desk)
    first = browser.get("review").text
    older = re.search(r'href="(review\?skip=\d+)"', first)
    assert older is not None and len(shown(first)) == 50
    assert shown(browser.get(older[1]).text) == ["question 3", "question 2", "question 1"]


@pytest.mark.parametrize("query", ["only=x", "skip=-1", "skip=²", "since=2026-13-01", "until=0001-01-01", "channel=none", "q=" + "x" * 3000, "q=%25", "skip=99999999999", "kind=%00"])
def test_odd_addresses_are_no_wishes(desk: Rooms, query: str) -> None:
    keep(desk, asked("hello there", 1, outcome="lost"))
    assert [owner(desk).get(f"{path}?{query}").status_code for path in ("review", "groups")] == [200, 200]


def test_a_wish_says_itself_back() -> None:
    wish = ReviewWish(only="lost", q="a&b", since="2026-11-01", skip=20)
    assert wish.query() == "?only=lost&since=2026-11-01&q=a%26b" and wish.query(skip=3, only="") == "?since=2026-11-01&q=a%26b&skip=3"


def test_words_of_strangers_are_words(desk: Rooms) -> None:
    keep(desk, asked(HOSTILE, 1, outcome="lost", answer=f"{HOSTILE} [x](javascript:alert(1))", product=HOSTILE, topic=HOSTILE, kind=HOSTILE[:40]))
    ReviewStore(desk.talks._database).vote("web-1", utc_now(), "down", HOSTILE)
    for path in ("review", f"review?q={HOSTILE}&kind={HOSTILE}", "groups", "insight", "asked.csv"):
        text = owner(desk).get(path).text
        assert path.endswith("csv") or ("<script>alert" not in text and "<img src=x" not in text and 'href="javascript:' not in text), path


def test_only_conversations_of_the_inbox_are_led_to(desk: Rooms) -> None:
    desk.talks.ask_for_person("web-1", "web", "asked", Summary(wish="a person"))
    keep(desk, asked("open", 1, sender="web-1"), asked("apart", 2, sender="web-1", sight="apart"), asked("nobody's", 3, sender="web-3"))
    browser = owner(desk)
    assert re.findall(r'href="(review-talk\?turn=\d+)"', browser.get("review").text) == ["review-talk?turn=1"]
    assert browser.get("review-talk?turn=1").headers["Location"] == "talk?id=web-1"
    assert [browser.get(f"review-talk?turn={turn}").status_code for turn in ("2", "3", "99", "x", "")] == [404] * 5


def test_the_same_questions_stand_together_and_who_most_asked_first(desk: Rooms) -> None:
    gifts = ("can I buy a gift voucher", "gift vouchers?", "Can I buy a gift voucher?")
    pickup = ("can I pick up my order in the store", "is it possible to pick my order up in your store")
    keep(
        desk, *(asked(text, 10 + number, outcome="lost") for number, text in enumerate(pickup)),
        *(asked(text, 20 + number, outcome="beyond") for number, text in enumerate(gifts)),
        asked("who founded the company", 30, outcome="lost", sender="web-again"), asked("who founded the company", 31, outcome="lost", sender="web-again"),
        asked("can I buy a gift voucher", 40), asked("gift voucher please, can I buy one", 41), asked("what does niacinamide do", 42),
    )  # fmt: skip
    page = owner(desk).get("groups").text
    assert [title.rstrip("?").lower() for title in titles(page)] == ["can i buy a gift voucher", "can i pick up my order in the store", "who founded the company"]
    assert re.findall(r'group-count"><strong>(\d+)<', page) == ["3", "2", "1"]
    assert page.count("people were answered") == 1 and "2 people were answered" in page and "niacinamide" not in page


def test_a_topic_that_was_not_said_is_one_group(desk: Rooms) -> None:
    keep(
        desk, asked("do you sell gift cards", 1, outcome="unsaid", topic="gift cards"), asked("present for my mum with a code on it", 2, outcome="unsaid", topic="gift cards"),
        asked("gift card pls", 3, outcome="lost"),
    )  # fmt: skip
    page = owner(desk).get("groups").text
    assert len(titles(page)) == 1 and "You have not said: gift cards" in page and "<strong>3</strong>" in page


def test_days_and_channel_narrow_the_groups(desk: Rooms) -> None:
    keep(desk, asked("do you have a podcast", 1, outcome="lost", at=utc_now() - timedelta(days=9)), asked("is there an app", 2, outcome="lost", channel="telegram"))
    browser, since = owner(desk), (utc_now() - timedelta(days=2)).date().isoformat()
    assert len(titles(browser.get("groups").text)) == 2
    assert titles(browser.get(f"groups?since={since}").text) == titles(browser.get("groups?channel=telegram").text) == ["is there an app"]


def test_a_thumb_down_is_asked_in_vain(desk: Rooms) -> None:
    keep(desk, asked("what does niacinamide do", 1))
    browser = owner(desk)
    assert titles(browser.get("groups").text) == []
    ReviewStore(desk.talks._database).vote("web-1", utc_now(), "down", "")
    assert titles(browser.get("groups").text) == ["what does niacinamide do"]


def test_who_was_erased_is_in_no_group_that_was_kept(desk: Rooms) -> None:
    keep(desk, asked("is there an app", 1, outcome="lost", sender="rest:me"))
    database = desk.talks._database
    groups = Groups(Looking(database), Wordings(database))
    groups._took = 99.0
    assert groups.ranked(Wanted(), 0, 9)[1] == 1
    privacy = Privacy(database.url, database.url)
    privacy.erase("rest:me")
    privacy.dispose()
    keep(desk, asked("do you have a podcast", 2, outcome="lost"))
    assert [one.title for one in groups.ranked(Wanted(), 0, 9)[0]] == ["do you have a podcast"]


def test_what_takes_long_is_sorted_beside_whoever_looks(desk: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    database: Database = desk.talks._database
    groups = Groups(Looking(database), Wordings(database))
    keep(desk, asked("is there an app", 1, outcome="lost"))
    groups.ranked(Wanted(), 0, 9)
    monkeypatch.setattr("bot.desk.review.groups.QUICK_S", 0.0)
    keep(desk, asked("do you have a podcast", 2, outcome="lost"))
    assert groups.ranked(Wanted(), 0, 9)[1] == 1, "kept for a minute"
    monkeypatch.setattr("bot.desk.review.groups.STALE_S", 0.0)
    groups.ranked(Wanted(), 0, 9)
    while groups._sorting.locked():
        pass
    assert groups.ranked(Wanted(), 0, 9)[1] == 2


def test_figures_by_week_on_the_page_and_as_files(desk: Rooms) -> None:
    keep(
        desk, asked("a", 1, sender="web-1"), asked("b", 2, sender="web-1", outcome="lost", subjects=["ingredient:retinol"]),
        asked("c", 3, sender="web-2", channel="telegram", outcome="asked_back", handed="asked", subjects=["ingredient:retinol"]),
        asked("d", 4, sender="web-2", at=utc_now() - timedelta(days=7)), asked("e", 5, at=utc_now() - timedelta(days=400)),
    )  # fmt: skip
    ReviewStore(desk.talks._database).vote("web-1", utc_now(), "down", "")
    for way, words in (("prompt", "Which <one>?"), ("box", "")):
        Openings(desk.talks._database).keep("web-1", way, words)
    browser = owner(desk)
    page = browser.get("insight").text
    assert page.count("<rect") >= 5 and "retinol" in page
    assert "Offered help: &#34;Which &lt;one&gt;?&#34;" in page and "a question of their own" in page
    answer = browser.get("weeks.csv")
    assert answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    last = {name: rows[-1][name] for name in ("messages", "people", "conversations", "answered", "lost", "asked_back", "handed_over", "thumbs_down", "web", "telegram")}
    assert len(rows) == 13 and rows[-2]["messages"] == "1"
    assert last == {"messages": "3", "people": "2", "conversations": "2", "answered": "1", "lost": "1", "asked_back": "1", "handed_over": "1", "thumbs_down": "1", "web": "2", "telegram": "1"}
    assert "Subjects,retinol,2" in browser.get("asked.csv").text


def test_figures_reach_beyond_what_is_kept(desk: Rooms) -> None:
    old = utc_now() - timedelta(days=110)
    keep(desk, *(asked("a", number, at=old, subjects=["ingredient:urea"], handed="anger", lacks=("gold mask under 20.00 USD",)) for number in range(3)))
    database, browser = desk.talks._database, owner(desk)
    privacy = Privacy(database.url, database.url)
    privacy.age(90, 90)
    privacy.dispose()
    assert "urea" not in browser.get("insight").text and "urea" in browser.get("insight?weeks=26").text
    rows = list(csv.DictReader(io.StringIO(browser.get("weeks.csv?weeks=53").text)))
    assert len(rows) == 53 and [(row["messages"], row["people"], row["solved_passed_on"], row["handed_anger"]) for row in rows if row["messages"] != "0"] == [("3", "3", "3", "3")]
    asked_file = browser.get("asked.csv?weeks=26").text
    for line in ("Asked for and not in the shop,gold mask under 20.00 USD,3", '"Passed on to a person, and why",Upset,3', "First answer of a person,No answer in the chat,3"):
        assert line in asked_file, asked_file
    assert browser.get("insight?weeks=99999").status_code == 200


def test_products_opened_from_the_chat_are_on_the_page_and_in_the_files(desk: Rooms) -> None:
    browser, handle, title = owner(desk), "haneul-dew-hyaluronic-ampoule", "Haneul Dew Hyaluronic Ampoule"
    assert browser.get("opened.csv").text.splitlines() == ["week,product,title,products_opened,cart_links"]
    database = desk.talks._database
    for way in ("page", "page", "page", "cart"):
        Follows(database).keep(way, handle)
    with database.session(writing=True, catalogue=False) as session:
        add(session, monday_of(utc_now().date()) - WEEK, {(FOLLOWED_PAGE, "gone"): 4, (FOLLOWED_CART, ""): 2})
        session.commit()
    # What is counted is kept for a minute.
    page = browser.get("insight?weeks=26").text
    charts = dict(re.findall(r'<section class="figures" aria-label="([^"]+)">(.*?)</section>', page, re.DOTALL))
    rows = {name: re.findall(r'<th scope="row">([^<]+)<.*?class="number">([^<]+)</td>', chart) for name, chart in charts.items()}
    assert rows["Opened from the chat"] == [("Product pages", "7"), ("Cart links", "3")]
    assert rows["Products opened from the chat"] == [("gone", "4"), (title, "3")]
    assert rows["Cart links followed from the chat"] == [(title, "1")]
    assert "Telegram does not tell" in page and "None yet" not in charts["Products opened from the chat"]
    weeks = list(csv.DictReader(io.StringIO(browser.get("weeks.csv?weeks=26").text)))
    assert [(row["products_opened"], row["cart_links"]) for row in weeks[-3:]] == [("0", "0"), ("4", "2"), ("3", "1")]
    assert f"Products opened from the chat,{title},3" in browser.get("asked.csv?weeks=26").text
    last, this = (monday_of(utc_now().date()) - WEEK).isoformat(), monday_of(utc_now().date()).isoformat()
    assert browser.get("opened.csv?weeks=26").text.splitlines()[1:] == [f"{last},(others),,0,2", f"{last},gone,,4,0", f"{this},{handle},{title},3,1"]


def test_a_cell_is_no_formula(desk: Rooms) -> None:
    keep(desk, asked("a", 1, product="=1+1"))
    assert "Products,'=1+1,1" in owner(desk).get("asked.csv").text


def test_every_kind_has_words_of_its_own() -> None:
    assert kind_words(phrases(), "together") == "Can I use … with other products?" and kind_words(phrases(), "greet") == "Hello"
    assert kind_words(phrases(), "some_new_kind") == "Some new kind"


def test_pages_are_light(desk: Rooms) -> None:
    keep(desk, *(asked(f"question {number} of many words about something {'x' * 200}", number, outcome="lost", answer="y" * 600) for number in range(1, 60)))
    browser = owner(desk)
    assert {path: len(browser.get(path).content) < 100_000 for path in ("review", "groups", "insight")} == {"review": True, "groups": True, "insight": True}
