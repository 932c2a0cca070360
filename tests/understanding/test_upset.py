"""Anger, sarcasm, threats, fraud and demands for data are told from what only sounds like them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
import yaml

from bot.nlu.hearing import hearer
from bot.understanding.asked import AskedFinder
from bot.understanding.asked_check import mistakes
from bot.understanding.frame import UNSURE
from bot.understanding.upset import FOLDER, Upset, finder
from tests.understanding.reading import read, reader
from tests.understanding.test_topics import examples, plain

CALM = ["find_product", "price", "stock", "thank", "packaging", "vegan", "start_finder", "product_ingredients", "affirm", "deny", "discount"]


@lru_cache(maxsize=1)
def upset() -> AskedFinder[Upset]:
    return finder()


def told(text: str) -> str:
    """What is found where the classifier has no idea."""
    found = upset().find(replace(read(text, "human"), band=UNSURE))
    return found.name if found else ""


def test_every_example_belongs_to_one_entry() -> None:
    assert mistakes(upset(), reader(), hearer(), "upset") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("your customer care is simply awful", "service"),
        ("that was my last time, i'll never shop with you again", "service"),
        ("sixth mail i write and nobody answers", "waiting"),
        ("I am absolutely livid", "feeling"),
        ("you must be joking", "feeling"),
        ("where do I lodge a complaint?", "complaint"),
        ("what a stupid bot", "bot_failed"),
        ("Superb delivery, still nothing after four weeks", "late_again"),
        ("Bravo. Another shattered jar.", "spoilt_again"),
        ("expect a terrible rating on google", "bad_review"),
        ("i'm going to inform trading standards", "authority"),
        ("you'll get a letter from our solicitor", "legal"),
        ("i asked paypal for a chargeback", "chargeback"),
        ("you're nothing but thieves", "scam"),
        ("a hacker got into my profile", "hacked"),
        ("somebody ordered with my credit card", "stolen_card"),
        ("i got a weird sms about a parcel fee", "phishing"),
        ("send me a copy of my personal data", "data_request"),
        ("my phone number was leaked", "data_breach"),
    ],
)
def test_who_is_upset_is_heard(text: str, name: str) -> None:
    assert told(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "my skin is livid after the peel", "what calms angry skin", "my face is mad at me", "this cream is killing my dry patches", "i'm sick of my pores",
        "is the hype about snail mucin a scam", "the worst thing for eczema", "your support helped me, great service", "lovely, it came a week early",
        "a crime not to wear spf", "report how my skin does", "my lawyer friend says retinol is fine in summer", "is there data on peptides",
        "forget the toner", "how do i get rid of stubborn spots", "nobody answered whether aha is fine with bha", "i waste so much serum with this dropper",
    ],
)
def test_what_sounds_like_it_is_not(text: str) -> None:
    found = upset().find(read(text, "can_use"))
    assert found is None


def test_hardly_an_example_of_a_calm_question_is_upset() -> None:
    skincare = yaml.safe_load((FOLDER / "_kinds.yml").read_text(encoding="utf-8"))["skincare"]
    asked = examples(*skincare, *CALM)[::2]
    found = [text for kind, text in asked if upset().find(replace(plain(text, kind), band=UNSURE))]
    assert len(found) * 1000 < len(asked), found
