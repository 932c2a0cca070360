"""Searches through the door: what the finder asks, hears and finds, and what interrupts it. The kind is what a classifier would
guess, where it matters."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.answers.door import Place, reply
from bot.answers.noting import Note
from bot.answers.resources import Resources
from bot.understanding.finder import is_open
from bot.understanding.memory import Memory
from tests.understanding.reading import frame

HERE = Place("", "rest", 0.0)
START, TELL, DENY = "start_finder", "tell_profile", "deny"


class Search:
    """A conversation in which somebody looks for a product."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.memory = Memory()

    def says(self, text: str, kind: str = TELL, **fields: Any) -> str:
        """The answer to a message that a classifier took for this kind."""
        messages, self.memory = reply([frame(text, kind, **fields)], self.memory, HERE, self.resources)
        return "\n".join(message.text for message in messages)

    def begun(self, *answers: str, start: str = "help me choose") -> str:
        """The answer to the last of these, after a search was begun."""
        said = self.says(start, START)
        for answer in answers:
            said = self.says(answer)
        return said


@pytest.fixture
def search(stocked: Resources) -> Search:
    """A new conversation."""
    return Search(stocked)


def test_a_question_tells_its_place_and_can_be_gone_back_to(search: Search) -> None:
    def asked(text: str, kind: str = TELL) -> tuple[Any, list[str]]:
        messages, search.memory = reply([frame(text, kind)], search.memory, HERE, search.resources)
        return messages[-1].payload["progress"], [one["title"] for one in messages[-1].buttons]

    place, buttons = asked("help me choose", START)
    assert place == {"at": 1, "of": 6} and "Back" not in buttons
    place, buttons = asked("Dark spots")
    assert place == {"at": 2, "of": 6} and "Back" in buttons
    assert asked("Every day")[0]["at"] == 3
    assert asked("Go back")[0]["at"] == 2
    assert search.memory.finder is not None and search.memory.finder.need == ""
    search.says("Skin crisis")
    assert search.memory.finder.need == "crisis"
    # What was told of a pregnancy outside stays.
    search.says("Oily")
    search.says("Both")
    assert "sensitive" in search.says("back") and search.memory.person.pregnant


def test_a_question_that_is_asked_again_keeps_its_place(search: Search) -> None:
    search.says("help me choose", START)
    (message,), search.memory = reply([frame("dry skin", TELL)], search.memory, HERE, search.resources)
    assert message.payload["finder"] == "concern" and message.payload["progress"] == {"at": 1, "of": 5}


def test_several_answers_are_taken_at_once(search: Search) -> None:
    (message,), search.memory = reply([frame("help me choose", START)], search.memory, HERE, search.resources)
    of = message.payload["several"]["of"]
    assert message.payload["several"]["most"] == 2 and "Skip" not in of and len(of) == 5
    search.says(", ".join(of[:2]))
    assert search.memory.finder is not None and search.memory.finder.concerns == ("dark_spots", "dryness")
    asked = [search.says(one) for one in ("every day", "oily", "neither")][-1]
    assert "something strong" in asked
    search.says("Retinol, Vitamin C")
    assert set(search.memory.finder.uses) == {"retinol", "ascorbic_acid"}


def test_six_questions_lead_to_products_with_reasons(search: Search) -> None:
    assert "skip any question" in search.says("help me choose", START)
    asked = [search.says(one) for one in ("Dark spots", "Every day", "Oily", "Neither", "Nothing")]
    for text, expected in zip(asked, ("skin crisis", "skin type", "sensitive, or are you pregnant", "something strong", "spend at most")):
        assert expected in text
    found = search.says("No budget", DENY)
    assert "For dark spots" in found and "Daybreak C15 Serum" in found and "has vitamin C" in found
    assert search.memory.shown.listed == search.memory.finder.shown  # type: ignore[union-attr]
    why = search.says("why this one?", "source")
    assert "has vitamin C for dark spots" in why and re.search(r"looked at \d+ products", why)
    more = search.says("show me more", "show_more")
    assert re.search("fit next best|everything in the shop", more)


def test_every_question_can_be_skipped(search: Search) -> None:
    assert "For everyday care" in search.begun("skip", "don't know", "no idea", "prefer not to say", "skip", "doesn't matter")


def test_a_crisis_leads_to_an_ampoule(search: Search) -> None:
    found = search.begun("my skin barrier is damaged", "it's a crisis right now", "dry", "sensitive", "nothing", "no limit")
    assert "mpoule**" in found and "two to three times a week" in found and "Serum**" not in found


def test_the_kind_asked_for_needs_no_question(search: Search) -> None:
    assert "skin type" in search.begun("fine lines", start="find me the right ampoule")


def test_what_is_known_is_not_asked(search: Search) -> None:
    search.says("my skin is oily and sensitive, i'm pregnant and i have acne")
    assert "skin crisis" in search.begun()
    found = search.begun("every day", "no", "no limit")
    assert "acne" in found and "pregnancy" in found and not re.search("BHA|Retin", found)


def test_a_denied_pregnancy_is_not_asked_about(search: Search) -> None:
    search.says("i'm not pregnant")
    asked = search.begun("redness", "every day", "dry")
    assert "Is your skin sensitive?" in asked and "pregnant" not in asked


def test_an_answer_can_be_corrected_at_any_time(search: Search) -> None:
    assert "changed that" in search.begun("dryness", "every day", "dry", "actually oily")
    assert "changed that" in search.says("sorry, my main concern is dark spots")
    found = [search.says(one) for one in ("no", "no", "no budget")][-1]
    assert "For dark spots, oily skin" in found


def test_a_correction_after_the_result_looks_again(search: Search) -> None:
    assert "Retinol Seedling" in search.begun("fine lines", "every day", "normal", "neither", "nothing", "under 40")
    again = search.says("actually i'm pregnant", "pregnancy")
    assert "For fine lines" in again and "pregnancy" in again and "Retin" not in again
    assert "nothing in stock that fits" in search.says("and my budget is 10")


def test_questions_interrupt_it_and_it_goes_on(search: Search) -> None:
    search.begun("redness")
    what = search.says("what is centella?", "what_is")
    assert "entella" in what and "Back to finding your product." in what and "skin crisis" in what
    assert "skin type" in search.says("every day")
    assert is_open(search.memory)


def test_an_interruption_may_answer_a_question(search: Search) -> None:
    search.begun("redness", "every day")
    asked = search.says("what serum suits my dry skin?", "for_skin_type")
    assert "Is your skin sensitive" in asked or "sensitive, or are you" in asked
    assert search.memory.finder is not None and search.memory.finder.step == "sensitive"


def test_two_answers_at_once(search: Search) -> None:
    assert "skin crisis" in search.begun("dark spots, and my skin is oily")
    assert "sensitive, or are you" in search.says("for every day, and i'd like to stay under 40")
    assert "Daybreak" in [search.says("neither"), search.says("i don't use anything")][-1]


@pytest.mark.parametrize(("text", "kind"), [("no thanks", DENY), ("bye", "goodbye"), ("stop", DENY), ("never mind", DENY)])
def test_it_stops(search: Search, text: str, kind: str) -> None:
    search.says("what should i buy", START)
    assert "I've stopped" in search.says(text, kind)
    assert "Back to finding" not in search.says("what is niacinamide", "what_is")


def test_what_is_not_understood_is_asked_again_and_then_left_out(search: Search) -> None:
    search.says("quiz", START)
    assert "didn't get that" in search.says("blabla bla", "order_status", band="lost")
    assert "leave that one out" in search.says("asdf qwer", "order_status", band="lost")


def test_a_red_flag_ends_it(search: Search) -> None:
    search.begun("acne")
    said = search.says("my lips are swollen and i can't breathe", "report_reaction")
    assert "emergency" in said and "Back to finding" not in said and not is_open(search.memory)
    assert "doctor" in search.says("help me choose", START) and not is_open(search.memory)


def test_starting_over_ends_it(search: Search) -> None:
    search.begun("acne")
    assert "Back to finding" not in search.says("start over", "start_over")
    assert not is_open(search.memory)


def test_allergies_and_a_young_age_are_kept_to(search: Search) -> None:
    search.says("quiz", START)
    assert "Noted" in search.says("i'm allergic to fragrance", "allergy")
    found = [search.says(one) for one in ("fine lines", "every day", "dry", "neither", "nothing", "no limit")][-1]
    assert "fine lines" in found and not re.search("Bakuchi Plum|Ginseng Ember", found)
    young = Search(search.resources)
    young.says("quiz", START)
    young.says("i'm 15")
    found = [young.says(one) for one in ("acne", "every day", "oily", "no", "nothing", "no limit")][-1]
    assert "at 15" in found and not re.search("Teatree Reset|Sebum Serum|BHA", found)


def test_nothing_found_says_what_stands_in_the_way(search: Search) -> None:
    found = search.begun("fine lines", "oily", "no", "no", "under 10", start="find me the right ampoule")
    assert "nothing in stock that fits" in found and "up to 10.00 USD" in found and "Without the price limit" in found


def test_what_is_missing_is_noted_without_what_it_should_help_against(search: Search) -> None:
    search.begun("fine lines", "oily", "no", "no", start="find me the right ampoule")
    notes: list[Note] = []
    reply([frame("under 10", TELL)], search.memory, HERE, search.resources, (), notes)
    assert [one.lacks for one in notes] == [("ampoule under 10.00 USD",)]


def test_a_search_for_a_child_is_for_the_child(search: Search) -> None:
    search.says("i have fine lines and dry skin")
    search.says("help me choose something for my daughter, she is 10", START)
    assert search.memory.finder is not None and search.memory.finder.whom == "daughter"
    found = [search.says(one) for one in ("acne", "every day", "oily", "no", "nothing", "no limit")][-1]
    assert "at 10" in found and "fine lines" not in found
    assert search.memory.person.skin_types == ("dry",) and search.memory.person.age is None


def test_another_wish_after_the_result_begins_anew(search: Search) -> None:
    search.begun("dryness", "every day", "dry", "neither", "nothing", "no limit")
    search.says("help me choose a toner", START)
    assert search.memory.finder is not None and search.memory.finder.types == ("toner",)


def test_the_talk_of_other_products_ends_the_result(search: Search) -> None:
    search.begun("dryness", "every day", "dry", "neither", "nothing", "no limit")
    search.says("show me cleansers", "find_product")
    assert search.memory.finder is not None and not search.memory.finder.shown
