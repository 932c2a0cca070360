"""Known weaknesses of pinned packages are judged in the version that is pinned."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Callable

import pytest

from scripts import advisories


def test_every_pin_that_is_named_has_the_version_that_was_judged() -> None:
    assert advisories.problems(advisories.load(), advisories.pins()) == []


def test_the_page_is_made_of_the_file() -> None:
    assert advisories.PAGE.read_text(encoding="utf-8") == advisories.page(advisories.load()), "run scripts/advisories"


def newer(known: dict[str, Any], pinned: dict[str, str]) -> None:
    pinned["aiohttp"] = "3.9.6"


def gone(known: dict[str, Any], pinned: dict[str, str]) -> None:
    del pinned["aiohttp"]


def unexplained(known: dict[str, Any], pinned: dict[str, str]) -> None:
    del known["aiohttp"]["advisories"][0]["why"]


def exposed(known: dict[str, Any], pinned: dict[str, str]) -> None:
    known["aiohttp"]["advisories"][0]["exposed"] = "yes"


def contradicting(known: dict[str, Any], pinned: dict[str, str]) -> None:
    known["aiohttp"]["advisories"][0]["below"] = "3.9.5"


@pytest.mark.parametrize("change", [newer, gone, unexplained, exposed, contradicting])
def test_what_somebody_must_look_at_is_named(change: Callable[[dict[str, Any], dict[str, str]], None]) -> None:
    known, pinned = deepcopy(advisories.load()), dict(advisories.pins())
    change(known, pinned)
    found = advisories.problems(known, pinned)
    assert found and all("aiohttp" in problem for problem in found)
