"""Countries in a message, by their codes and names."""

from __future__ import annotations

import pytest

from bot.nlu.countries import countries_in, country_name, find_countries
from bot.nlu.written_words import written


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ("do you ship to Brazil", ["BR"]),
        ("can you ship to us?", []),
        ("deliver to the UK or the USA?", ["GB", "US"]),
        ("south korea and germany", ["KR", "DE"]),
        ("독일", ["DE"]),
        ("is France's post slower than that of France", ["FR"]),
        ("how long does delivery take", []),
    ],
)
def test_countries_are_read(message: str, codes: list[str]) -> None:
    assert [code for code, _ in countries_in(message)] == codes


def test_a_country_stands_where_it_is_written() -> None:
    text = "to the Netherlands, or (South Korea)?"
    assert [text[one.start : one.end] for one in find_countries(list(written(text)))] == ["the Netherlands", "South Korea"]


def test_a_name_has_the_article_that_stands_behind_to() -> None:
    assert (country_name("GB"), country_name("FR")) == ("the United Kingdom", "France")
    with pytest.raises(KeyError):
        country_name("XX")
