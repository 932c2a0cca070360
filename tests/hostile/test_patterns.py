"""Every regular expression of the project takes time in proportion to the text, whatever the text is."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.channels.telegram.updates import _name_pattern
from bot.settings import Settings
from tests.hostile.machine import slowness
from tests.hostile.texts import repeats, unknown_words

pytestmark = pytest.mark.alone
LONGEST: int = Settings.__fields__["longest_message"].default
MOST_MS = 5.0
TRIES = 4
TEXTS = {**repeats(LONGEST), **unknown_words(LONGEST)}
NO_MODULES = ("bot.cli.__main__", "bot.nlu.encoder.__main__", "bot.store.migrations.env")
MAKING = {"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"}


def modules() -> list[Any]:
    """Every module of the project."""
    names = [found.name for found in pkgutil.walk_packages(bot.__path__, "bot.")]
    return [importlib.import_module(name) for name in names if name not in NO_MODULES]


def patterns() -> dict[str, re.Pattern[str]]:
    """The project's regular expressions by where they stand: those that modules and classes hold, those that stand in
    a call of `re` within a function, and one that a function makes of a name."""
    found = {"bot.channels.telegram.updates._name_pattern": _name_pattern("a_bot")}
    for module in modules():
        held = set()
        for name, value in _held(module):
            found[f"{module.__name__}.{name}"] = value
            held.add(value.pattern)
        for line, pattern in _in_calls(Path(module.__file__)):
            if pattern.pattern not in held:
                found[f"{module.__name__}:{line}"] = pattern
    return found


def _held(module: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    classes = [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]
    for holder in (module, *classes):
        for name, value in list(vars(holder).items()):
            yield from ((f"{name}[{place}]", one) for place, one in enumerate(_patterns_in(value)))


def _patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    """The patterns in a value: itself, what a method such as `PATTERN.fullmatch` belongs to, what stands in a list."""
    value = getattr(value, "__self__", value)
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _patterns_in(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _patterns_in(one)


def _in_calls(file: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Patterns that stand as a plain text in a call such as `re.sub(r"\\s", ...)`."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in MAKING
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.lineno, re.compile(node.args[0].value)


PATTERNS = patterns()


def milliseconds(pattern: re.Pattern[Any], text: str) -> float:
    """CPU time of finding all that matches, the best of a few tries; where it is over the limit, as on the machine where that was set."""
    sent: Any = text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text
    best = float("inf")
    for _ in range(TRIES):
        began = time.thread_time()
        for _match in pattern.finditer(sent):
            pass
        spent = (time.thread_time() - began) * 1000
        best = min(best, spent if spent <= MOST_MS else spent / slowness())
        if best <= MOST_MS:
            break
    return best


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 60
    names = " ".join(PATTERNS)
    assert all(part in names for part in ("labels.parsing.HEADING", "incoming.PAGE_FIELDS", "nlu.numbers.PATTERNS[3]", "inci:"))


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_quick_whatever_the_text(name: str) -> None:
    slow = {text: round(spent) for text, sent in TEXTS.items() if (spent := milliseconds(PATTERNS[name], sent)) > MOST_MS}
    assert not slow
