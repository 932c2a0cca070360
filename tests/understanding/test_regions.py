"""Regions of addresses: by name, by code, by postcode; whether or not a comma stands before them."""

from __future__ import annotations

import pytest

from bot.understanding.addresses import address_in
from bot.understanding.regions import region_named, region_of


@pytest.mark.parametrize(("name", "code"), [("Illinois", "IL"), ("new  york", "NY"), ("tx", "TX"), ("Bavaria", ""), ("", "")])
def test_a_region_is_found_by_its_name_or_code(name: str, code: str) -> None:
    assert region_named(name, "US") == code and region_named(name, "DE") == ""


@pytest.mark.parametrize(("postcode", "code"), [("10001", "NY"), ("20353", "DC"), ("73301", "TX"), ("62701-1234", "IL"), ("99999x", "AK"), ("12", ""), ("SW1A 1AA", ""), ("00000", "")])
def test_a_postcode_tells_the_region(postcode: str, code: str) -> None:
    assert region_of(postcode, "US") == code and region_of(postcode, "") == ""


@pytest.mark.parametrize(
    ("text", "city", "region"),
    [
        ("9 Lake St, Troy, NY, 12180", "Troy", "NY"),
        ("9 Lake St, Troy, New York 12180", "Troy", "NY"),
        ("9 Lake St, Apt 2, Troy, New York, 12180", "Troy", "NY"),
        ("9 Lake St, New York, 10001", "New York", ""),
        ("to my new home: 9 Lake St, Troy, NY 12180", "Troy", "NY"),
        ("9 Lake St, New York, New York 10001", "New York", "NY"),
        ("9 Lake St, Washington 98101", "Washington", ""),
        ("Neue Str. 5, 04277 Leipzig, Germany", "Leipzig", ""),
    ],
)
def test_the_city_is_never_taken_for_its_region(text: str, city: str, region: str) -> None:
    told = address_in(text)
    assert (told.city, told.region, told.whole) == (city, region, True) and told.line1 in ("9 Lake St", "Neue Str. 5")
