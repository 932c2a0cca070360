"""Finds an ingredient list that somebody pasted into a message, by its shape.

A list is told from a question that names some ingredients by its formal names: nobody says "butylene glycol" or
"phenoxyethanol" when asking whether retinol goes with niacinamide.
"""

from __future__ import annotations

import re
from typing import Callable, Container, NamedTuple

from bot.labels.inci import normalise_inci
from bot.labels.parsing import HEADING, Label, is_prose, list_span, may_be_several, parse, partial_before

_CUT = re.compile(r"(?<!\d)[,，、](?!\d\s?-)|(?<=\d)[,，](?!\s?\d{1,3}\s?-)|[;\n•·∙|]")
_LEAD_IN = re.compile(r"\A.*(?:[:?!：]|[.]\s|\s-\s)\s*", re.DOTALL)
_AFTER = re.compile(r"(?<!denat)[.?!](?:\s|$)", re.IGNORECASE)
FORMAL = re.compile(
    r"\b(?:extract|filtrate|lysate|ferment|glycol|hexanediol|edta|paraben|(?:co|cross|)polymer|siloxane|copolymers?|"
    r"stearate|palmitate|laurate|oleate|olivate|phosphate|citrate|hydroxide|sulfate|phytate|benzoate|sorbate|"
    r"(?:seed|kernel|leaf|peel|fruit|nut|germ) (?:oil|butter|juice|water)|(?:peg|ppg|ci|polysorbate|ceteareth|laureth|steareth)"
    r"[- ]?\d+|tocopheryl\s\w+|c\d\d-\d\d)\b|추출물|글라이콜|이트$|애씨드$|다이올$|글리세린|정제수",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|im|i’m|i've|ive|my|me|mine|we|our)\b", re.IGNORECASE)
MOST_WORDS_IN_NAME = 9
FEW, SOME, MANY = 3, 4, 6
MOST_UNKNOWN = 4
LEAST_KNOWN, LEAST_READ = 0.6, 0.4


class Found(NamedTuple):
    """A list in a message: the label, where it stands there with its heading, and where further panels of the pack
    (directions, warnings) that were pasted with it end."""

    label: Label
    start: int
    end: int
    panels_end: int

    def own_words(self, text: str) -> str:
        """The message with the label blanked out, every letter at its place. A warning that is printed on the pack is
        nobody's complaint, but a sentence in the first person is the person's own wherever it stands."""
        panels = _SENTENCE.sub(
            lambda sentence: sentence[0] if _FIRST_PERSON.search(sentence[0]) else " " * len(sentence[0]),
            text[self.end : self.panels_end],
        )
        return text[: self.start] + " " * (self.end - self.start) + panels + text[self.panels_end :]


class LabelFinder:
    """Looks for pasted lists; knows which names there are."""

    def __init__(self, known: Container[str], formal: Container[str]) -> None:
        """
        Args:
            known: every ingredient name, as `normalise_inci` spells it.
            formal: those of them that stand on labels but are hardly said.
        """
        self._known = known
        self._formal = formal

    def __call__(self, text: str) -> Found | None:
        """The list that the message holds, or None."""
        if not may_be_several(text) and not HEADING.search(text):
            return None
        return self._after_heading(text) or self._alone(text) or self._by_shape(text)

    def _after_heading(self, text: str) -> Found | None:
        heading = HEADING.search(text)
        if heading is None:
            return None
        start, end = list_span(text)
        start = start or heading.end()
        label = parse(text[start:end])
        names = label.names
        formal = sum(map(self._is_formal, names))
        starts_so = not text[: heading.start()].strip()
        if len(names) < 2 or not any(map(self._is_name, names)) or not (formal or starts_so):
            return None
        if starts_so and not formal and len(names) < FEW and not all(map(self._is_name, names)):
            return None
        partial = partial_before(text, heading.start())
        begin = partial.start() if partial else heading.start()
        if end < len(text):
            return Found(label, begin, end, len(text))
        end = self._end(text, start)
        return Found(label, begin, end, end)

    def _alone(self, text: str) -> Found | None:
        """The whole message, where it is nothing but a list."""
        label = parse(text)
        names = [entry.name for entry in label.entries]
        if len(names) < 2 or "?" in text:
            return None
        lead_in = text[: max(0, text.find(label.entries[0].printed))].strip(" *-•\n")
        if lead_in and not (lead_in.endswith(":") and len(lead_in.split()) <= 2):
            return None
        formal = any(self._is_formal(name) or normalise_inci(name) == "AQUA" for name in names)
        share = sum(map(self._is_name, names)) / len(names)
        said = sum(len(entry.printed) for entry in label.entries) / len(text)
        enough = formal and share >= LEAST_KNOWN and said >= LEAST_READ
        return Found(label, 0, len(text), len(text)) if enough else None

    def _by_shape(self, text: str) -> Found | None:
        run = self._run(text)
        if run is None:
            return None
        start, end = run
        label = parse(text[start:end])
        names = label.names
        formal = sum(map(self._is_formal, names))
        water_first = bool(names) and normalise_inci(names[0]) == "AQUA"
        enough = (
            (len(names) >= FEW and water_first)
            or (len(names) >= SOME and formal >= 2)
            or (len(names) >= MANY and formal)
        )
        return Found(label, start, end, end) if enough else None

    def _run(self, text: str) -> tuple[int, int] | None:
        """The longest stretch of names between separators, words before and after it left out."""
        best: tuple[int, int, int] | None = None
        start, count, last_end, misses = -1, 0, 0, 0
        for part_start, part_end in _spans(text):
            part = text[part_start:part_end]
            if self._is_name(part):
                start = start if count else part_start
                count, last_end, misses = count + 1, part_end, 0
                continue
            if count == 0:
                opens = part_start + self._opening(part)
                if opens < part_end and self._is_name(text[opens:part_end]):
                    start, count, last_end, misses = opens, 1, part_end, 0
                continue
            closes = part_start + self._closing(part)
            if self._is_name(text[part_start:closes]) and closes < part_end:
                count, last_end = count + 1, closes
                best = max(best or (0, 0, 0), (count, start, last_end))
                count = 0
            elif is_prose(part) or misses == MOST_UNKNOWN:
                best = max(best or (0, 0, 0), (count, start, last_end))
                count = 0
            else:
                misses += 1
        if count:
            best = max(best or (0, 0, 0), (count, start, last_end))
        return (best[1], best[2]) if best else None

    def _end(self, text: str, start: int) -> int:
        """Where the list after a heading ends: before the words of a question behind it."""
        run = self._run(text[start:])
        return start + run[1] if run else len(text)

    def _opening(self, part: str) -> int:
        """Where a name begins in a part that words of a sentence open."""
        lead = _LEAD_IN.match(part)
        offset = lead.end() if lead else 0
        if self._is_name(part[offset:]):
            return offset
        return self._edge(part, lambda words, size: words[-size:], offset)

    def _edge(self, part: str, cut: Callable[[list[re.Match[str]], int], list[re.Match[str]]], offset: int) -> int:
        words = list(re.finditer(r"\S+", part[offset:]))
        for size in range(min(len(words), 4), 0, -1):
            kept = cut(words, size)
            if normalise_inci(part[offset + kept[0].start() : offset + kept[-1].end()]) in self._known:
                return offset + kept[0].start()
        return len(part)

    def _closing(self, part: str) -> int:
        """Where a name ends in a part that words of a sentence follow."""
        words = list(re.finditer(r"\S+", part))
        for size in range(min(len(words), 5), 0, -1):
            if normalise_inci(part[: words[size - 1].end()]) in self._known:
                return words[size - 1].end()
        after = _AFTER.search(part)
        return after.start() if after else 0

    def _is_name(self, part: str) -> bool:
        text = part.strip(" .*")
        if not text or len(text.split()) > MOST_WORDS_IN_NAME or is_prose(text) or _AFTER.search(part.rstrip(" .")):
            return False
        return self._is_formal(text) or normalise_inci(text) in self._known

    def _is_formal(self, name: str) -> bool:
        normal = normalise_inci(name)
        return normal in self._formal or (normal not in self._known and bool(FORMAL.search(name)))


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each part between separators stands."""
    cuts = [(found.start(), found.end()) for found in _CUT.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    return [(start, end) for start, end in zip(starts, ends) if text[start:end].strip()]
