"""Words in which a shop is asked and complained to: rare in English and one slip from ordinary ones, so that "dented" would be mended
to "denied" and "stinks" to "stings"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import FrozenSet

from bot.understanding import topics, upset
from bot.understanding.asked import load

LETTERS = re.compile(r"[a-z]+")
SHORTEST = 4
"""A word of three letters is sooner a slip."""


@lru_cache(maxsize=1)
def shop_words() -> FrozenSet[str]:
    """The words of the phrases by which topics and moods are told.

    Raises:
        AskedError: when the data cannot be used.
    """
    pack, lists, _ = topics.pack()
    moods, more, _ = load(upset.FOLDER, upset.Upset)
    texts = [text for entry in (*pack.values(), *moods.values()) for text in (*entry.asked, *entry.turned, *entry.then)]
    texts += [text for named in (*lists.values(), *more.values()) for text in named]
    return frozenset(word for text in texts for word in LETTERS.findall(text.lower()) if len(word) >= SHORTEST)
