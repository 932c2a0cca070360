"""Finds the ingredient list in a product's text and cells, and tells it from prose by how many of its names are known.

Only a list that is trusted becomes the label: what a label does not name, people take to be absent. Anything else that
was found where a list should be is kept as names that count against somebody, with a word on what it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.labels.inci import normalise_inci
from bot.labels.parsing import LONGEST_NAME, MOST_NAMES, NEXT_PANEL, parse, parse_list
from bot.store.importers.known_names import HEADINGS, KnownNames
from bot.yaml_files import read_yaml

LEAST_KNOWN = 0.5
"""A list has at least this share of known names, prose hardly any."""
FEW, MANY = 3, 8
"""So many names may be a list in a column for it, and so many are one without anything that only labels have."""
WATER = "AQUA"
OBJECT_ID = "gid://"
LONGEST_SHOWN = 60
LONGEST_PARTIAL = 24
LONGEST_HEADING = 60
_WORD_BREAKS = re.compile(r"[\W_]+")
_HEADED_LINE = re.compile(r"\n[^\n,;:：•()]{2,30}[:：]\s")
_LINE = re.compile(r"\s{0,40}[^\n]+")
WITHIN_A_LIST = ("contain", "contenir", "enthalten", "contener", "ingredient", "part", "phase", "step", "active", "+/-")
STEMS = ("ingr", "inci", "inhalt", "bestandt", "zutat", "zusammens", "compos", "inside", "in it", "성분", "состав")


@dataclass(frozen=True)
class LabelFound:
    """What a product's text and cells tell of its ingredients: the `names` of a trusted list, else those `named` in what
    stood in its place, with a word of `doubt`; `rest` is the text without the lists."""

    names: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    doubt: str = ""
    rest: str = ""


def find_label(body: str, cells: Sequence[tuple[str, bool]], known: KnownNames) -> LabelFound:
    """The label of a product.

    Args:
        body: its description as plain text.
        cells: other cells that may hold the list, the surest first, each with whether it is one of key ingredients only.
        known: the names that the knowledge has.
    """
    rest, listed, partly = _in_text(body, known)
    doubts, named = [], list(partly)
    for cell, is_partial in cells:
        names, doubt = _in_cell(cell, known)
        if names and not is_partial and _is_list(names, known, in_column=True):
            return LabelFound(names, rest=rest)
        named += names
        doubts.append(doubt or _doubt(names, known, is_partial))
    if listed:
        return LabelFound(listed, rest=rest)
    if not doubts and partly:
        doubts = [_doubt(partly, known, _names_only(partly, known))]
    elif not doubts and _headed(body):
        doubts = [f"no list stands under its heading: {_headed(body)!r}"]
    return LabelFound((), tuple(dict.fromkeys(filter(known.is_known, named))), next(filter(None, doubts), ""), body)


def doubt_of(names: Sequence[str], known: KnownNames) -> str:
    """Why names that are said to be a whole list are taken for none; empty where they are one."""
    if not names:
        return "no name of an ingredient is read in it"
    return "" if _is_list(names, known, in_column=True) else _doubt(names, known, False)


def split_names(listed: str) -> tuple[str, ...]:
    """The names of an ingredient list as printed, without what it only "may contain". A JSON list of names is read
    as such, ids of Shopify's objects in it left out."""
    decoded = _decoded(listed)
    if isinstance(decoded, list):
        names = (" ".join(str(name).split())[:LONGEST_NAME] for name in decoded)
        return tuple(name for name in names if name and not name.startswith(OBJECT_ID))
    return tuple(entry.printed for entry in parse(listed).declared)


def _in_cell(cell: str, known: KnownNames) -> tuple[tuple[str, ...], str]:
    """The names of a cell, and what it holds where these are none."""
    decoded = _decoded(cell)
    if isinstance(decoded, dict):
        cell = "\n".join(filter(None, (line.strip() for line in "".join(_rich_text(decoded)).splitlines())))
        _, listed, partly = _in_text(cell, known)
        return listed or partly or split_names(cell), ""
    names = split_names(cell)
    return names, "" if names or OBJECT_ID not in cell else "its field holds ids of Shopify objects"


def _in_text(text: str, known: KnownNames) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A text without its lists, their names, and the names that stand under headings of some ingredients only."""
    spans: list[tuple[int, int]] = []
    listed: list[str] = []
    partly: list[str] = []
    headings = list(_headings(text))
    for number, (start, begin, is_partial) in enumerate(headings):
        following = headings[number + 1][0] if number + 1 < len(headings) else len(text)
        end = _whole_lines(text, begin, _end(text, begin, following), known)
        names = tuple(entry.printed for entry in parse_list(text[begin:end]).declared)
        if not is_partial and _is_list(names, known):
            listed += names
            spans.append((start, end))
        elif _share(names, known) >= LEAST_KNOWN:
            partly += names
    outside, place = [], 0
    for start, end in spans:
        outside.append(text[place:start].strip())
        place = end
    rest = "\n".join(filter(None, (*outside, text[place:].strip()))) if spans else text
    return rest, tuple(dict.fromkeys(listed))[:MOST_NAMES], tuple(dict.fromkeys(partly))


def _end(text: str, begin: int, following: int) -> int:
    """Where a list ends: at the next panel, or at a line that has a heading of its own ("Origin: Korea")."""
    panel = NEXT_PANEL.search(text, begin, following)
    end = panel.start() if panel else following
    for found in _HEADED_LINE.finditer(text, begin, end):
        if not any(word in found[0].lower() for word in WITHIN_A_LIST):
            return found.start()
    return end


def _whole_lines(text: str, begin: int, end: int, known: KnownNames) -> int:
    """Where the line of a list ends behind which something else begins: a title without a mark ("Shipping"), a sentence."""
    line = _LINE.match(text, begin, end)
    if not line or line[0].count(",") < MANY - 1 or line[0].rstrip().endswith((",", ";")):
        return end
    behind = _LINE.match(text, line.end(), end)
    if not behind or any(word in behind[0].lower() for word in WITHIN_A_LIST):
        return end
    names = tuple(entry.printed for entry in parse_list(behind[0]).declared)
    return end if _share(names, known) >= LEAST_KNOWN else line.end()


def _headings(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where each heading begins and ends, and whether it is one of some ingredients only."""
    heading, partial = _patterns()
    past = 0
    for place in _stems(text.lower()):
        found = heading.search(text, max(past, place - LONGEST_HEADING), place + LONGEST_HEADING) if place >= past else None
        if found and found.start() <= place < found.end():
            past = found.end()
            before = partial.search(text, max(0, found.start() - LONGEST_PARTIAL), found.start())
            yield (before or found).start(), found.end(), bool(before) or bool(found["partial"])


def _stems(lower: str) -> list[int]:
    """Where a heading may be: looking for these pieces of words is much quicker than for the headings."""
    places = []
    for stem in STEMS:
        place = lower.find(stem)
        while place >= 0:
            places.append(place)
            place = lower.find(stem, place + 1)
    return sorted(places)


def _headed(text: str) -> str:
    """The beginning of what stands under the first heading; empty where there is none."""
    for _, begin, _ in _headings(text):
        return " ".join(text[begin:].split())[:LONGEST_SHOWN]
    return ""


def _is_list(names: Sequence[str], known: KnownNames, in_column: bool = False) -> bool:
    """Whether names are a whole list: enough of them known, and water, a name that only labels have, or very many among
    them, as a few well-known names alone are the key ingredients."""
    if not names or _share(names, known) < LEAST_KNOWN:
        return False
    watery = any(normalise_inci(name) == WATER for name in names)
    formal = sum(map(known.is_formal, names))
    if in_column:
        return watery or (formal > 0 and (len(names) >= FEW or formal == len(names))) or len(names) >= MANY
    return (watery and len(names) > 1) or (formal > 1 and len(names) >= FEW) or len(names) >= MANY


def _share(names: Sequence[str], known: KnownNames) -> float:
    return sum(map(known.is_known, names)) / len(names) if names else 0.0


def _names_only(names: Sequence[str], known: KnownNames) -> bool:
    return _share(names, known) >= LEAST_KNOWN


def _doubt(names: Sequence[str], known: KnownNames, is_partial: bool) -> str:
    if not names:
        return ""
    shown = ", ".join(names)[:LONGEST_SHOWN]
    if is_partial or _names_only(names, known):
        return f"only some ingredients are named: {shown!r}"
    return f"prose stands where the list should be: {shown!r}"


def _decoded(cell: str) -> Any:
    """The JSON that a cell holds, None where it holds none."""
    if not cell.lstrip().startswith(("[", "{")):
        return None
    try:
        return json.loads(cell)
    except ValueError:
        return None


def _rich_text(node: Any) -> Iterator[str]:
    """The text of Shopify's rich text (https://shopify.dev/docs/apps/build/custom-data/metafields/list-of-data-types),
    a line for each block."""
    if isinstance(node, dict):
        if isinstance(node.get("value"), str):
            yield node["value"]
        for child in node.get("children") or ():
            yield from _rich_text(child)
        if node.get("type") in ("paragraph", "heading", "list-item"):
            yield "\n"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Headings, and the words before them that make them headings of some ingredients only."""
    words = read_yaml(HEADINGS)
    full, plain, partial = (_any_of(words[kind]) for kind in ("full", "plain", "partial"))
    mark = r"[ \t]{0,3}(?:(?:[\])】》>][ \t]{0,3})?(?:[:：]\s{0,3}|[-–—][ \t]|\n)|[\]】》>]\s{0,3})"
    heading = (
        rf"(?:^|(?<=[\s.!?;:|>(*•\[【《<]))(?:(?P<partial>{partial})(?:[ \t]{{1,3}}|-)?)?"
        rf"(?:(?:{full})(?![^\W\d_])(?:[ \t]{{0,3}}\([^)\n]{{1,20}}\))?(?:{mark}|[ \t]{{1,3}}|$)"
        rf"|(?:{plain})(?:[ \t]{{0,3}}\([^)\n]{{1,20}}\))?(?:{mark}|$))"
    )
    before = rf"(?:^|(?<=[\s\[(【《<]))(?:{partial})[ \t]{{1,3}}$"
    return re.compile(heading, re.IGNORECASE), re.compile(before, re.IGNORECASE)


def _any_of(texts: Sequence[str]) -> str:
    return "|".join(re.escape(text).replace(r"\ ", r"\s{1,3}") for text in sorted(texts, key=len, reverse=True))


@lru_cache(maxsize=64)
def column_of(name: str) -> tuple[bool, bool]:
    """Whether a column, its name in lower case, is one of ingredients, and whether of some of them only."""
    words = read_yaml(HEADINGS)
    holds = any(stem in name for stem in ("ingredient", "inci", "ingrédient", "inhaltsstoff", "전성분", "성분", "ingredienti"))
    if not holds or any(word in name for word in words["not_held"]):
        return False, False
    return True, not set(words["partial"]).isdisjoint(_WORD_BREAKS.split(name))
