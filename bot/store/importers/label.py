"""Finds the ingredient list in a product's text and takes it apart into names, in label order."""

from __future__ import annotations

import json
import re

LONGEST_NAME = 160
MOST_NAMES = 200

_HEADING = re.compile(
    r"(?:^|(?<=[\n.!?]))[ \t]*(?:(?:full|all|complete|whole)\s+)?"
    r"(?:ingredients?(?:\s+list)?|inci(?:\s+list)?|전성분|성분)(?:\s*\([^)\n]{1,20}\))?[ \t]*(?:[:：]\s*|\n)",
    re.IGNORECASE,
)
_NEXT_PANEL = re.compile(
    r"\n\s*(?:how to|to use|use:|usage|directions?|warnings?|cautions?|net\b|made in|storage|shelf|expir|"
    r"precautions?|size:|volume|tips?\b|note:|사용|주의|용량)",
    re.IGNORECASE,
)
_MAY_CONTAIN = re.compile(
    r"[\[(]?\s*(?:may contain|peut contenir|\+\s*/\s*-\s*(?=\(?\s*c[il] ?\d{5}))",
    re.IGNORECASE,
)
_LOCANT = re.compile(r"(?<![\d.])(\d)\s*,\s*(\d)\s*-\s*(?=[A-Za-z])")
_SEPARATORS = ",;\n•·|"
_OPENING, _CLOSING = "([{", ")]}"


def split_body(text: str) -> tuple[str, tuple[str, ...]]:
    """A product's text without its ingredient list, and the names of that list (empty when there is none).

    The list follows a heading ("Ingredients:", "Full ingredients", "전성분") and ends at the next panel
    ("How to use", "Caution"). "Key ingredients" is no such heading: it is not the whole label.
    """
    heading = _HEADING.search(text)
    if heading is None:
        return text, ()
    rest = text[heading.end() :]
    end = _NEXT_PANEL.search(rest)
    listed = rest[: end.start()] if end else rest
    names = split_names(listed)
    if len(names) < 2:
        return text, ()
    outside = text[: heading.start()].rstrip() + ("\n" + rest[end.start() :].strip() if end else "")
    return outside.strip(), names


def split_names(listed: str) -> tuple[str, ...]:
    """The names of an ingredient list as printed.

    Commas within a name (1,2-Hexanediol) or in brackets do not part it; what "may contain" announces is left
    out; text after a name's full stop (a footnote) ends the list. A JSON list of names is read as such.
    """
    if listed.lstrip().startswith("["):
        try:
            decoded = json.loads(listed)
        except ValueError:
            decoded = None
        if isinstance(decoded, list):
            return tuple(" ".join(str(name).split())[:LONGEST_NAME] for name in decoded if str(name).strip())
    listed = _MAY_CONTAIN.split(listed, maxsplit=1)[0]
    names: list[str] = []
    for part in _parts(_LOCANT.sub(r"\1,\2-", listed)):
        name, stop, _ = part.partition(". ")
        name = " ".join(name.split()).strip(" .*-–[(" if not part.strip().endswith((")", "]")) else " .*-–")
        if len(name) > LONGEST_NAME or len(names) == MOST_NAMES:
            break
        if name:
            names.append(name)
        if stop:
            break
    return tuple(names)


def _parts(text: str) -> list[str]:
    """`text` cut at its separators, except within brackets and between the digits of a chemical name."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and not depth and not _within_locant(text, index):
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _within_locant(text: str, index: int) -> bool:
    return text[index] == "," and bool(re.match(r"\d,\d-[A-Za-z]", text[max(0, index - 1) : index + 4]))
