"""Addresses in messages: whole ones of several countries, an apartment alone, and what is no address."""

from __future__ import annotations

import pytest

from bot.understanding.addresses import Told, address_in


@pytest.mark.parametrize(("text", "told"), [
    ("9 Lake St, Apt 2, Troy, NY 12180", Told("9 Lake St", "Apt 2", "Troy", "NY", "12180")),
    ("please send it to 9 Lake St, Troy, NY 12180, USA", Told("9 Lake St", "", "Troy", "NY", "12180", "US")),
    ("Neue Str. 5, 04277 Leipzig, Germany", Told("Neue Str. 5", "", "Leipzig", "", "04277", "DE")),
    ("Jane Roe\n10 Downing Street\nLondon SW1A 2AA", Told("10 Downing Street", "", "London", "", "SW1A 2AA")),
    ("change the address to 12 Oak Ave, Queens, NY 11373 please", Told("12 Oak Ave", "", "Queens", "NY", "11373")),
])
def test_whole_addresses(text: str, told: Told) -> None:
    assert address_in(text) == told and told.whole


@pytest.mark.parametrize("text", ["Suite 305 instead", "deliver my order to apt 4b instead", "Apt. 7"])
def test_an_apartment_alone(text: str) -> None:
    assert address_in(text).only_unit


@pytest.mark.parametrize("text", ["9 Lake St", "the address is wrong", "", "no", "to my office", ", , ,"])
def test_what_is_not_whole(text: str) -> None:
    assert not address_in(text).whole and not address_in(text).only_unit
