"""Regions of a country in addresses: by what people call them, and by the beginning of a postcode."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Mapping

import yaml

from bot.paths import DATA

FILE = DATA / "understanding" / "_regions.yml"


def region_named(name: str, country: str) -> str:
    """The code of a region by its name or code; empty where the country has none of it."""
    told = " ".join(name.lower().split())
    regions = _regions(country)
    return next((code for code, one in regions.items() if told == code.lower() or told in one["names"]), "")


def region_of(postcode: str, country: str) -> str:
    """The code of the region in which a postcode lies; empty where it is not known."""
    digits = int(_countries().get(country.upper(), {}).get("digits", 0))
    start = postcode.strip()[:digits]
    if not digits or len(start) < digits or not start.isdecimal():
        return ""
    return next((code for code, one in _regions(country).items() if any(_within(start, row) for row in one["postcodes"])), "")


def _within(start: str, row: str) -> bool:
    first, last = row.split("-")
    return first <= start <= last


def _regions(country: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _countries().get(country.upper(), {}).get("regions", {})
    return found


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Any]:
    """Raises OSError or YAMLError where the file cannot be read."""
    found: Mapping[str, Any] = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found
