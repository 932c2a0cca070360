"""An update of the project over an owner's folder: all of theirs is kept, what both changed is found, and what they choose counts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import phrases as wording
from bot.home import origins as beside
from bot.home.choosing import Choosing, written
from bot.home.folder import SHOP, Home, HomeError
from bot.home.origins import Conflict, conflicts, note
from bot.home.versions import Versions
from bot.phrases import PhraseError, own_phrases, project_phrases
from bot.rules.knowledge import KnowledgeError, load
from bot.settings import Settings
from bot.store.policies import load_shop
from bot.teaching.carrying import mistakes
from tests.home.updating import BRANDS, WORDING, Changing, own_changes


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Changing:
    """A project of a test's own."""
    (tmp_path / "project").mkdir()
    made = Changing(tmp_path / "project")
    monkeypatch.setattr(beside, "the_project", lambda: made.project)
    monkeypatch.setattr(wording, "RESPONSES", made.project.responses)
    return made


@pytest.fixture
def choosing(home: Home, changing: Changing) -> Choosing:
    """Chooses, with everything looked over as at the desk."""
    chosen = Settings(shop=changing.project.shop, knowledge=changing.project.knowledge, shop_home=home.folder)
    return Choosing(home, lambda texts: mistakes(texts, chosen))


def update(changing: Changing) -> list[str]:
    """Changes of the project in eight of an owner's forty places, and in others; gives the eight."""
    shop = yaml.safe_load(changing.project.shop.read_text(encoding="utf-8"))
    policy, dropped = list(shop["policies"])[:2]
    topic = next(name for name in shop["topics"] if "say" in shop["topics"][name])
    changing.shop(lambda content: (
        content["policies"][policy].update(say="The project's new words."), content["policies"].pop(dropped), content["topics"][topic].update(say="New."),
        content.update(about="A shop that the project tells of otherwise."),
    ))  # fmt: skip
    content = yaml.safe_load((changing.project.responses / "en" / "desk.yml").read_text(encoding="utf-8"))["wording"]
    first, second, gone, braced = [key for key, entry in content.items() if isinstance(entry, str)][:4]
    changing.wording(lambda words: (words.update({first: f"{words[first]} Really.", second: f"{words[second]} Really.", braced: "Now with {other}."}), words.pop(gone)))
    changing.brands(lambda brands: brands.update(own_2={"name": "Own Two"}, brand_new={"name": "Brand New"}))
    places = [f"{SHOP}: policies.{policy}.say", f"{SHOP}: policies.{dropped}.say", f"{SHOP}: topics.{topic}.say"]
    return sorted([*places, *(f"{WORDING}: {key}" for key in (first, second, gone, braced)), f"{BRANDS}: own_2"])


def used_wording(home: Home) -> set[str]:
    """The keys of the owner's wording that count."""
    known, protected = project_phrases()
    return set(own_phrases(home.responses("en"), known["en"], protected).keys)


def at(home: Home, words: str) -> Conflict:
    """The conflict at a place."""
    return next(one for one in conflicts(home) if one.place.words == words)


def test_forty_own_changes_over_a_changed_project_are_all_kept_and_conflicts_found(home: Home, changing: Changing) -> None:
    texts = own_changes(home, changing)
    assert conflicts(home) == []
    places = update(changing)
    assert sorted(one.place.words for one in conflicts(home)) == places
    assert {name: home.text(name) for name in texts} == texts
    shop = load_shop(changing.project.shop, home.folder)
    own = yaml.safe_load(texts[SHOP])
    for group in ("policies", "topics"):
        assert {name: getattr(shop, group)[name].say for name in own[group]} == {name: entry["say"] for name, entry in own[group].items()}
    assert shop.about == "A shop that the project tells of otherwise."
    lost = {one.place.keys[1] for one in conflicts(home) if one.place.file == WORDING and (one.now is None or "{other}" in one.now)}
    assert used_wording(home) == set(yaml.safe_load(texts[WORDING])["wording"]) - lost and len(lost) == 2
    brands = load(changing.project.knowledge, home.folder / "knowledge").brands
    assert [brands[f"own_{number}"].name for number in range(5)] == ["Own 0", "Own 1", "Own Two", "Own 3", "Own 4"]


def test_both_sides_and_what_was_before_are_shown(home: Home, changing: Changing) -> None:
    own_changes(home, changing)
    before = yaml.safe_load(changing.project.shop.read_text(encoding="utf-8"))["policies"]
    update(changing)
    found = next(one for one in conflicts(home) if one.now == "The project's new words.")
    name = found.place.keys[1]
    assert (found.own, found.before) == (f"My {name}.", before[name]["say"]) and found.place.words == f"shop.yml: policies.{name}.say"
    assert [one.before for one in conflicts(home) if one.place.file == BRANDS] == [None]


def test_each_choice_ends_its_conflict_and_goes_back(home: Home, changing: Changing, choosing: Choosing) -> None:
    own_changes(home, changing)
    places = update(changing)
    policy = next(one for one in conflicts(home) if one.now == "The project's new words.").place.words
    word = next(one for one in conflicts(home) if str(one.now).endswith("Really.")).place.words
    choosing.keep(at(home, policy), "Mina")
    choosing.take(at(home, word), "Mina")
    topic = next(one for one in places if "topics." in one)
    choosing.write(at(home, topic), "Something new.\r\n", "Mina")
    choosing.take(at(home, f"{BRANDS}: own_2"), "Mina")
    left = {one.place.words for one in conflicts(home)}
    assert left == set(places) - {policy, word, topic, f"{BRANDS}: own_2"}
    shop = load_shop(changing.project.shop, home.folder)
    assert shop.policies[policy.split(".")[2]].say == f"My {policy.split('.')[2]}." and shop.topics[topic.split(".")[2]].say == "Something new."
    assert word.split(": ")[1] not in (home.text(WORDING) or "") and "own_2" not in (home.text(BRANDS) or "")
    assert [one.what.split(":")[0] for one in Versions(home).all()[:4]] == ["Taken from an update", "Written over an update", "Taken from an update", "Kept over an update"]
    Versions(home).back("Mina", Versions(home).all()[3].number)
    assert sorted(one.place.words for one in conflicts(home)) == places


def test_the_next_update_of_what_was_kept_is_a_conflict_again(home: Home, changing: Changing, choosing: Choosing) -> None:
    own_changes(home, changing)
    update(changing)
    found = next(one for one in conflicts(home) if one.now == "The project's new words.")
    choosing.keep(found, "Mina")
    changing.shop(lambda content: content["policies"][found.place.keys[1]].update(say="Newer words."))
    again = at(home, found.place.words)
    assert (again.before, again.now) == ("The project's new words.", "Newer words.")


def test_the_same_change_on_both_sides_is_none(home: Home, changing: Changing) -> None:
    own_changes(home, changing)
    name = next(iter(yaml.safe_load(home.text(SHOP) or "")["policies"]))
    changing.shop(lambda content: content["policies"][name].update(say=f"My {name}."))
    assert conflicts(home) == []


def test_knowledge_is_given_another_name_and_never_replaced(home: Home, changing: Changing, choosing: Choosing) -> None:
    own_changes(home, changing)
    update(changing)
    found = at(home, f"{BRANDS}: own_2")
    for text, why in (("own_2:\n  name: Mine\n", "another name|entry of this name"), ("own_3:\n  name: Mine\n", "own_3 already"), ("- a", "one entry"), ("a: [", "no YAML")):
        with pytest.raises(HomeError, match=why):
            choosing.write(found, text, "Mina")
    with pytest.raises(HomeError, match="not replaced"):
        choosing.keep(found, "Mina")
    choosing.write(found, "mine_2:\n  name: Mine\n", "Mina")
    brands = load(changing.project.knowledge, home.folder / "knowledge").brands
    assert (brands["own_2"].name, brands["mine_2"].name) == ("Own Two", "Mine") and not [one for one in conflicts(home) if one.place.file == BRANDS]


def test_what_cannot_be_used_is_refused_and_changes_nothing(home: Home, changing: Changing, choosing: Choosing) -> None:
    own_changes(home, changing)
    update(changing)
    before = home.text(WORDING)
    braced = next(one for one in conflicts(home) if one.now == "Now with {other}.")
    with pytest.raises(HomeError, match="in braces"):
        choosing.keep(braced, "Mina")
    for text in ("Without.", " "):
        with pytest.raises(HomeError):
            choosing.write(braced, text, "Mina")
    assert home.text(WORDING) == before
    choosing.write(braced, "Mine with {other}.", "Mina")
    assert braced.place.keys[1] in used_wording(home)


def test_a_mistake_that_no_update_made_is_a_mistake_as_ever(home: Home, changing: Changing) -> None:
    home.put(WORDING, "wording:\n  no_such_key: Hello\n")
    with home.alone():
        note(home)
    with pytest.raises(PhraseError, match="no_such_key"):
        used_wording(home)
    home.put(BRANDS, "cosrx:\n  name: Mine\n" if "cosrx" in load(changing.project.knowledge).brands else f"{next(iter(load(changing.project.knowledge).brands))}:\n  name: Mine\n")
    with home.alone():
        note(home)
    with pytest.raises(KnowledgeError, match="another"):
        load(changing.project.knowledge, home.folder / "knowledge")


def test_what_keeps_people_safe_is_no_owners_to_reword_be_it_noted(home: Home) -> None:
    known, protected = project_phrases()
    key = next(one for one in sorted(protected) if "{" not in known["en"].text(one))
    home.put(WORDING, f"wording:\n  {key}: Nothing to fear.\n")
    with home.alone():
        note(home)
    with pytest.raises(PhraseError, match="keeps people safe"):
        used_wording(home)


def test_what_is_written_by_hand_is_noted_at_the_next_start_and_what_goes_is_forgotten(home: Home, changing: Changing) -> None:
    home.put(SHOP, "policies:\n  return:\n    say: By hand.\n")
    with home.alone():
        note(home)
    home.put(SHOP, "policies: [")
    with home.alone():
        note(home)
    home.put(SHOP, "policies:\n  return:\n    say: By hand.\n")
    changing.shop(lambda content: content["policies"]["return"].update(say="New."))
    assert [one.now for one in conflicts(home)] == ["New."], "a broken file forgets nothing"
    home.put(SHOP, "currency: EUR\n")
    with home.alone():
        note(home)
    assert len(list((home.folder / "origins").glob("*.json"))) == 1


def test_a_shop_of_ones_own_beside_the_sample_is_never_in_conflict(home: Home, tmp_path: Path, changing: Changing) -> None:
    changing.shop(lambda content: content.update(sample=True))
    home.put(SHOP, "name: Mine\nabout: Mine.\ncontact: {}\npolicies:\n  return:\n    say: Mine.\n")
    with home.alone():
        note(home)
    changing.shop(lambda content: content["policies"]["return"].update(say="New."))
    assert conflicts(home) == []
    shutil.rmtree(home.folder)
    assert conflicts(Home(home.folder)) == []


@pytest.mark.parametrize("value, shown", [("a\nb", "a\nb"), (None, ""), (["a", "b"], "- a\n- b\n"), (True, "true\n"), ({"name": "X"}, "name: X\n")])
def test_values_are_shown_as_they_are_written(value: Any, shown: str) -> None:
    assert written(value) == shown
