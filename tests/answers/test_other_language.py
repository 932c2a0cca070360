"""Who writes in another language is told in it what is possible: English, the shop's addresses, and a person where there is one."""

from __future__ import annotations

from datetime import timezone
from typing import Any, List, Mapping

import pytest
import yaml

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.phrases import LANGUAGE, RESPONSES, languages, phrases
from bot.support.handoff import Owner
from bot.understanding.memory import Memory
from tests.answers.staff.test_offering import NIGHT, TUESDAY, Talk, shop_with
from tests.understanding.reading import read

ASKED = {
    "de": "was kostet der versand", "es": "dónde está mi pedido", "fr": "quelle crème pour une peau sèche", "ko": "배송비가 얼마예요", "ja": "返品したいです", "zh": "运费多少钱",
}
SAYS_ENGLISH = {"de": "Englisch", "es": "inglés", "fr": "anglais", "ko": "영어", "ja": "英語", "zh": "英文"}
WAYS = ("care@moonjar.example", "+1 555 0142")


def said(resources: Resources, code: str, text: str, at: Any = TUESDAY, sender: str = "web-1") -> List[Message]:
    """The answer to a message in a language."""
    frame = read(text, "what_is", forced="language", language=code)
    return reply([frame], Memory(), Place("", "web", at.astimezone(timezone.utc).timestamp(), sender), resources)[0]


def own(code: str) -> Mapping[str, str]:
    """What is written in a language."""
    found: Mapping[str, str] = yaml.safe_load((RESPONSES / code / "chat.yml").read_text(encoding="utf-8"))["wording"]
    return found


@pytest.mark.parametrize("code", sorted(ASKED))
def test_each_is_answered_in_its_own_language(code: str, sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=1) as shop:
        (message,) = said(shop, code, ASKED[code])
    assert SAYS_ENGLISH[code] in message.text and own(code)["language_person"] in message.text
    assert all(way in message.text for way in WAYS) and " or " not in message.text
    assert list(message.buttons) == [{"title": own(code)["person_talk"], "payload": phrases().say("person_talk")}]
    others = {one for other in ASKED if other != code for one in own(other).values()}
    assert not any(one in message.text for one in others) and phrases().say("language") not in message.text


def test_out_of_hours_a_message_can_be_left(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=1) as shop:
        (message,) = said(shop, "de", ASKED["de"], NIGHT)
    assert own("de")["language_message"] in message.text and own("de")["language_person"] not in message.text
    assert [one["title"] for one in message.buttons] == [own("de")["person_message"]]


def test_where_the_shop_has_nobody_only_its_addresses_are_told(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=0) as shop:
        (message,) = said(shop, "fr", ASKED["fr"])
    assert message.text == f"{own('fr')['language']}\n\nService client : {', '.join(WAYS)}."
    assert [one["title"] for one in message.buttons] == [own("fr")["language_find"], own("fr")["language_order"]]
    assert [one["payload"] for one in message.buttons] == ["Find my product", "Where is my order?"]


@pytest.mark.parametrize("code", ["", "it", "ru", "und", "en"])
def test_any_other_is_answered_in_english(code: str, sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=0) as shop:
        (message,) = said(shop, code, "quanto costa la spedizione")
    assert message.text.startswith(phrases().say("language")) and all(way in message.text for way in WAYS) and message.text.isascii()


def test_the_button_brings_a_person(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=1) as shop:
        talk = Talk(shop)
        (message,) = said(shop, "es", ASKED["es"], sender=talk.sender)
        talk.say(message.buttons[0]["payload"], "human")
        assert talk.owner() is Owner.WAITING


def test_products_named_in_another_language_do_not_make_it_english(sample_shop: Resources) -> None:
    """ "Can I do gua sha" is no question about a language; a German one that names an ingredient stays a German one."""
    (message,) = said(sample_shop, "de", "kann ich niacinamide und retinol zusammen benutzen")
    assert message.text.startswith(own("de")["language"])


def test_languages_write_only_what_english_has_with_the_same_places() -> None:
    assert languages() == {LANGUAGE, *ASKED}
    for code in ASKED:
        assert set(own(code)) == set(own("de")) <= phrases().keys
        assert all(("{ways}" in text) == (key == "reach_briefly") for key, text in own(code).items())
        assert phrases(code).keys == phrases().keys and phrases(code).say("greet") == phrases().say("greet")
    assert phrases("it").say("language") == phrases().say("language")
