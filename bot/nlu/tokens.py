"""Cuts messages into words with spaCy's tokenizer, in time that grows with the message and in memory that does not grow.

spaCy keeps every word it has ever seen. Whoever sends invented words would fill the memory, so the tokenizer and its
words are replaced by new ones once there are too many; a thread makes them ready, which takes a tenth of a second.
"""

from __future__ import annotations

import logging
import re
from threading import Lock, Thread
from typing import Any, Callable, Optional, cast

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_prefix_regex, compile_suffix_regex
from spacy.vocab import create_vocab

logger = logging.getLogger(__name__)
MOST_WORDS = 60_000
"""About 35 MB of words."""
MOST_TOKENS = 1_500
"""A message of full length has fewer words."""
LONGEST_SUFFIX = 24
SINGLE_LETTER = re.compile(r"[a-z]\.", re.I)
END_AFTER_LETTER = r"(?<=\b[A-Za-z])\."


class MessageTokens:
    """Makes documents of messages."""

    def __init__(self, nlp: Language, most_words: int = MOST_WORDS) -> None:
        """
        Args:
            nlp: the language whose rules are followed.
            most_words: how many different words are kept.
        """
        self._nlp = nlp
        self._most_words = most_words
        self._making = Lock()
        self._thread: Optional[Thread] = None
        rules = cast(Tokenizer, nlp.tokenizer).rules or {}
        # "vitamin c." at the end of a sentence is no abbreviation.
        self._rules = {text: parts for text, parts in rules.items() if not SINGLE_LETTER.fullmatch(text)}
        self._prefix = compile_prefix_regex(nlp.Defaults.prefixes or ()).match
        self._suffix = _at_end(compile_suffix_regex([*(nlp.Defaults.suffixes or ()), END_AFTER_LETTER]))
        self._tokenizer = self._new()

    def __call__(self, text: str) -> Doc:
        """The document of a message; what is beyond `MOST_TOKENS` words is left out."""
        doc: Doc = self._tokenizer(text)
        if len(doc) > MOST_TOKENS:
            doc = self._tokenizer(text[: doc[MOST_TOKENS].idx])
        if self.words > self._most_words and self._making.acquire(blocking=False):
            self._thread = Thread(target=self._renew, name="new words", daemon=True)
            self._thread.start()
        return doc

    @property
    def words(self) -> int:
        """How many different words are kept."""
        return len(self._tokenizer.vocab.strings)

    def settled(self) -> None:
        """Waits until no new words are being made."""
        if self._thread is not None:
            self._thread.join()

    def _renew(self) -> None:
        try:
            self._tokenizer = self._new()
        except Exception:  # noqa: BLE001 - the old ones go on working, and the next message tries again
            logger.exception("the words of messages could not be forgotten")
        finally:
            self._making.release()

    def _new(self) -> Tokenizer:
        old = cast(Tokenizer, self._nlp.tokenizer)
        return Tokenizer(
            create_vocab(self._nlp.lang, self._nlp.Defaults),
            rules=self._rules,
            prefix_search=self._prefix,
            suffix_search=self._suffix,
            infix_finditer=old.infix_finditer,
            token_match=old.token_match,
            url_match=old.url_match,
        )


def _at_end(pattern: Any) -> Callable[[str], Optional[re.Match[str]]]:
    """Looks for a suffix at the end of a text alone. spaCy goes through the whole text for each mark that it takes off
    its end, and asks for nothing but the length of what is found."""
    return lambda text: pattern.search(text[-LONGEST_SUFFIX:])  # type: ignore[no-any-return]
