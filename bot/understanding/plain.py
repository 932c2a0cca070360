"""The words of a question as patterns see them: contractions written out, mentions one word each."""

from __future__ import annotations

from functools import lru_cache
from typing import List, NamedTuple, Sequence, Tuple

from bot.understanding.frame import FORM, LABELS, Mention, mention_word
from bot.understanding.matching import ENDS, Word

# Endings of contractions, which a tokenizer may part from their word, and what they stand for.
ENDINGS = {"n't": "not", "'m": "am", "'ve": "have", "'re": "are", "'ll": "will", "'d": "would", "'s": "is"}
SHORTENED = {"ca": "can", "wo": "will", "sha": "shall"}
# Contractions as they are typed without an apostrophe, and other words for one.
WRITTEN_OUT = {
    "cannot": "can not", "wasnt": "was not", "didnt": "did not", "shouldnt": "should not", "wouldnt": "would not", "wont": "will not",
    "couldnt": "could not", "hasnt": "has not", "havent": "have not", "aint": "is not", "arent": "are not", "shes": "she is",
    "hes": "he is", "thats": "that is", "theres": "there is", "theyre": "they are", "youre": "you are", "its": "it is",
    "nope": "no", "nah": "no", "yeah": "yes", "yep": "yes", "yup": "yes", "okay": "ok", "alright": "ok",
}
TIME = "time_of_day"
KEPT = 2048
"""So many words are kept written out."""
SENTENCE_ENDS = (".", "!", "?", ";")
# Of these labels a mention is one word for patterns; the words of others stay as they are.
COLLAPSED = frozenset(LABELS) - {"safety", "unknown"}


class Spoken(NamedTuple):
    """A token of the message: as it was written in lower case, as it was mended, and where it begins."""

    written: str
    mended: str
    start: int


def words(tokens: Sequence[Spoken], mentions: Sequence[Mention], begin: int, end: int) -> Tuple[Word, ...]:
    """The words of the question that stands between two places of the text."""
    found: List[Word] = [Word("^", "^")]
    # A product's name is one word, though a brand or an ingredient stands at its beginning.
    at = {one.start: one for one in sorted(mentions, key=lambda one: one.end) if one.label in COLLAPSED or one.label == TIME}
    skip_to = begin
    for token in tokens:
        if not begin <= token.start < end or token.start < skip_to:
            continue
        mention = at.get(token.start)
        if mention is not None:
            skip_to = mention.end
            if mention.label == TIME:
                found.append(Word(mention.id, mention.id))
            elif mention.role != FORM:
                found.append(Word(mention_word(mention.label), mention.text.lower(), mention))
            continue
        found += _plain(token.written, token.mended)
        if token.written in SENTENCE_ENDS:
            found.append(Word("^", "^"))
    while found and found[-1].text in ENDS:
        found.pop()
    return (*found, Word("$", "$"))


@lru_cache(maxsize=KEPT)
def _plain(written: str, mended: str) -> Tuple[Word, ...]:
    """The words that a token stands for; the parts of a message are read one by one, so that each comes several times."""
    return tuple(Word(text, text) for text in _written_out(written, mended).split())


def _written_out(written: str, mended: str) -> str:
    """A token in plain words: "don't" is "do not", "shes" is "she is"."""
    if written in WRITTEN_OUT:
        return WRITTEN_OUT[written]
    return " ".join(map(_expanded, mended.split()))


def _expanded(word: str) -> str:
    for ending, stands_for in ENDINGS.items():
        if word.endswith(ending):
            stem = word[: -len(ending)]
            return f"{SHORTENED.get(stem, stem)} {stands_for}".strip()
    return WRITTEN_OUT[word] if word in WRITTEN_OUT else SHORTENED.get(word, word)
