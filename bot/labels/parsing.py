"""Takes an ingredient list apart into its names, in the order they are printed.

The on-the-list package (MIT) was tried for this first. It needs Python 3.11 where Rasa needs 3.10, and it parts
1,2-Hexanediol at its comma, leaves Korean headings, "Part B", printed per cents, footnotes and synonyms in the names,
and returns prose as a name.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterator, Literal

from bot.labels.inci import FRAGRANCE_NAMES, WATER_NAMES

Section = Literal["declared", "active", "may_contain"]

LONGEST_NAME = 160
LONGEST_PARTIAL = 20
MOST_NAMES = 200
MOST_WORDS = 12
LONGEST_REMEMBERED = 2 * LONGEST_NAME

HEADING = re.compile(
    r"(?:^|(?<=[\s.!?]))(?:(?:full|all|complete|whole)\s+)?"
    r"(?:ingredients?(?:\s+list)?|inci(?:\s+list)?|ingr[ée]dients|inhaltsstoffe|bestandteile|ingredientes|"
    r"ingredienti|전성분|성분)(?:\s{0,3}\([^)\n]{1,20}\))?[ \t]{0,3}(?:[:：]\s{0,3}|\n)"
    r"|(?:^|(?<=\s))(?:전성분|성분)\s{1,3}(?=[가-힣\d][^,，]{0,80}[,，])",
    re.IGNORECASE,
)
PARTIAL = re.compile(r"\b(?:key|main|star|hero|active|inactive|other)\s{1,3}$", re.IGNORECASE)
NEXT_PANEL = re.compile(
    r"(?:(?:^|\n)[ \t]?|(?<=[.!?;])\s{1,2})(?:how to|to use|use:|usage|directions?|warnings?|cautions?|net\b|made in|storage|"
    r"shelf|expir|pr[ée]cautions?|size:|volume|tips?\b|note:|mode d|anwendung|for external use|사용|주의|용량)",
    re.IGNORECASE,
)
_MAY_CONTAIN = (
    r"may contain|peut contenir|kann enthalten|puede contener|pu[òo] contenere|pode conter|(?:\+\s?/\s?-|±)(?=[\s(:]{0,4}[^\W\d_])"
)
_SECTION = re.compile(
    rf"(?:[\[(]\s?)?(?:(?P<may>{_MAY_CONTAIN})\s?[:：]?"
    r"|\b(?P<inactive>(?:inactive|other|medicinally inactive)\s{1,3}ingredients?)\s?[:：]"
    r"|\b(?P<active>active\s{1,3}ingredients?)\s?[:：]"
    r"|\b(?P<part>part|phase|step)\s{1,3}[A-D1-4]\s?[:：])",
    re.IGNORECASE,
)
_SECTION_WORDS = ("conte", "conta", "enthalten", "+", "±", "ingredient", "part", "phase", "step")
"""One of them stands wherever a section begins: most lists have none, and looking for these is quicker."""
_LOCANT = re.compile(
    r"(?:(?<![\w.-])\d(?:\s?,\s?\d){1,7}|(?<![\d.,])\d(?:,\d){1,7})\s?-\s?(?=[^\W\d_(])|\b\d{1,2},\d{1,2}(?=\s?%)"
)
_LOCANT_COMMA = "\ue000"
_CUTS = re.compile(r"[()\[\]{},;\n•·∙・|，、]")
_OPENING, _CLOSING = "([{", ")]}"
_WRAPPED = re.compile(r"(?<![,;\n])\n(?=[^\n]*,)")
_BLEND = re.compile(r"\(and\)|\sand/or\s", re.IGNORECASE)
_PERCENT = re.compile(r"(?:[(\[]\s?)?(?:(?:\+\s?/\s?-|[±<>≤≥])\s?)?(\d{1,3}(?:[.,]\d{1,6})?)\s?%\s?(?:w/[wv])?\s?[)\]]?")
_MARKS = re.compile(r"[*†‡®™¹²³]+")
_SENTENCE_END = re.compile(r"(?<!denat)(?<!\bvar)(?<!\bsp)(?<!\bssp)[.!?](?=\s|$)", re.IGNORECASE)
_SPACED_SLASH = re.compile(r"\s[/\\]|[/\\]\s")
_SYNONYM = re.compile(r"\s[(\[]([^()\[\]]*)[)\]]")
_COLOUR = re.compile(r"\bCl(?=\s?\d{5}\b)")
_HYPHENS = re.compile(r"\s[-‐‑‒–]\s?(?=\w)|[‐‑‒–]")
_PROSE = frozenset({
    "i", "i'm", "im", "my", "me", "you", "your", "this", "that", "these", "it", "is", "are", "was", "be",
    "been", "will", "would", "can", "could", "should", "do", "does", "did", "have", "has", "not", "but", "if",
    "for", "with", "from", "when", "what", "which", "how", "why", "please", "so", "am", "ok", "okay", "safe",
    "good", "use", "using", "makes", "make"
})


@dataclass(frozen=True)
class Entry:
    """One name on a label. `printed` is the name as it stands, `name` the same without synonyms and remarks;
    `position` counts from 0 within its `section`; `percent` is what the label prints. `sure` is False where a bracket
    could not be told to be a synonym."""

    printed: str
    name: str
    position: int
    section: Section = "declared"
    percent: float | None = None
    sure: bool = True


@dataclass(frozen=True)
class Label:
    """A label's entries in printed order."""

    entries: tuple[Entry, ...] = ()

    @property
    def declared(self) -> tuple[Entry, ...]:
        """What is in the product for certain: all but what it "may contain"."""
        return tuple(entry for entry in self.entries if entry.section != "may_contain")

    @property
    def may_contain(self) -> tuple[Entry, ...]:
        """What only some colours or batches hold."""
        return tuple(entry for entry in self.entries if entry.section == "may_contain")

    @property
    def names(self) -> tuple[str, ...]:
        """Clean names of what is declared."""
        return tuple(entry.name for entry in self.declared)


def parse(text: str) -> Label:
    """Reads a label: heading and further panels are left out, sections told apart, prose gives no entry.

    Args:
        text: an ingredient list with or without its heading, in whatever way it is separated.

    Returns:
        The label; empty where the text is no list.
    """
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("\r", "")
    start, end = list_span(text)
    return parse_list(text[start:end])


def parse_list(text: str) -> Label:
    """Reads a list whose heading and further panels are cut off already."""
    entries: list[Entry] = []
    for section, listed in _sections(text):
        position = sum(entry.section == section for entry in entries)
        for entry in _entries(listed, section, position):
            if len(entries) == MOST_NAMES:
                break
            entries.append(entry)
    return Label(tuple(entries))


def may_be_several(text: str) -> bool:
    """False for a text that `parse` cannot part into names: without separators, sections, or escaped letters."""
    return "&" in text or any(mark.search(text) for mark in (_CUTS, _BLEND, _SECTION))


def list_span(text: str) -> tuple[int, int]:
    """Where the list stands in a text: after its heading where it has one, up to the next panel."""
    start = 0
    for heading in HEADING.finditer(text):
        if not partial_before(text, heading.start()):
            start = heading.end()
            break
    end = NEXT_PANEL.search(text, start)
    return start, end.start() if end else len(text)


def partial_before(text: str, place: int) -> re.Match[str] | None:
    """The word before a heading that makes it one of some ingredients only: "key ingredients:"."""
    return PARTIAL.search(text, max(0, place - LONGEST_PARTIAL), place)


def _sections(text: str) -> Iterator[tuple[Section, str]]:
    """The list's parts, each with the section that its heading opens."""
    section: Section = "declared"
    start = 0
    lower = text.lower()
    for found in _SECTION.finditer(text) if any(word in lower for word in _SECTION_WORDS) else ():
        yield section, text[start : found.start()]
        section = "may_contain" if found["may"] else "active" if found["active"] else "declared"
        start = found.end()
    yield section, text[start:]


def _entries(listed: str, section: Section, position: int) -> Iterator[Entry]:
    listed = _LOCANT.sub(_kept_together, listed)
    if "," in listed:
        listed = _WRAPPED.sub(" ", listed)
    for part in _parts(listed):
        names, ends = _remembered_part(part) if len(part) <= LONGEST_REMEMBERED else _read_part(part)
        for found in names:
            yield Entry(found.printed, found.name, position, section, found.percent, found.sure)
            position += 1
        if ends:
            return


def _read_part(part: str) -> tuple[tuple[Entry, ...], bool]:
    """What one part of a list names, at no place yet, and whether the list ends with it."""
    ended = _SENTENCE_END.search(part)
    rest = part[ended.end() :].strip() if ended else ""
    names = filter(None, map(_read_name, _BLEND.split(part[: ended.start()] if ended else part)))
    return tuple(names), bool(rest) and not rest.startswith((")", "]"))


def _kept_together(locant: re.Match[str]) -> str:
    """The digits before a chemical name, or a decimal, with commas that do not part them."""
    return "".join(locant[0].split()).replace(",", _LOCANT_COMMA)


def _read_name(part: str) -> Entry | None:
    """One part of a list as an entry at no place yet."""
    part = part.replace(_LOCANT_COMMA, ",")
    percent = _PERCENT.search(part)
    bare = _PERCENT.sub("", part) if percent else part
    printed = " ".join(_MARKS.sub("", bare).split()).strip(" .,:;-–•")
    printed = printed[1:].strip() if printed[:1] in _CLOSING else printed
    for opening, closing in zip(_OPENING, _CLOSING):
        if printed.count(closing) > printed.count(opening):
            printed = printed.rstrip(" " + closing)
    printed = _COLOUR.sub("CI", printed.removeprefix("and "))
    if not printed or len(printed) > LONGEST_NAME or is_prose(printed) or not any(map(str.isalnum, printed)):
        return None
    name, sure = _without_synonyms(printed)
    amount = float(percent[1].replace(",", ".")) if percent else None
    return Entry(printed, name, 0, percent=amount, sure=sure)


# The same few thousand names stand on all labels of a shop.
_remembered_part = lru_cache(maxsize=10_000)(_read_part)


def is_prose(text: str) -> bool:
    """True for words of a sentence rather than a name."""
    words = text.lower().replace("’", "'").split()
    return len(words) > MOST_WORDS or any(word.strip("?!.,:()") in _PROSE for word in words)


def _without_synonyms(printed: str) -> tuple[str, bool]:
    """The name alone, and whether that is sure: brackets go where at least half of the words stand outside them."""
    name, sure = printed, True
    for found in _SYNONYM.finditer(printed):
        outside, inside = printed.replace(found.group(), ""), found.group(1)
        if len(outside.split()) >= len(inside.split()) or outside.upper().strip() in WATER_NAMES | FRAGRANCE_NAMES:
            name = name.replace(found.group(), "")
        else:
            sure = False
    name = " ".join(_HYPHENS.sub("-", name).split()) or printed
    parts = [part.strip() for part in re.split(r"[/\\]", name)]
    if len(parts) > 1:
        upper = {part.upper() for part in parts}
        synonyms = upper <= WATER_NAMES or upper <= FRAGRANCE_NAMES or _SPACED_SLASH.search(name)
        if synonyms and not parts[-1].lower().endswith("polymer"):
            return parts[0], sure
        return "/".join(parts), sure
    return name, sure


def _parts(text: str) -> list[str]:
    """`text` cut at its separators, except within brackets; brackets that are never closed do not count."""
    parts, depth, start = [], 0, 0
    balanced = sum(map(text.count, _OPENING)) == sum(map(text.count, _CLOSING))
    for found in _CUTS.finditer(text):
        char = found.group()
        if char in _OPENING:
            depth += balanced
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]
