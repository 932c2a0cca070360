"""What somebody is allergic to, told in their own words."""

from __future__ import annotations

import pytest

from bot.understanding.allergies import AllergyFinder, Told
from bot.understanding.frame import Mention
from bot.understanding.plain import Spoken, words
from bot.understanding.reader import FOLDER

FINDER = AllergyFinder.load(FOLDER)


def told(text: str, *subjects: str) -> Told:
    """What a message tells in which these words name subjects."""
    mentions = [Mention("ingredient", one, one, text.index(one), text.index(one) + len(one)) for one in subjects]
    tokens, place = [], 0
    for word in text.replace(",", " ,").replace("?", " ?").split():
        place = text.index(word, place)
        tokens.append(Spoken(word, word, place))
        place += len(word)
    return FINDER.find(words(tokens, mentions, 0, len(text) + 1))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("i am allergic to salmon", ("salmon",)),
        ("allergic to latex and rubber gloves , what now", ("latex", "rubber gloves")),
        ("my severe nut allergy", ("nut",)),
        ("ragweed gives me a rash", ("ragweed",)),
        ("eating lupin makes my throat swell", ("lupin",)),
        ("salmon = itchy throat , can i use it", ("salmon",)),
        ("wool and me do not get along", ("wool",)),
        ("i can not tolerate dairy , is it ok", ("dairy",)),
        ("she reacts badly to nickel", ("nickel",)),
        ("hives from eating wheat", ("wheat",)),
        ("can not have lanolin , comes up in hives", ("lanolin",)),
        ("positive to nickel", ("nickel",)),
        ("a bad reaction to lupin", ("lupin",)),
        ("oats always make me itch", ("oats",)),
        ("peanuts make my throat close", ("peanuts",)),
        ("bee stings put me in hospital once", ("bee stings",)),
    ],
)
def test_a_name_is_found_in_any_way_of_telling(text: str, names: tuple[str, ...]) -> None:
    assert told(text).names == names


@pytest.mark.parametrize(
    "text",
    [
        "i am not allergic to nuts",
        "am i allergic to perfume",
        "could i be allergic to something",
        "it gives me a rash",
        "i get a rash from shaving",
        "the heat makes me itch",
        "my skin is allergic to everything",
        "how do i use an ampoule",
    ],
)
def test_nothing_is_taken_for_an_allergen(text: str) -> None:
    assert told(text).names == ()


def test_a_denied_allergy_is_known_to_be_denied() -> None:
    assert told("i am not allergic to nuts").denied
    assert not told("i am allergic to nuts").denied


@pytest.mark.parametrize("text", ["honey makes me itch", "allergic to honey", "a rash from honey", "i have a honey allergy"])
def test_a_subject_is_found_as_a_mention(text: str) -> None:
    found = told(text, "honey")
    assert [one.id for one in found.mentions] == ["honey"] and found.names == ()


def test_a_sentence_ends_what_is_denied() -> None:
    assert told("i never had trouble . allergic to egg").names == ("egg",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("i keep an epi - pen for walnuts", ("walnuts",)),
        ("two adrenaline pens because of shrimp", ("shrimp",)),
        ("ended up in a&e after sesame", ("sesame",)),
        ("cashews nearly killed me", ("cashews",)),
        ("hornets could kill him", ("hornets",)),
        ("i am anaphylactic to latex", ("latex",)),
        ("squid once sent me to hospital", ("squid",)),
        ("lupin is why i carry an epipen", ("lupin",)),
        ("almost died from a kiwi", ("kiwi",)),
    ],
)
def test_a_severe_reaction_is_told_by_what_came_of_it(text: str, names: tuple[str, ...]) -> None:
    found = told(text)
    assert found.names == names and found.severe


@pytest.mark.parametrize("text", ["i am allergic to salmon", "ragweed gives me a rash", "an epipen is no toy", "the hospital was nice", "it nearly killed me"])
def test_what_is_told_of_nothing_or_of_a_mild_reaction_is_not_severe(text: str) -> None:
    assert not told(text).severe
