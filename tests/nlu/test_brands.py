"""Brands in a message: the shop's own by a telling word, those of the knowledge by their names, each at its place."""

from __future__ import annotations

import pytest

from bot.nlu.names.brands import BrandFinder
from bot.nlu.names.product_names import ProductNames
from bot.nlu.written_words import written
from tests.knowledge import knowledge


@pytest.fixture
def finder(sample_names: ProductNames) -> BrandFinder:
    return BrandFinder(knowledge(), sample_names)


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("what do you have from narusol?", ["Narusol"]),
        ("show me saebyok derm and Haneul Dew", ["Saebyeok Derm", "Haneul Dew"]),
        ("anything by bomnal", ["Bomnal Garden"]),
        ("haneuldew serums", ["Haneul Dew"]),
        ("is Baramsol's mist good", ["Baramsol"]),
        ("do you have COSRX or dr. jart?", ["COSRX", "Dr. Jart+"]),
        ("isn't tree toner", ["Isntree"]),
        ("a cream by It's Skin", ["It's Skin"]),
        ("paulas choice", ["Paula's Choice"]),
        ("코스알엑스에서 토너", ["COSRX"]),
    ],
)
def test_brands_are_found(finder: BrandFinder, text: str, brands: list[str]) -> None:
    assert [one.name for one in finder.find(text, list(written(text)))] == brands


@pytest.mark.parametrize("text", ["my garden is full of dew", "is it skin safe?", "its skin is clear", ""])
def test_ordinary_words_are_no_brand(finder: BrandFinder, text: str) -> None:
    assert finder.find(text, list(written(text))) == []


def test_a_brand_stands_where_it_is_written(finder: BrandFinder) -> None:
    text = "Something like Beauty of Joseon, but by Haneul Dew"
    assert [text[one.start : one.end] for one in finder.find(text, list(written(text)))] == ["Beauty of Joseon", "Haneul Dew"]
