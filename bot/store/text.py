"""How the store compares text: folding, slugs and words."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_INITIALS = re.compile(r"(?<![^\W_])([^\W\d_])\.(?=[^\W\d_](?![^\W\d_]))")
"""The points between single letters: "N.M.F" is one word, "Dr.G" two."""
_CATEGORY_STEP = re.compile(r"[>|]|\s/\s")


def fold(text: str) -> str:
    """`text` without case, accents, width variants and repeated spaces: two spellings compare equal."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return " ".join(unicodedata.normalize("NFC", bare).split())


def slug(text: str) -> str:
    """`text` as an id: folded, words joined by underscores ("Sheet Mask" gives "sheet_mask")."""
    return _NOT_WORD.sub("_", fold(text)).strip("_")


def type_slug(text: str) -> str:
    """A shop's word for a kind of product as an id: of a category path the last part, in the singular ("Skincare >
    Sheet Masks" gives "sheet_mask"). Both sides of a comparison must come from here."""
    last = slug(_CATEGORY_STEP.split(text)[-1]) or slug(text)
    return last[:-1] if last.endswith("s") and not last.endswith("ss") else last


def words(text: str) -> list[str]:
    """The folded words of `text` in order; a possessive "'s" is not a word."""
    folded = _POSSESSIVE.sub("", fold(text))
    return _NOT_WORD.sub(" ", _INITIALS.sub(r"\1", folded) if "." in folded else folded).split()
