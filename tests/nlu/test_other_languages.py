"""In which language a message is written: English is seldom taken for another, and six others are known in the words of a chat."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Dict, List

import pytest
import yaml

from bot.nlu.languages import FILE, UNKNOWN, LanguageError, Languages, languages
from bot.paths import DATA
from bot.phrases import languages as answered_in

HERE = Path(__file__).parent
QUESTIONS: Dict[str, List[str]] = yaml.safe_load((HERE / "languages.yml").read_text(encoding="utf-8"))
OTHERS = "ask_language"
MOST_WRONG = 2 / 1000
FEWEST_RIGHT = 28


@pytest.fixture(scope="module")
def english() -> List[str]:
    """Every English example of the project's."""
    blind = yaml.safe_load((HERE / "blind.yml").read_text(encoding="utf-8"))
    files = [yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for path in sorted((DATA / "nlu").glob("*.yml"))]
    written = [entry["examples"] for file in files for entry in file["nlu"] if entry.get("intent", OTHERS) != OTHERS]
    examples = [line.removeprefix("- ") for text in written for line in text.splitlines() if line.startswith("- ")]
    return [*examples, *chain.from_iterable(asked for intent, asked in blind.items() if intent != OTHERS)]


def test_english_is_seldom_taken_for_another(english: List[str]) -> None:
    wrong = {text: code for text in english if (code := languages().written_in(text))}
    assert len(english) > 1000
    assert len(wrong) <= MOST_WRONG * len(english), wrong


@pytest.mark.parametrize("code", sorted(QUESTIONS))
def test_questions_of_a_chat_are_known(code: str) -> None:
    missed = {text: found for text in QUESTIONS[code] if (found := languages().written_in(text)) != code}
    assert len(set(QUESTIONS[code])) >= 30
    assert len(QUESTIONS[code]) - len(missed) >= FEWEST_RIGHT / 30 * len(QUESTIONS[code]), missed


@pytest.mark.parametrize("text", [
    "", "?", "ok", "retinol?", "serum niacinamide", "danke", "ok danke", "gracias!", "merci", "hola", "bonjour", "Danke, will do", "Hola! I'm looking for a serum",
    "La Roche-Posay Cicaplast", "crème de la mer", "I bought the Crème Riche from Nuxe", "Calle Ramón y Cajal 5, 28012 Madrid", "12 rue de la Paix, 75002 Paris",
    "Hauptstraße 5, 10115 Berlin", "ammend my oder pls", "sunscreen if im home all day", "my name is José de la Cruz", "maria.garcia@example.com", "ＳＥＲＵＭ",
    "what is 병풀", "do you have 어성초 toner", "is 수분크림 the same as moisturizer", "Anua 어성초 77 토너", "what does 精华 mean", "α arbutin", "😊",
])
def test_names_and_a_word_in_passing_do_not_turn_an_english_talk(text: str) -> None:
    assert languages().written_in(text) == ""


@pytest.mark.parametrize("text", [
    "quanto costa la spedizione", "posso usare il retinolo in gravidanza", "vocês têm protetor solar para pele oleosa?", "onde está o meu pedido",
    "waar is mijn bestelling", "kan ik retinol en vitamine c samen gebruiken", "hvad koster forsendelsen", "har ni något för torr hud", "gdzie jest moje zamówienie",
    "siparişim nerede", "nasaan na po ang order ko", "tôi muốn mua kem chống nắng", "kitne din me delivery hoti hai", "Какая погода сегодня", "هل تتكلم العربية",
    "ελληνικά μιλάς", "สวัสดีครับ", "क्या आप हिंदी बोलते हैं",
])
def test_another_language_is_none_of_those_answered_in(text: str) -> None:
    assert languages().written_in(text) not in answered_in() - {"en"}


@pytest.mark.parametrize(("text", "code"), [
    ("Beauty of Joseon 있어요?", "ko"), ("BHA 추천", "ko"), ("COSRX Snail Mucin Essenceの使い方", "ja"), ("在庫ありますか", "ja"), ("COSRX Snail Mucin Essence怎么用", "zh"),
    ("le rétinol le matin ou le soir", "fr"), ("el cupón no funciona", "es"), ("AHA oder BHA bei großen Poren", "de"), ("was kostet der versand", "de"),
    ("QUIERO DEVOLVER MI PEDIDO", "es"), ("où est\nma commande", "fr"), ("qu’est-ce que c’est", "fr"), ("Привет, есть сыворотка?", "ru"), ("ᚠᚢᚦ", UNKNOWN),
])
def test_few_words_beside_names(text: str, code: str) -> None:
    assert languages().written_in(text) == code


def test_letters_of_names_tell_nothing() -> None:
    text = "나이아신아마이드 세럼"
    assert languages().written_in(text) == "ko"
    assert languages().written_in(text, [(0, 8), (9, 11)]) == ""
    assert languages().written_in("Torriden Serum 있어요?", [(0, 14)]) == "ko"


@pytest.mark.parametrize("content", ["", "english: [the]", "{english: [the], own: {de: 1}, joining: {}, spoken: {}}", "own: ["])
def test_a_mistake_in_the_words_is_named(content: str, tmp_path: Path) -> None:
    broken = tmp_path / FILE.name
    broken.write_text(content, encoding="utf-8")
    with pytest.raises(LanguageError, match=r"_languages\.yml cannot be used"):
        Languages.load(broken)
    with pytest.raises(LanguageError, match="cannot be used"):
        Languages.load(tmp_path / "none.yml")
