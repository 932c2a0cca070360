"""Messages as people type them, made plain: letter for letter at the same place for the finder of subjects, and in
whole words for the classifier."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPACES = str.maketrans({
    "-": " ", "/": " ", "_": " ", "+": " ", "&": " ", "\u2013": " ", "\u2014": " ", "\u00a0": " ", "\n": " ", "\t": " ",
    "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"',
})
WITHOUT = re.compile(r"\bw/o\b", re.I)
NO_SPACE_AFTER = re.compile(r"(?<=[^\W\d_])[?!;:]+(?=[^\W\d_])|(?<=[^\W\d_]{3})\.(?=[^\W\d_]{2})")
WRITTEN_OUT = {
    "u": "you", "ya": "you", "r": "are", "ur": "your", "pls": "please", "plz": "please", "plss": "please",
    "w": "with", "wit": "with", "n": "and", "nd": "and", "b4": "before", "rn": "right now", "thx": "thanks",
    "ty": "thanks", "tysm": "thanks", "thanx": "thanks", "thnx": "thanks", "tnx": "thanks", "tyvm": "thank you very much",
    "helo": "hello", "hallo": "hello", "hlo": "hello", "hllo": "hello", "gm": "good morning", "gn": "good night",
    "oder": "order", "odr": "order", "amex": "american express", "insta": "instagram", "rofl": "lol", "minis": "mini sizes",
    "idk": "i don't know", "dunno": "don't know", "wat": "what", "wut": "what",
    "wht": "what", "wats": "what is", "whats": "what is", "hows": "how is", "wheres": "where is", "whatr": "what are", "whens": "when is",
    "abt": "about", "bc": "because", "cuz": "because", "coz": "because", "wanna": "want to", "gonna": "going to",
    "gotta": "have to", "gimme": "give me", "lemme": "let me", "k": "ok", "kk": "ok", "okey": "ok", "btw": "by the way",
    "tho": "though", "thru": "through", "evry": "every", "evryday": "every day", "everyday": "every day",
    "everynight": "every night", "shud": "should", "wud": "would", "cud": "could", "wen": "when", "wich": "which",
    "nt": "n't", "m": "'m", "ve": "'ve", "im": "i'm", "ive": "i've", "dont": "don't", "doesnt": "doesn't", "cant": "can't", "isnt": "isn't",
    "recs": "recommendations", "rec": "recommend", "reccs": "recommendations", "probs": "problems", "tmrw": "tomorrow",
    "2day": "today", "2nite": "tonight", "tonite": "tonight", "yrs": "years", "min": "minutes", "mins": "minutes", "info": "information",
    "diff": "difference", "fav": "favourite", "ppl": "people", "sth": "something", "smth": "something", "smt": "something",
    "acct": "account", "bday": "birthday", "addy": "address", "msg": "message", "pwd": "password", "pw": "password",
}


def at_same_places(text: str) -> str:
    """The text with spaces for hyphens, emoji and marks that stand for one, and plain quotes; as long as before, so
    that places in the one are places in the other."""
    text = WITHOUT.sub("not", text)
    text = NO_SPACE_AFTER.sub(lambda match: " " * len(match.group()), text)
    return "".join(map(_plain_letter, text))


@lru_cache(maxsize=4096)
def _plain_letter(letter: str) -> str:
    if unicodedata.category(letter) in ("So", "Sk", "Mn", "Cf"):
        return " "
    return letter.translate(SPACES)


def written_out(word: str) -> str:
    """What a lower-case word of chat writing stands for: "pls" is "please"; other words unchanged."""
    return WRITTEN_OUT.get(word, word)
