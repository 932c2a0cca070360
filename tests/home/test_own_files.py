"""What an owner wrote in files of their own lies over the project's, is checked the same way, and counts at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.answers.shop.words import shop_files
from bot.home.folder import SHOP, Home
from bot.home.merging import merged
from bot.paths import DATA
from bot.phrases import LANGUAGE, RESPONSES, PhraseError, Phrases, own_phrases
from bot.rules.knowledge import KnowledgeError, load
from bot.settings import settings
from bot.store.policies import ShopError, load_own_words, load_shop

OWN: dict[str, Any] = {"name": "Testari", "about": "A shop.", "currency": "EUR", "contact": {"email": "care@testari.example"}, "policies": {"return": {"say": "Ten days."}}}


def put(home: Home, content: Any) -> None:
    """Writes the owner's shop file."""
    home.put(SHOP, yaml.safe_dump(content))


@pytest.fixture
def owners(tmp_path: Path) -> Path:
    """A project's file that is no sample's: of an owner who changed it in its place."""
    path = tmp_path / "shop.yml"
    content = yaml.safe_load((DATA / "shop.yml").read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**content, "sample": False}), encoding="utf-8")
    return path


def test_mappings_are_laid_over_key_by_key() -> None:
    base = {"a": {"x": 1, "y": [1, 2]}, "b": 1}
    assert merged(base, {"a": {"y": [3]}, "c": 2}) == {"a": {"x": 1, "y": [3]}, "b": 1, "c": 2}
    assert base == {"a": {"x": 1, "y": [1, 2]}, "b": 1}


def test_what_the_owner_says_counts_and_the_rest_stays(owners: Path, home: Home) -> None:
    before = load_shop(owners)
    put(home, {"policies": {"return": {"say": "Ten days."}}, "topics": {"gift_cards": {"answer": True, "say": "From 10 USD."}}})
    shop = load_shop(owners, home.folder)
    assert shop.policies["return"].say == "Ten days." and shop.policies["return"].hand_over
    assert shop.topics["gift_cards"].say == "From 10 USD." and shop.policies["payment"] == before.policies["payment"]


def test_of_the_samples_words_nothing_is_left_in_a_shop_of_ones_own(home: Home) -> None:
    put(home, OWN)
    shop = load_shop(DATA / "shop.yml", home.folder)
    assert not shop.sample and shop.name == "Testari" and not shop.topics and list(shop.policies) == ["return"]


def test_beside_own_products_the_samples_words_are_not_spoken_and_the_owners_are(home: Home) -> None:
    put(home, {"topics": {"gift_cards": {"say": "From 10 USD."}}})
    files = shop_files(DATA / "shop.yml", home.folder).value
    assert files.as_it_stands.shop.topics["account"].say
    assert list(files.own.shop.topics) == ["gift_cards"] and not files.own.shop.policies and files.own.shop.currency == "USD"
    assert load_own_words(DATA / "shop.yml", home.folder / "nowhere").topics == {}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({**OWN, "colour": "green"}, "shop.yml:2: colour"), ({**OWN, "currency": "euro"}, "currency"), ({"name": "Testari"}, "about: field required"),
        ({"topics": {"gift_cards": {"says": "x"}}}, "topics.gift_cards.says"), (["a"], "shop.yml"), ({"policies": {"return": {"say": "x" * 501}}}, "policies.return.say"),
    ],
)
def test_a_mistake_is_named_in_the_owners_file(home: Home, content: Any, named: str) -> None:
    put(home, content)
    with pytest.raises(ShopError) as caught:
        load_shop(DATA / "shop.yml", home.folder)
    assert named in str(caught.value) and str(home.folder) in str(caught.value)


def test_a_change_counts_at_once_and_a_broken_file_changes_nothing(home: Home) -> None:
    files = shop_files(DATA / "shop.yml", home.folder)
    assert files.value.as_it_stands.shop.topics.get("gift_cards") is None
    put(home, {"topics": {"gift_cards": {"say": "From 10 USD."}}})
    assert files.value.as_it_stands.shop.topics["gift_cards"].say == "From 10 USD."
    home.put(SHOP, "topics: [")
    assert files.value.as_it_stands.shop.topics["gift_cards"].say == "From 10 USD."
    home.put(SHOP, None)
    assert "gift_cards" not in files.value.as_it_stands.shop.topics


def wording(home: Home, **texts: Any) -> Phrases:
    """The owner's wording over the project's."""
    known = Phrases.load(RESPONSES / LANGUAGE)
    home.put("responses/en.yml", yaml.safe_dump({"wording": texts}))
    return known.under(own_phrases(home.responses(LANGUAGE), known, frozenset({"pregnancy_avoid"})))


def test_wording_is_the_owners(home: Home) -> None:
    assert wording(home, no_policy="I was not told.").say("no_policy") == "I was not told."


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [("no_polcy", "x", "no_policy"), ("pregnancy_avoid", "Fine.", "safe"), ("topic_not_said", "I don't know.", "topic in braces"), ("no_policy", "{oops", "braces|expected")],
)
def test_wording_that_cannot_be_used_is_refused(home: Home, key: str, text: str, told: str) -> None:
    with pytest.raises(PhraseError, match=told):
        wording(home, **{key: text})


@pytest.fixture
def knowing(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The folder, as the settings name it."""
    monkeypatch.setattr("bot.rules.knowledge.settings", lambda: settings().copy(update={"shop_home": home.folder}))
    return home


def test_knowledge_is_added(knowing: Home) -> None:
    knowing.put("knowledge/brands.yml", "testari:\n  name: Testari\n")
    knowledge = load(settings().knowledge)
    assert knowledge.brands["testari"].name == "Testari" and len(knowledge.brands) > 1


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("safety.yml", "pregnancy:\n  say: All fine.\n", "can be added"), ("pairs.yml", "a: {}\n", "can be added"),
        ("ingredients.yml", "niacinamide:\n  name: Mine\n", "field required|of this name"), ("brands.yml", "testari: [", "cannot be read"),
    ],
)
def test_what_keeps_people_safe_stays(knowing: Home, file: str, text: str, told: str) -> None:
    knowing.put(f"knowledge/{file}", text)
    with pytest.raises(KnowledgeError, match=told):
        load(settings().knowledge)
