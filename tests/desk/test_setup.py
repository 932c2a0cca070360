"""The owner sets a shop up at the desk: the terminal's questions and checks, kept and resumable between the two, live at once, taken back. No agent
sees it, and nothing that was typed is lost."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import yaml

from bot.desk.members import Role
from bot.home.folder import SHOP, Home
from bot.home.versions import Versions
from bot.paths import DATA
from bot.set_up.draft import FILE, Draft
from bot.set_up.questions import QUESTIONS, shown_countries, shown_ways
from bot.set_up.steps import ASKED
from bot.set_up.topics import topic_groups
from bot.store.policies import load_shop
from tests.desk.conftest import PASSWORD, Browser, Rooms
from tests.desk.test_review import HOSTILE

SHOP_STEP = {"name": "Testari", "about": "Testari sells skincare.", "currency": "eur", "contact.email": "care@testari.example", "contact.phone": "", "contact.hours": "Weekdays", "contact.address": ""}
DELIVERY = {"delivers_to": "USA, Canada, EU", "policies.delivery_time.say": "Three days.", "policies.delivery_cost.say": "5 EUR."}
ADDRESSES = ["setup", *(f"setup-{one.name}" for one in ASKED), "setup-topics", *(f"setup-topics?group={one.name}" for one in topic_groups())]


@pytest.fixture
def owner(desk: Rooms) -> Browser:
    """A browser of an owner."""
    return desk.browser("Mina", Role.OWNER)


@pytest.fixture
def home(desk: Rooms, tmp_path: Path) -> Home:
    """The owner's folder."""
    return Home(tmp_path / "home")


def value_of(page: str, name: str) -> str:
    """What stands in a field of a page."""
    found = re.search(rf'name="{re.escape(name)}"(?:[^>]* value="([^"]*)"|[^>]*>\n([^<]*)</textarea>)', page)
    assert found is not None, name
    return html.unescape(found[1] if found[1] is not None else found[2])


def far(page: str) -> dict[str, str]:
    """How far each step is, by the page of steps."""
    return {name: html.unescape(told) for name, told in re.findall(r'class="step" href="setup-([a-z]+)">.*?class="step-far">.*?<span class="soft">([^<]*)', page, re.S)}


def test_only_owners_set_up(desk: Rooms, owner: Browser, home: Home) -> None:
    agent, stranger = desk.browser("Joon"), desk.stranger()
    for path in ADDRESSES:
        assert (owner.get(path).status_code, agent.get(path).status_code, stranger.get(path).status_code) == (200, 403, 303), path
    assert "sets the shop up" in agent.get("setup").text
    assert agent.post("setup-shop", SHOP_STEP).status_code == 403 == owner.post("setup-shop", SHOP_STEP, proof="wrong").status_code
    assert home.text(SHOP) is None and home.text(FILE) is None
    assert "setup" in owner.get("tickets").text + owner.get("").text and 'href="setup"' not in agent.get("").text


def test_it_is_shown_first_until_it_is_begun(desk: Rooms, owner: Browser) -> None:
    desk.member("Joon")
    assert desk.stranger().sign_in("Mina").headers["Location"] == "setup"
    assert desk.stranger().sign_in("Joon").headers["Location"] == "./"
    assert owner.post("setup-delivery", DELIVERY).status_code == 303
    assert desk.stranger().sign_in("Mina", PASSWORD).headers["Location"] == "./"


def test_a_step_counts_at_once(owner: Browser, home: Home) -> None:
    sent = owner.post("setup-shop", {**SHOP_STEP, "act": "next"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "setup-delivery?told=named")
    shop = load_shop(DATA / "shop.yml", home.folder)
    assert (shop.name, shop.currency, shop.contact.email, shop.contact.phone, shop.sample) == ("Testari", "EUR", "care@testari.example", "", False)
    assert [(one.who, one.what) for one in Versions(home).all()] == [("Mina", "Set up: Your shop")]
    assert owner.post("setup-delivery", {**DELIVERY, "act": "stay"}).headers["Location"] == "setup?told=saved"
    shop = load_shop(DATA / "shop.yml", home.folder)
    assert len(shop.delivers_to) == 29 and shop.policies["delivery_area"].say == "We deliver to United States and Canada and the EU." and "carrier" not in shop.policies
    page = owner.get("setup?told=saved").text
    assert "It counts from now on" in page and (far(page)["shop"], far(page)["delivery"], far(page)["returns"]) == ("7 of 7 answered", "5 of 5 answered", "0 of 6 answered")
    assert value_of(owner.get("setup-delivery").text, "delivers_to") == "United States, Canada, EU"
    Versions(home).back("Mina", 1)
    assert home.text(SHOP) is None and far(owner.get("setup").text)["shop"] == "2 of 7 answered"


def test_what_comes_before_the_name_waits_for_it(owner: Browser, home: Home) -> None:
    assert owner.post("setup-returns", {"policies.return.say": "Within 14 days."}).headers["Location"] == "setup?told=kept"
    assert home.text(SHOP) is None and "as soon as" in owner.get("setup?told=kept").text
    assert value_of(owner.get("setup-returns").text, "policies.return.say") == "Within 14 days."
    owner.post("setup-shop", SHOP_STEP)
    shop = load_shop(DATA / "shop.yml", home.folder)
    assert shop.policies["return"].say == "Within 14 days." and set(shop.policies) == {"return"}


def test_the_terminal_goes_on_where_the_desk_was_left_and_back(owner: Browser, home: Home) -> None:
    owner.post("setup-shop", SHOP_STEP)
    draft = Draft(home)
    following = draft.next()
    assert following is not None and (draft.done, following.key) == (7, "delivers_to")
    draft.answer(following, ["FR"])
    assert value_of(owner.get("setup-delivery").text, "delivers_to") == "France" and far(owner.get("setup").text)["delivery"] == "1 of 5 answered"
    owner.post("setup-delivery", {"delivers_to": "Spain"})
    while (following := draft.next()) is not None:
        draft.answer(following, None)
    draft.finish("terminal")
    shop = load_shop(DATA / "shop.yml", home.folder)
    assert shop.delivers_to == ["ES"] and shop.name == "Testari" and far(owner.get("setup").text)["payment"] == "5 of 5 answered"


@pytest.mark.parametrize(
    ("step", "key", "text", "why"),
    [
        ("shop", "name", "", "This is needed."), ("shop", "currency", "euros", "is no currency"), ("shop", "contact.email", "care", "no e-mail address"),
        ("delivery", "delivers_to", "Germny", "Did you mean germany?"), ("payment", "pays_with", "shells", "no way to pay"),
        ("returns", "policies.return.say", "Our cream heals acne.", "medical claim"), ("returns", "policies.refund.say", "x" * 501, "longer than 500"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_lost(owner: Browser, home: Home, step: str, key: str, text: str, why: str) -> None:
    others = {"shop": SHOP_STEP, "delivery": DELIVERY, "payment": {"policies.discount.say": "None."}, "returns": {"policies.cancel_order.say": "Until noon."}}[step]
    sent = owner.post(f"setup-{step}", {**others, key: text})
    page = html.unescape(sent.text)
    name = f"f-{key.replace('.', '-')}"
    told = re.search(rf'id="{name}-wrong">([^<]*)', page)
    assert sent.status_code == 422 and told is not None and why in told[1] and f"{name}-wrong" in page.split(f'id="{name}"')[1][:400]
    assert 'aria-invalid="true"' in page and page.count("aria-invalid") == 1
    assert all(value_of(sent.text, one) == typed for one, typed in {**others, key: text}.items())
    assert home.text(SHOP) is None and home.text(FILE) is None


def test_topics_are_answered_and_those_left_open_stay_unsaid(owner: Browser, home: Home) -> None:
    owner.post("setup-shop", SHOP_STEP)
    sent = {"group": "discounts", "say.gift_cards": "From 10 EUR under Gifts.", "answer.gift_cards": "yes", "hand.price_match": "1", "say.price_match": "We look at it."}
    assert owner.post("setup-topics", {**sent, "act": "next"}).headers["Location"] == "setup-topics?group=orders&told=saved"
    assert yaml.safe_load(home.text(SHOP) or "")["topics"] == {
        "price_match": {"say": "We look at it.", "hand_over": True}, "gift_cards": {"answer": True, "say": "From 10 EUR under Gifts."},
    }
    page = owner.get("setup-topics?group=discounts").text
    assert value_of(page, "say.gift_cards") == "From 10 EUR under Gifts." and re.search(r'name="answer.gift_cards".*?value="yes" selected', page, re.S)
    assert "2 of 11" in owner.get("setup-topics").text and far(owner.get("setup").text)["topics"] == "2 of 87 answered"
    assert owner.post("setup-topics", {"group": "discounts", "say.gift_cards": "From 20 EUR.", "answer.gift_cards": ""}).headers["Location"] == "setup-topics?told=saved"
    assert yaml.safe_load(home.text(SHOP) or "")["topics"] == {"gift_cards": {"say": "From 20 EUR."}}
    owner.post("setup-topics", {"group": "discounts"})
    assert "topics" not in yaml.safe_load(home.text(SHOP) or "")


@pytest.mark.parametrize(("say", "answer", "why"), [("Yes, we do.", "yes", "put before it already"), ("", "no", "in a sentence too"), ("It cures acne.", "", "medical claim")])
def test_a_wrong_answer_on_a_topic_is_told_and_nothing_is_lost(owner: Browser, home: Home, say: str, answer: str, why: str) -> None:
    owner.post("setup-shop", SHOP_STEP)
    sent = owner.post("setup-topics", {"group": "discounts", "say.gift_cards": say, "answer.gift_cards": answer, "say.price_match": "We look."})
    told = re.search(r'id="t-gift_cards-wrong">([^<]*)', html.unescape(sent.text))
    assert sent.status_code == 422 and told is not None and why in told[1]
    assert value_of(sent.text, "say.gift_cards") == say and value_of(sent.text, "say.price_match") == "We look."
    assert "topics" not in yaml.safe_load(home.text(SHOP) or "")


def test_comments_and_what_else_stands_there_stay(owner: Browser, home: Home) -> None:
    home.put(SHOP, "# mine\nname: Mine\nabout: It is mine.\ncurrency: EUR\ncontact: {}\npolicies:\n  return: {say: Ten days., hand_over: true}\norders: {see: nobody}\n")
    assert value_of(owner.get("setup-returns").text, "policies.return.say") == "Ten days."
    owner.post("setup-returns", {"policies.return.say": "Twelve days."})
    now = home.text(SHOP) or ""
    assert now.startswith("# mine") and yaml.safe_load(now)["policies"]["return"] == {"say": "Twelve days.", "hand_over": True} and "see: nobody" in now


def test_a_broken_file_is_told_and_nothing_is_lost(owner: Browser, home: Home) -> None:
    home.put(SHOP, "name: Mine\ncolour: green\n")
    sent = owner.post("setup-returns", {"policies.return.say": "Twelve days."})
    assert sent.status_code == 422 and "no such field" in sent.text and value_of(sent.text, "policies.return.say") == "Twelve days."
    home.put(SHOP, "name: [")
    assert owner.get("setup").status_code == 503 == owner.get("setup-shop").status_code and "not YAML" in owner.get("setup").text


def test_odd_input_harms_nothing(owner: Browser, home: Home) -> None:
    for query in ("group=nowhere", "group=%00", f"group={HOSTILE}", f"told={HOSTILE}", "group=" + "x" * 3000):
        page = owner.get(f"setup-topics?{query}")
        assert page.status_code == 200 and "<script>alert" not in page.text, query
    assert owner.post("setup-topics", {"group": "nowhere", "say.gift_cards": "x"}).status_code == 303 and home.text(SHOP) is None
    owner.post("setup-shop", {**SHOP_STEP, "name": HOSTILE, "sample": "1", "orders": "x"})
    assert set(yaml.safe_load(home.text(SHOP) or "")) == {"name", "about", "currency", "contact", "policies"}
    assert "<script>alert" not in owner.get("setup-shop").text + owner.get("setup").text


def test_pages_are_light(owner: Browser) -> None:
    owner.post("setup-shop", SHOP_STEP)
    assert all(len(owner.get(path).content) < 100_000 for path in ADDRESSES)


def test_every_question_has_a_step() -> None:
    assert [key for step in ASKED for key in step.keys] == [one.key for one in QUESTIONS]


def test_values_are_shown_as_they_are_typed() -> None:
    assert shown_countries(["US", "FR"]) == "United States, France" and shown_ways(["visa", "apple_pay"]) == "Visa, Apple Pay"
