"""Skincare questions about products of the shop: by kind and label; none where the question is about skincare as such."""

from __future__ import annotations

import pytest

from bot.answers.answer import Statements, Words
from bot.answers.products.about import about
from bot.answers.products.services import SERVICES
from bot.rules.advice import Profile
from bot.store.errors import StoreError
from tests.answers.conftest import NewTalk
from tests.answers.talking import Talk

WILLOW = "narusol-willow-bha-liquid"


def ask(talk: Talk, kind: str, text: str, page: str = "") -> str:
    return talk.say(about, kind, text, page)


@pytest.mark.parametrize(
    ("kind", "text", "parts"),
    [
        ("frequency", "can i use the madeca quiet ampoule every day", ["No. Narusol Madeca Quiet Ampoule is an ampoule", "not every day"]),
        ("time_of_day", "when do i use the onsil retinal ampoule, morning or night", ["Night Greenhouse Retinal Ampoule lists", "night"]),
        ("how_to_apply", "how do i use the lacto 8 night peeling", ["is an exfoliant", "thin layer", "nights a week"]),
        ("together", "can i use the willow bha liquid and the retinol seedling serum together", ["alternate nights"]),
        ("together", "is ur peptide ampoule good with the c15 serum", ["Bokbunja Peptide Ampoule", "copper peptide"]),
        ("for_skin_type", "is the first frost ceramide cream right for me?", ["Tell me your skin type"]),
        ("for_concern", "does the barley sprout serum work for melasma", ["If you have melasma", "Barley Sprout Serum has"]),
        ("difference", "compare the madeca quiet ampoule and the winter oat barrier serum", ["Side by side", "ampoule for a skin crisis"]),
        ("together", "what goes well with the airy veil sunscreen", ["a moisturizer that fits before it"]),
        ("packaging", "how big is the niacin 10 pore serum", ["30 ml (18.00 USD), 60 ml (31.00 USD)"]),
        ("allergy", "what allergens are in the soft rain toner", ["Soft Rain Toner contains:", "With an allergy read every name"]),
        ("replace", "what is a good alternative to the velvet fig rich cream", ["Like Yeondu Atelier Velvet Fig Rich Cream"]),
    ],
)
def test_a_product_is_answered_for(talk: Talk, kind: str, text: str, parts: list[str]) -> None:
    answer = ask(talk, kind, text)
    assert [one for one in parts if one not in answer] == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("what_is", "what is niacinamide"),
        ("frequency", "how often may i use an ampoule"),
        ("together", "is it ok to use retinol with niacinamide"),
    ],
)
def test_a_question_of_skincare_stays_one_on_a_page(talk: Talk, kind: str, text: str) -> None:
    assert ask(talk, kind, text, WILLOW) == ""


def test_it_is_the_pages_product(talk: Talk) -> None:
    assert "Willow BHA Liquid lists" in ask(talk, "together", "is this ok with retinol?", WILLOW)
    assert "one to three nights a week" in ask(talk, "frequency", "how often should i use it", WILLOW)
    assert "Willow BHA Liquid" in ask(talk, "together", "and with vitamin c?", WILLOW)


def test_an_it_that_stands_for_nothing_is_no_product_but_one_behind_it_is(talk: Talk) -> None:
    ask(talk, "frequency", "can i use the madeca quiet ampoule every day")
    assert ask(talk, "together", "is it ok to use retinol and vitamin c together") == ""
    assert "Madeca Quiet Ampoule" in ask(talk, "frequency", "is it ok to use it every day")


def test_them_are_the_products_talked_of(talk: Talk) -> None:
    for text in ("how much is the first frost ceramide cream", "and the cica anchor cream?"):
        talk.say(SERVICES["price"], "price", text)
    assert ask(talk, "difference", "compare them").startswith("Side by side:")
    assert talk.answer is not None
    (part,) = talk.answer.parts
    assert isinstance(part, Words) and part.payload["table"]["head"][1:] == [one.product.title for one in part.products]


def test_the_first_two_of_a_list_are_compared_and_it_can_still_be_narrowed(talk: Talk) -> None:
    talk.say(SERVICES["find_product"], "find_product", "what ampoules do you have")
    wish = talk.memory.shown.wish
    assert ask(talk, "difference", "compare the first two").count("- **") == 2
    assert talk.memory.shown.wish == wish and len(talk.memory.shown.found) == 12


def test_the_person_counts(new_talk: NewTalk) -> None:
    talk = new_talk(Profile(skin_types=("sensitive",)))
    assert "fragrance" in ask(talk, "for_skin_type", "is the velvet fig rich cream for me?")


def test_the_answer_is_remembered_as_the_rules(talk: Talk) -> None:
    ask(talk, "pregnancy", "is the retinol seedling serum safe in pregnancy")
    assert talk.answer is not None and isinstance(talk.answer.parts[0], Statements)
    assert talk.memory.asked.kind == "pregnancy" and talk.memory.shown.handle == "onsil-works-retinol-seedling-0-1-serum"
    assert talk.memory.shown.kind == ""


def test_without_the_shop_nothing_is_said_of_a_product(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreError("no answer")

    monkeypatch.setattr(talk.resources.database, "session", away)
    assert ask(talk, "frequency", "can i use the madeca quiet ampoule every day") == ""


def test_something_like_a_product(talk: Talk) -> None:
    similar = SERVICES["find_similar"]
    text = talk.say(similar, "find_similar", "something similar to the velvet fig rich cream")
    assert "also has ceramide NP" in text
    assert talk.memory.shown.handle == "yeondu-atelier-velvet-fig-rich-cream"
    assert "for less" in talk.say(similar, "find_similar", "anything cheaper?")
    assert talk.say(similar, "find_similar", "something cheaper than the clear dot hydrocolloid patch").startswith(
        "The shop has nothing in stock with the same actives"
    )


def test_something_like_nothing_is_asked_back(talk: Talk) -> None:
    assert talk.say(SERVICES["find_similar"], "find_similar", "anything similar?").startswith("Which product do you mean?")
